/** Mutations of TFTP datagrams: read, judged at the port for requests, negotiated, and given to a transfer. */
import {
  defaultLimits,
  judgeRequest,
  readPacket,
  reduceTransfer,
  startTransfer,
  type TftpRequest,
  writePacket,
} from '../../../pxe/tftp/index.ts';
import type { Parser } from '../parser.ts';

/** Of a boot manager that asks for everything there is. */
const request: TftpRequest = {
  kind: 'read',
  name: '\\Boot\\boot.wim',
  mode: 'octet',
  options: Object.entries({ tsize: '0', blksize: '1456', windowsize: '4', msftwindow: '31416' }).map(
    ([name, value]) => ({
      name,
      value,
    }),
  ),
};

export const tftpParsers: readonly Parser[] = [
  {
    name: 'tftp',
    exercise(bytes) {
      const judgement = judgeRequest(bytes);
      const asked = judgement.kind === 'read' ? judgement.request : request;
      const started = startTransfer({ request: asked, size: 1e6, limits: defaultLimits, active: 1, seed: 1, at: 0 });
      const packet = readPacket(bytes);
      const hello = reduceTransfer(started.transfer, {
        kind: 'packet',
        packet: { kind: 'ack', block: 0, window: null },
        at: 1,
      });
      reduceTransfer(hello.transfer, { kind: 'packet', packet, at: 2 });
      writePacket(packet);
    },
  },
];
