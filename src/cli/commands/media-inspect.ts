/** `osdkit media inspect`. */
import { mediaInspect, type MediaInspection, type ShownVariables } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { given } from '../option-values.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';

export const mediaInspectCommand = defineCommand({
  useCase: mediaInspect,
  declare: (command) =>
    command
      .argument('<boot.iso>', 'image file, or stick')
      .option('--password-file <file>', 'opens sealed variables; values of secrets stay masked'),
  input: ([file], options) => ({ file, ...given(options) }),
  examples: [
    ['osdkit media inspect boot.iso', 'type, dates, variables, files'],
    ['osdkit media inspect boot.iso --json', 'the same for programs'],
  ],
  missingPassword: {
    question: ({ file, variables: { sealed, list } }) =>
      sealed && list === null ? `Password of ${file} (its variables are sealed)` : undefined,
    withPassword: (input, password) => ({ ...(input as object), password }),
  },
  render,
});

function render(result: MediaInspection): string {
  const { document } = result;
  return [
    result.file,
    ...table([
      ['Media id', document.mediaId],
      ['Type', `${document.type}, ${document.architecture}${document.unattended ? ', unattended' : ''}`],
      ['Made by', `${document.tool.name} ${document.tool.version}`],
      ['Label', document.label],
      ['Layout', document.layout],
      ['Signing CA', document.signingCa],
      ['Valid', `${document.start ?? 'any time'} to ${document.expires ?? 'any time'}`],
      ['Signature', result.signed ? 'present' : 'none'],
      ['Boot image', `${result.bootWim.image ?? '(no name)'}, index ${result.bootWim.bootIndex}`],
    ]),
    ...(result.site ? siteLines(result.site) : []),
    '',
    'Variables on the medium',
    ...variables(result.variables),
    '',
    'Variables inside boot.wim',
    ...variables(result.variablesInBootWim),
    '',
    'Files',
    ...table(result.files.map(({ path, size }) => [path, formatBytes(size)])),
    ...Object.entries(result.stores).flatMap(([path, text]) => ['', `Boot store ${path}`, text]),
  ].join('\n');
}

function siteLines({ bootstrap, policy, signature }: NonNullable<MediaInspection['site']>): string[] {
  const { site, servers, bootImage, unknownComputers } = bootstrap;
  const said = { valid: 'valid', wrong: 'WRONG: not of the key in the bootstrap', none: 'none' };
  const { choice } = policy;
  return [
    '',
    'Site',
    ...table([
      ['Site', `${site.code} ${site.name}`],
      ['Key', site.signing ?? 'none'],
      ['Policy signature', said[signature]],
      ['Boot image', `${bootImage.id} ${bootImage.name}`],
      ['Unknown computers', unknownComputers ? 'served' : 'not served'],
      ...servers.map(({ name, url }) => ['Server', `${name} ${url}`] as const),
    ]),
    '',
    'Deployments that it may start',
    ...table(
      policy.deployments.map(({ id, name, sequence, collection, purpose, availableTo }) => [
        id,
        name,
        `${sequence.name} -> ${collection.name}`,
        purpose,
        availableTo,
      ]),
    ),
    ...(choice.kind === 'list' ? [] : [`  ${choice.text}`]),
    '',
    'Variables in the bootstrap',
    ...variables({
      sealed: false,
      list: Object.entries(bootstrap.variables).map(([name, value]) => ({ name, value })),
    }),
  ];
}

function variables({ sealed, list }: ShownVariables): string[] {
  if (list === null) return [sealed ? '  sealed: give --password-file' : '  (missing)'];
  if (list.length === 0) return ['  (none)'];
  return table(list.map(({ name, value }) => [name, value ?? '•••••• (secret)']));
}
