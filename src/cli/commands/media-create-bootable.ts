/** `osdkit media create bootable`. */
import { mediaCreateBootable } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { renderCreatedMedium } from '../render-medium.ts';
import { collect, given, integer } from '../option-values.ts';
import { passwordFromEnvironment } from '../site-password.ts';

export const mediaCreateBootableCommand = defineCommand({
  useCase: mediaCreateBootable,
  declare: (command) =>
    command
      .requiredOption(
        '--boot-image <boot.wim>',
        'WIM with a Windows PE: ADK winpe.wim, boot.wim of a Windows ISO ...; with --site a name',
      )
      .requiredOption('--output <boot.iso>', 'image file to write')
      .option('--index <n>', 'image in the WIM (default: its boot index, else the only Windows PE)', integer)
      .option('--architecture <a>', 'x64, arm64 or x86; refused when the image has another')
      .option('--boot-files <dir>', 'folder with boot files that win over those inside the image')
      .option('--signing-ca <year>', '2011 or 2023: which Secure Boot certificate signed the loader (default: 2011)')
      .option('--label <label>', 'volume label, up to 11 of A-Z 0-9 _ - (default: OSDKIT)')
      .option('--layout <layout>', 'mbr boots everywhere; gpt is for sticks that people edit (default: mbr)')
      .option('--variable <NAME=VALUE>', 'task sequence variable; may be repeated', collect)
      .option('--variables-file <file>', 'YAML with variables; NAME: {secret: VALUE} for secrets')
      .option('--password-file <file>', 'file whose first line is the password that seals the variables')
      .option('--unattended', 'no questions at the machine')
      .option('--site <dir>', 'site whose bootstrap and policy go onto the medium; --boot-image is one of its names')
      .option('--no-unknown-computers', 'of a site: computers that it does not know are not served')
      .option(
        '--site-password-file <file>',
        'password of the site keys, which sign the policy (or OSDKIT_SITE_PASSWORD)',
      )
      .option('--start <date>', 'not valid before, with time zone: 2026-12-01T00:00:00Z')
      .option('--expires <date>', 'not valid after, with time zone')
      .option('--force', 'replace an existing output once the new one is whole and verified')
      .option('--plan', 'show what would be written and write nothing'),
  input: (_, { variable, ...options }) => ({ ...given(options), variables: variable }),
  complete: async (input) => {
    const { site, sitePasswordFile } = input as { site?: string; sitePasswordFile?: string };
    const known = site === undefined || sitePasswordFile !== undefined ? undefined : passwordFromEnvironment();
    return known === undefined ? input : { ...(input as object), sitePassword: known };
  },
  examples: [
    [
      'osdkit media create bootable --boot-image winpe.wim --output boot.iso',
      'from the ADK image, nothing else needed',
    ],
    ['osdkit media create bootable --boot-image boot.wim --output boot.iso --plan', 'what would be written, and why'],
    [
      'osdkit media create bootable --boot-image boot.wim --output boot.iso --unattended --variable SMSTSPreferredAdvertID=ABC20001',
      'runs one deployment without questions',
    ],
    [
      'osdkit media create bootable --site contoso --boot-image pe-x64 --output boot.iso --site-password-file keys.txt',
      'what the site offers, signed by its key',
    ],
    [
      'osdkit media create bootable --boot-image boot.wim --output boot.iso --variables-file site.yaml --password-file pw.txt',
      'variables with secrets, sealed',
    ],
  ],
  render: renderCreatedMedium,
});
