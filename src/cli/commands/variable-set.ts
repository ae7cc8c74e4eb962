/** `osdkit variable set`. */
import { variableSet } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite, withSecrets } from '../item-options.ts';
import { collect, given } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';

export const variableSetCommand = defineCommand({
  useCase: variableSet,
  declare: (command) =>
    declareSite(command.argument('[variables...]', 'NAME=VALUE; a NAME alone with --hidden keeps its value'))
      .option('--device <name>', 'the device that has them')
      .option('--collection <name>', 'the collection whose members have them')
      .option('--hidden', 'no command shows the values')
      .option('--visible', 'commands show the values again, which must be given anew')
      .option('--secret <NAME>', 'asked for without echo, and sealed; may be repeated', collect)
      .option('--secret-file <NAME=FILE>', 'the file holds the secret; sealed; may be repeated', collect),
  input: (variables, options) => ({ variables, ...given(options) }),
  complete: withSecrets,
  examples: [
    ['osdkit variable set OSDTimeZone="W. Europe Standard Time" --collection Berlin', 'for every member'],
    ['osdkit variable set OSDComputerName=PC-0815 --device PC-0815', 'for one computer'],
    ['osdkit variable set --secret OSDJoinPassword --collection Berlin', 'asked for and sealed'],
  ],
  render: ({ owner, variables, ...changed }) =>
    renderChange(
      `${changed.planned ? 'Would set' : 'Set'} ${variables.join(', ')} of ${owner.kind} ${owner.name}`,
      changed,
    ),
});
