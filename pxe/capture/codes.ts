/** Error codes of `pxe/capture`. */
import { registerCodes } from '../../src/core/index.ts';

export const captureCode = registerCodes({
  CAPTURE_FORMAT: {
    title: 'A file is not a packet capture that can be read.',
    remedy:
      'Give a pcap or pcapng file of an Ethernet interface or of `any`, as tcpdump, dumpcap and Wireshark write it.',
  },
  CAPTURE_DAMAGED: {
    title: 'A packet capture ends or breaks off inside a packet.',
    remedy: 'Record it anew, or mend it with `editcap`.',
  },
});
