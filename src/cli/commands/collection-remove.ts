/** `osdkit collection remove`. */
import { collectionRemove } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { declareSite } from '../item-options.ts';
import { given } from '../option-values.ts';
import { renderChange } from '../render-edit.ts';

export const collectionRemoveCommand = defineCommand({
  useCase: collectionRemove,
  declare: (command) => declareSite(command.argument('<collection>', 'name or id')),
  input: ([collection], options) => ({ collection, ...given(options) }),
  examples: [['osdkit collection remove Berlin --plan', 'refused while a deployment or collection refers to it']],
  render: ({ name, variables, ...changed }) => {
    const lost = variables.map((variable) => variable.name).join(', ');
    const what = `${changed.planned ? 'Would remove' : 'Removed'} ${name}`;
    return renderChange(lost === '' ? what : `${what} with its variables ${lost}`, changed);
  },
});
