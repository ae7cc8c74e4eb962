/** Error codes of `src/app/network-boot`. */
import { registerCodes } from '../../core/index.ts';

export const networkBootCode = registerCodes({
  SERVE_OPTION: {
    title: 'Options of serving contradict each other, or one has a value that is not allowed.',
    remedy: 'See --help of the command.',
  },
  SERVE_POINT: {
    title: 'The site has no distribution point that answers network boot, or several and none was named.',
    remedy: 'Set pxe.enabled of a distribution point, or name one with --point.',
  },
  SERVE_FAILED: {
    title: 'A part of the server ended by itself.',
    remedy: 'The message says which and why; start it again. When it happens again, report it with the log.',
  },
});
