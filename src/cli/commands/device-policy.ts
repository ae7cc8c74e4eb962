/** `osdkit device policy`. */
import { type DevicePolicy, devicePolicy } from '../../app/index.ts';
import { InvalidArgumentError } from 'commander';
import { defineCommand } from '../command.ts';
import { collect, given } from '../option-values.ts';
import { passwordFromEnvironment } from '../site-password.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const devicePolicyCommand = defineCommand({
  useCase: devicePolicy,
  declare: (command) =>
    command
      .argument('<device>', 'name of a device, or a JSON file of facts')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--start <how>', 'client, pxe, bootable, prestaged, stand-alone (default: pxe)')
      .option('--sequence <name>', 'the task sequence of a stand-alone medium')
      .option('--user <user>', 'DOMAIN\\name who is logged on, for client')
      .option('--variable <NAME=VALUE>', 'variable of the medium; may be repeated', collect)
      .option('--unattended', 'the medium is unattended')
      .option('--no-unknown', 'unknown computers are not served')
      .option('--output <policy.json>', 'write the policy for the computer, signed by the site')
      .option('--recipient <key>', 'public key of the computer (X25519, base64), to which its secrets are sealed')
      .option('--site-password-file <file>', 'password of the site keys, which sign it (or OSDKIT_SITE_PASSWORD)')
      .option('--force', 'replace an existing output')
      .option('--at <time>', 'UTC time to ask for, 2026-12-31T18:00:00Z (default: now)')
      .option('--zone <offset>', 'clock of the computer ahead of UTC: +01:00 (default: +00:00)', zone),
  input: ([device], { at, zone: zoneOffset, variable, unknown, ...options }) => ({
    ...given(options),
    device,
    variables: variable,
    unknownComputers: unknown,
    now: at ?? new Date().toISOString(),
    zoneOffset,
  }),
  complete: async (input) => {
    const { output, sitePasswordFile } = input as { output?: string; sitePasswordFile?: string };
    const known = output === undefined || sitePasswordFile !== undefined ? undefined : passwordFromEnvironment();
    return known === undefined ? input : { ...(input as object), sitePassword: known };
  },
  examples: [
    ['osdkit device policy PC1', 'what PC1 gets when it starts from the network, and why not the rest'],
    [
      'osdkit device policy facts.json --start bootable --variable SMSTSPreferredAdvertID=ABC20001 --json',
      'described by facts, from a medium, for programs',
    ],
    [
      'osdkit device policy PC1 --output pc1.json --recipient KEY --site-password-file keys.txt',
      'the file for PC1, with its secrets sealed to its key',
    ],
    ['osdkit device policy PC1 --start client --at 2026-12-31T18:00:00Z --zone +01:00', 'at a time'],
  ],
  render,
});

function zone(value: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(value) ?? [];
  if (hours === undefined || minutes === undefined)
    throw new InvalidArgumentError('a form such as +01:00 is expected.');
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function render({ output, policy, judged, contentBytes }: DevicePolicy): string {
  const { identity, choice, variables, content, sequences, notes } = policy;
  const who =
    identity.kind === 'known'
      ? `${identity.name}, known by ${identity.by}`
      : identity.kind === 'unknown'
        ? `unknown to the site: target is ${identity.target}`
        : identity.kind === 'conflict'
          ? `several devices match: ${identity.devices.join(', ')}`
          : 'anyone';
  const what =
    choice.kind === 'run'
      ? `runs ${choice.deployment}: ${choice.text}`
      : choice.kind === 'list'
        ? `chooses from ${choice.deployments.join(', ')}`
        : choice.text;
  return [
    ...(output === null ? [] : [`${output} is written and signed`]),
    who,
    what,
    ...judged.flatMap(({ id, name, offered, runs, reasons }) => [
      '',
      `${id} ${name}: ${offered ? `offered, runs ${runs}` : 'not offered'}`,
      ...reasons.map(({ holds, text }) => `  ${holds ? 'yes' : 'NO '} ${text}`),
    ]),
    ...section(
      'Variables',
      variables.map(({ name, value, origin, overridden }) => [
        name,
        typeof value === 'string' ? value : '•••••• (secret)',
        overridden.length === 0 ? origin : `${origin}, over ${overridden.join(', ')}`,
      ]),
    ),
    ...section(
      'Task sequences',
      sequences.map(({ id, name, bootImage }) => [id, name, bootImage === null ? '' : `boot image ${bootImage}`]),
    ),
    ...section(
      `Content, ${formatBytes(contentBytes)}`,
      content.map(({ kind, id, name, files, points }) => [
        id,
        `${kind} ${name}`,
        files.length === 0 ? 'no content in the site' : formatBytes(files.reduce((sum, { size }) => sum + size, 0)),
        points.map((point) => point.name).join(', '),
      ]),
    ),
    ...section(
      'Worth knowing',
      notes.map(({ message }) => [message]),
    ),
  ].join('\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows)];
}
