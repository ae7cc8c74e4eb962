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
  PXE_COMPUTER: {
    title: 'A command names a computer that it cannot be about.',
    remedy: 'Give the name of a device, a MAC address or a GUID that is on no list of duplicates.',
  },
  PXE_DURATION: { title: 'A duration is not understood.', remedy: 'Write it as 4h, 90m or 1h30m, at most 24 days.' },
  PXE_NO_CAPTURE: {
    title: 'A capture is read from standard input, and nothing is piped in.',
    remedy: 'Pipe a recorder into it: tcpdump -U -i eth0 -w - | osdkit pxe doctor --pcap -',
  },
  PXE_NOT_OFFERED: {
    title: 'A deployment shall start that is not offered to the computer.',
    remedy: 'The message says why; osdkit pxe why shows all deployments.',
  },
});
