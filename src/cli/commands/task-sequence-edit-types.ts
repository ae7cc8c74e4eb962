/** `osdkit task-sequence edit types`. */
import { taskSequenceEditTypes, type ShownStepTypes } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { table } from '../table.ts';

export const taskSequenceEditTypesCommand = defineCommand({
  useCase: taskSequenceEditTypes,
  declare: (command) => command.argument('[type]', 'name, title in the console, or name that the wizard gives'),
  input: ([type]) => ({ type }),
  examples: [
    ['osdkit task-sequence edit types', 'all, by category'],
    ['osdkit task-sequence edit types "Partition Disk 0 - UEFI"', 'the properties that --set takes'],
  ],
  render,
});

function render({ categories, type }: ShownStepTypes): string {
  if (type === null) {
    return categories
      .flatMap(({ category, types }) => [category, ...table(types.map(({ type: name, title }) => [name, title]))])
      .join('\n');
  }
  const { name, title, category, wizardNames, runIn, properties } = type;
  return [
    `${name} (${title})`,
    ...table([
      ['Category', category],
      ['Runs in', runIn],
      ...(wizardNames.length === 0 ? [] : [['Wizard', wizardNames.join(', ')]]),
    ]),
    '',
    'Properties',
    ...table(
      properties.map((property) => [
        property.name,
        property.title,
        [
          property.takes,
          ...(property.required ? ['required'] : []),
          ...(property.secret ? ['--secret or --secret-file'] : []),
          ...(property.default === null ? [] : [`default ${String(property.default)}`]),
        ].join('; '),
      ]),
    ),
  ].join('\n');
}
