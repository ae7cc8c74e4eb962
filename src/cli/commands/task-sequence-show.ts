/** `osdkit task-sequence show`. */
import { taskSequenceShow, type ShownItem, type ShownSequence } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { problemText } from '../error-text.ts';
import { dataLines } from '../render-data.ts';

export const taskSequenceShowCommand = defineCommand({
  useCase: taskSequenceShow,
  declare: (command) =>
    command.argument('<name>', 'name without case, or id').option('--site <dir>', 'folder of the site (default: .)'),
  input: ([name], { site }) => ({ name, site }),
  examples: [
    ['osdkit task-sequence show "Install Windows 11" --site contoso', 'each step with name, type, conditions'],
    ['osdkit task-sequence show ABC00010 --json', 'the same for programs'],
  ],
  render,
});

function render({ id, name, file, properties, highImpactSteps, items, problems }: ShownSequence): string {
  return [
    `${id} ${name} (${file})`,
    ...dataLines(properties, 2),
    ...(highImpactSteps.length === 0 ? [] : [`  high impact because of: ${highImpactSteps.join(', ')}`]),
    '',
    ...items.flatMap(itemLines),
    ...(problems.length === 0 ? [] : ['', 'Problems', ...problems.map(problemText)]),
  ].join('\n');
}

function itemLines(item: ShownItem): string[] {
  const { place, kind, name, title, type, known, enabled, continueOnError, condition, options, description } = item;
  const pad = ' '.repeat(2 * place.split('.').length);
  const what = kind === 'group' ? '' : ` [${title ?? `unknown type ${type ?? ''}`}]`;
  const notes = [
    ...(enabled ? [] : ['disabled']),
    ...(continueOnError ? ['continues on error'] : []),
    ...(known ? [] : ['cannot be deployed']),
  ];
  return [
    `${pad}${place} ${name}${what}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`,
    ...(description === null || description === '' ? [] : [`${pad}    ${description.replaceAll('\n', ' ')}`]),
    ...condition.map((line, index) => `${pad}    ${index === 0 ? 'if ' : '   '}${line}`),
    ...dataLines({ ...options, ...item.with }, pad.length + 4),
  ];
}
