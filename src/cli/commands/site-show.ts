/** `osdkit site show`. */
import { siteShow, type ShownObject } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { siteProblemText } from '../error-text.ts';
import { formatBytes } from '../quantities.ts';
import { dataLines } from '../render-data.ts';
import { table } from '../table.ts';

export const siteShowCommand = defineCommand({
  useCase: siteShow,
  declare: (command) =>
    command
      .argument('<id-or-name>', 'id, or name without case')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--kind <kind>', 'where several kinds have the name: boot-images, task-sequences, devices, ...'),
  input: ([object], { site, kind }) => ({ object, site, kind }),
  examples: [
    ['osdkit site show ABC00012', 'what it is, where it is written, what refers to it'],
    ['osdkit site show ABC20003', 'of a deployment: which part of it is missing'],
    ['osdkit site show "All Systems" --kind collections --json', 'one kind, for programs'],
  ],
  render,
});

function render(shown: ShownObject): string {
  const { kind, id, name, place, value, refersTo, referredBy, content, parts, problems } = shown;
  return [
    `${kind} ${id === undefined ? '' : `${id} `}${name}`,
    place === null ? '  built in: it has no file' : `  ${place.file}:${place.line}`,
    ...dataLines(value, 2),
    ...section(
      'Refers to',
      refersTo.map(({ at, text, target, enabled }) => [
        at,
        target === null
          ? `${text} (not in the site)`
          : `${target.kind} ${target.id ?? ''} ${target.name}${enabled ? '' : ' (disabled)'}`,
      ]),
    ),
    ...section(
      'Referred to by',
      referredBy.map((by) => [`${by.file}:${by.line}`, `${by.kind} ${by.id ?? ''} ${by.name}: ${by.at}`]),
    ),
    ...section(
      'Content',
      content.map(({ sha256, size, there }) => [
        formatBytes(size),
        sha256,
        there ? 'in the library' : 'not in the library here',
      ]),
    ),
    ...section(
      'Parts',
      (parts ?? []).map(({ part, state, why }) => [part, state, why]),
    ),
    ...(problems.length === 0 ? [] : ['', 'Problems', ...problems.map((problem) => `  ${siteProblemText(problem)}`)]),
  ].join('\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows)];
}
