/** `osdkit task-sequence properties`. */
import { taskSequenceProperties, type ShownSequenceProperties } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite } from '../item-options.ts';
import { collect, given, indexOrNone } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';
import { table } from '../table.ts';

export const taskSequencePropertiesCommand = defineCommand({
  useCase: taskSequenceProperties,
  declare: (command) =>
    declareSite(command.argument('<sequence>', 'name or id of the task sequence'))
      .option('--name <name>', 'another name; references by name must be changed first')
      .option('--description <text>', 'description')
      .option('--category <text>', 'category')
      .option('--boot-image <image>', 'name or id of a boot image')
      .option('--maximum-run-time <minutes>', '0 is 720', indexOrNone)
      .option('--progress-message <text>', 'custom progress text')
      .option('--run-first <PACKAGE:PROGRAM>', 'program that runs before the sequence')
      .option('--restart-required', 'Software Center says that a restart is needed')
      .option('--no-restart-required', 'Software Center says that none is needed')
      .option('--download-size <megabytes>', 'what Software Center shows; information only', indexOrNone)
      .option('--run-time <minutes>', 'what Software Center shows; information only', indexOrNone)
      .option('--high-impact', 'mark it as high impact: users confirm a notice')
      .option('--no-high-impact', 'remove the mark; steps may still make it high impact')
      .option('--custom-text', 'the notice has texts of its own (only of a high-impact sequence)')
      .option('--no-custom-text', 'the notice has the default texts')
      .option('--headline <text>', 'headline of the notice; each text has at most 255 characters')
      .option('--main-text <text>', 'first box of its message')
      .option('--bold-text <text>', 'second box, bold')
      .option('--last-line <text>', 'third box')
      .option('--clear <property>', 'description, boot-image, download-size, ...; may be repeated', collect),
  input: ([sequence], options) => ({ sequence, ...given(options) }),
  examples: [
    ['osdkit task-sequence properties "Install Windows 11"', 'what they are, and what users are told'],
    [
      'osdkit task-sequence properties ABC00010 --high-impact --custom-text --headline "New Windows tonight"',
      'boxes that are not given keep the default text',
    ],
    ['osdkit task-sequence properties ABC00010 --download-size 4000 --run-time 60 --clear boot-image', 'others'],
  ],
  render,
});

function render({ sequence, properties, changed }: ShownSequenceProperties): string {
  if (changed?.planned === true) return renderChange(`Would change ${sequence.name}`, changed);
  const { softwareCenter = {}, highImpact, runFirst } = properties;
  const { restartRequired, downloadSize, runTime } = softwareCenter;
  const { notice } = highImpact;
  const rows: readonly (readonly [string, string | number | undefined])[] = [
    ['Description', properties.description],
    ['Category', properties.category],
    ['Boot image', properties.bootImage],
    ['Enabled', properties.enabled ? 'yes' : 'no: it runs on no computer'],
    ['Maximum run time', minutes(properties.maximumRunTime)],
    ['Progress text', properties.progressMessage],
    ['Runs first', runFirst && `${runFirst.program} of ${runFirst.package}`],
    ['Restart required', restartRequired === undefined ? undefined : restartRequired ? 'yes' : 'no'],
    ['Download size', downloadSize === undefined ? undefined : `${downloadSize} MB (information only)`],
    ['Run time', runTime === undefined ? undefined : `${runTime} minutes (information only)`],
    ['High impact', highImpactText(highImpact)],
  ];
  return [
    ...(changed === null ? [] : [renderChange(`Changed ${sequence.name}`, changed), '']),
    `${sequence.name} (${sequence.id})`,
    `  ${sequence.file}`,
    ...table(rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))),
    ...(notice === null
      ? []
      : [
          '',
          highImpact.customText ? 'Notice (own text)' : 'Notice (default text)',
          ...[notice.headline, notice.mainText, notice.boldText, notice.lastLine].map((line) => `  ${line}`),
          `  ${notice.buttons.map((button) => `[${button}]`).join(' ')}`,
        ]),
  ].join('\n');
}

const minutes = (value: number | undefined) => (value === undefined ? undefined : `${value} minutes`);

function highImpactText({ is, marked, steps }: ShownSequenceProperties['properties']['highImpact']): string {
  if (!is) return 'no';
  const why = [...(marked ? ['marked'] : []), ...(steps.length === 0 ? [] : [`because of ${steps.join(', ')}`])];
  return `yes: ${why.join('; ')}`;
}
