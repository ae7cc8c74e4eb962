/** `osdkit task-sequence edit set`. */
import { taskSequenceEditSet } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite, declareStepOptions, itemArgument, withSecrets } from '../item-options.ts';
import { collect, given } from '../option-values.ts';
import { renderEdit } from '../render-edit.ts';

export const taskSequenceEditSetCommand = defineCommand({
  useCase: taskSequenceEditSet,
  declare: (command) =>
    declareStepOptions(
      declareSite(command.argument('<sequence>', 'name or id of the task sequence').argument(...itemArgument)).option(
        '--name <name>',
        'another name',
      ),
    )
      .option('--unset <NAME>', 'property to remove; may be repeated', collect)
      .option(
        '--clear <option>',
        'description, condition, timeout, retry-count, success-codes, run-in or start-in; may be repeated',
        collect,
      ),
  input: ([sequence, item], options) => ({ sequence, item, ...given(options) }),
  complete: withSecrets,
  examples: [
    ['osdkit task-sequence edit set "Install Windows 11" "Run it" --set CommandLine="cmd /c dir"', 'a property'],
    [
      'osdkit task-sequence edit set ABC00010 2.1 --name "Partition Disk 0" --description "UEFI" --clear condition',
      'its name and options',
    ],
    ['osdkit task-sequence edit set ABC00010 5 --secret-file AdminPassword=pw.txt', 'a secret, sealed for the site'],
  ],
  render: (edited) => renderEdit(edited.planned ? 'Would change' : 'Changed', edited),
});
