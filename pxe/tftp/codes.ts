/** Error codes of `pxe/tftp`. */
import { registerCodes } from '../../src/core/index.ts';

export const tftpCode = registerCodes({
  TFTP_PACKET: {
    title: 'A datagram is no TFTP packet.',
    remedy: 'A single one is dropped; many of them mean that another program sends to the TFTP port.',
  },
  TFTP_NAME: {
    title: 'A requested file name is refused.',
    remedy:
      'Correct the boot file name or the path in the BCD: relative to the root, without `..`, drive or control characters.',
  },
  TFTP_LIMITS: {
    title: 'A limit of the TFTP server is out of its range.',
    remedy: 'Give a value in the range that the message names.',
  },
});
