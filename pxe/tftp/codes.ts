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
  TFTP_PORT: {
    title: 'The TFTP port cannot be opened.',
    remedy: 'The message holds the system error; is the interface up, and has it the address?',
  },
  TFTP_PORT_IN_USE: {
    title: 'Another program listens on the TFTP port.',
    remedy: 'Stop it (on Linux `ss -ulpn` names it), or give another address or port.',
  },
  TFTP_PORT_RIGHTS: {
    title: 'The operating system does not let this user open the TFTP port.',
    remedy: 'Run as root, or give the process `CAP_NET_BIND_SERVICE`, as the systemd unit does.',
  },
  TFTP_THREAD: {
    title: 'A thread of the TFTP server died.',
    remedy: 'Start the server again: clients ask again by themselves. Report it with the message.',
  },
  TFTP_LIMITS: {
    title: 'A limit of the TFTP server is out of its range.',
    remedy: 'Give a value in the range that the message names.',
  },
});
