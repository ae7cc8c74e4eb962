/** Error codes of `pxe/client`. */
import { registerCodes } from '../../src/core/index.ts';

export const clientCode = registerCodes({
  PXE_CLIENT_SOCKET: {
    title: 'A simulated client, or the doctor, cannot use a socket that it needs.',
    remedy: 'Port 67, 68 and 4011 need rights and must be free: run as root, or name other ports.',
  },
  PXE_CLIENT_IDENTITY: {
    title: 'A simulated client was given a MAC address that is none.',
    remedy: 'Give six pairs of hex digits, such as 52:54:00:12:34:56.',
  },
});
