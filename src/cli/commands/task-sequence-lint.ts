/** `osdkit task-sequence lint`. */
import { exitCode } from '../../core/index.ts';
import { taskSequenceLint, type TaskSequenceLint } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { siteProblemText } from '../error-text.ts';

export const taskSequenceLintCommand = defineCommand({
  useCase: taskSequenceLint,
  declare: (command) =>
    command
      .argument('[names...]', 'names or ids of task sequences')
      .option('--all', 'all task sequences of the site')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--strict', 'warnings fail, too'),
  input: (names, { all, site, strict }) => ({ names, all, site, strict }),
  examples: [
    ['osdkit task-sequence lint "Install Windows 11"', 'what it would do wrong; exit code 2 when it has errors'],
    ['osdkit task-sequence lint --all --strict', 'every sequence of the site, failing for warnings, too'],
    ['osdkit task-sequence lint ABC00010 --json', 'for programs: file, line, column, code, message, hint, and why'],
  ],
  render,
  exitCode: ({ failed }) => (failed ? exitCode.input : exitCode.done),
});

function render({ sequences, errors, warnings, notes, rules }: TaskSequenceLint): string {
  const shown = new Set<string>();
  const lines = sequences.flatMap(({ id, name, problems }) => {
    const texts = problems.map(siteProblemText).filter((text) => !shown.has(text));
    for (const text of texts) shown.add(text);
    return texts.length === 0 ? [] : [`${id} ${name}`, ...texts.map(indented)];
  });
  const why = rules.map((rule) => `  ${rule.code}: ${rule.why}`);
  return [
    ...lines,
    ...(why.length === 0 ? [] : ['Why:', ...why]),
    [
      `${counted(sequences.length, 'task sequence')}: ${counted(errors, 'error')}`,
      counted(warnings, 'warning'),
      counted(notes, 'note'),
    ].join(', '),
  ].join('\n');
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
