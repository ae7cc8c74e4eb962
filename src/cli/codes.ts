/** Error codes of `src/cli`. */
import { registerCodes } from '../core/index.ts';

export const cliCode = registerCodes({
  CLI_USAGE: { title: 'The command line is not one that osdkit knows.', remedy: 'See --help of the command.' },
  CLI_PASSWORDS_DIFFER: {
    title: 'A new password was typed twice, and differently.',
    remedy: 'Run the command again.',
  },
});
