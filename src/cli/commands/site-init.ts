/** `osdkit init`. */
import { siteInit, type NewSite } from '../../app/index.ts';
import { askTwice } from '../ask-twice.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';
import { passwordFromEnvironment } from '../site-password.ts';
import { table } from '../table.ts';

export const siteInitCommand = defineCommand({
  useCase: siteInit,
  declare: (command) =>
    command
      .argument('<dir>', 'folder of the new site; made when it is not there')
      .option('--site-code <code>', '3 upper-case letters or digits: first part of every id (default: OSD)')
      .option('--name <name>', 'name of the site (default: name of the folder)')
      .option(
        '--password-file <file>',
        'file whose first line is the password of the site keys (or set OSDKIT_SITE_PASSWORD)',
      )
      .option('--plan', 'show what would be written and write nothing'),
  input: ([folder], options) => ({ folder, ...given(options) }),
  async complete(input, ask) {
    const { passwordFile } = input as { passwordFile?: string };
    if (passwordFile !== undefined) return input;
    const known = passwordFromEnvironment();
    if (known !== undefined) return { ...(input as object), password: known };
    return ask ? { ...(input as object), password: await askTwice(ask, 'Password of the site keys') } : input;
  },
  examples: [
    ['osdkit init contoso --site-code ABC', 'asks for the password that guards the private keys'],
    ['osdkit init contoso --site-code ABC --password-file pw.txt', 'without a terminal'],
  ],
  render,
});

function render({ folder, siteCode, name, planned, files, keyFile }: NewSite): string {
  return [
    planned ? `Plan for the site ${folder} (nothing was written)` : `The site ${folder} is made`,
    ...table([
      ['Name', name],
      ['Site code', siteCode],
      ...files.filter((file) => !file.startsWith('schemas/')).map((file) => ['File', file] as const),
      ['Schemas', `${files.filter((file) => file.startsWith('schemas/')).length} files in schemas/, for editors`],
    ]),
    ...(planned
      ? []
      : ['', 'Next', `  keep a copy of ${keyFile} and its password: without them no secret of the site can be opened`]),
  ].join('\n');
}
