/** `osdkit task-sequence edit add`; its help lists the step types by category (EDIT-02). */
import { stepCatalogue, taskSequenceEditAdd } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declarePlacement, declareSite, declareStepOptions, withSecrets } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderEdit } from '../render-edit.ts';

export const taskSequenceEditAddCommand = defineCommand({
  useCase: taskSequenceEditAdd,
  declare: (command) =>
    declareStepOptions(
      declarePlacement(
        declareSite(
          command
            .argument('<sequence>', 'name or id of the task sequence')
            .argument('<type>', 'step type: name, title in the console, or name that the wizard gives'),
        ).option('--name <name>', 'name of the step (default: title of its type)'),
        'the end of the sequence',
      ),
    )
      .option('--disabled', 'add it disabled')
      .addHelpText('after', typesHelp()),
  input: ([sequence, type], options) => ({ sequence, type, ...given(options) }),
  complete: withSecrets,
  examples: [
    [
      'osdkit task-sequence edit add "Install Windows 11" run-command-line --into "State Restore" --set CommandLine="cmd /c ver"',
      'a step at the end of a group',
    ],
    [
      'osdkit task-sequence edit add ABC00010 "Join Domain or Workgroup" --after 4.2 --set Type=0 --set DomainName=corp.example --set DomainUsername=join@corp.example --secret DomainPassword',
      'the password is asked for and sealed',
    ],
    [
      'osdkit task-sequence edit add ABC00010 restart-computer --condition "[{ variable: _SMSTSInWinPE, equals: \'false\' }]" --plan',
      'what would be written, as a diff',
    ],
  ],
  render: (edited) => renderEdit(edited.planned ? 'Would add' : 'Added', edited),
});

function typesHelp(): string {
  const lines = stepCatalogue.flatMap(({ category, types }) => [
    `  ${category}`,
    ...types.map(({ type, title }) => `    ${type.padEnd(38)} ${title}`),
  ]);
  return ['', 'Step types by category:', ...lines].join('\n');
}
