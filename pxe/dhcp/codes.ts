/** Error codes of `pxe/dhcp`. */
import { registerCodes } from '../../src/core/index.ts';

const ignored =
  'Nothing: the sender is at fault and gets no answer. `tshark -V` on a capture shows the message in full.';

export const dhcpCode = registerCodes({
  DHCP_MESSAGE: { title: 'A datagram is not a DHCP message.', remedy: ignored },
  DHCP_OPTION_AREA: { title: 'The options of a DHCP message do not fit into their field.', remedy: ignored },
  DHCP_OPTION_VALUE: { title: 'An option of a DHCP message has a value that its standard forbids.', remedy: ignored },
  DHCP_VALUE: {
    title: 'A DHCP message was asked for with a value that it cannot hold.',
    remedy: 'Change the value that the message names.',
  },
  DHCP_SIZE: {
    title: 'A DHCP reply is larger than its receiver takes.',
    remedy: 'Use shorter file names, URLs and menu texts.',
  },
});
