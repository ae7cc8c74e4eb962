/** Error codes of `src/app/network-boot`. */
import { registerCodes } from '../../core/index.ts';

export const networkBootCode = registerCodes({
  SERVE_ADDRESS: {
    title: 'An address or interface was named that this computer does not have.',
    remedy: 'Use one that the message lists.',
  },
  SERVE_ADDRESS_CHOICE: {
    title: 'This computer has several addresses, and none was named.',
    remedy: 'Name those behind which boot clients wait with --interface or --address.',
  },
  SERVE_NO_ADDRESS: {
    title: 'This computer has no IPv4 address to serve.',
    remedy: 'Connect the cable and give the interface an address.',
  },
});
