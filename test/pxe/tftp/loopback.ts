/**
 * The reducer on real sockets of 127.0.0.1, without pacing, caps or threads: only so that foreign clients can judge
 * it.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import {
  blockRange,
  defaultLimits,
  errorPacket,
  judgeRequest,
  type Outcome,
  readPacket,
  reduceTransfer,
  startTransfer,
  type Step,
  type Transfer,
  type TransferEvent,
  type TftpRequest,
  wireError,
  wireNumber,
  writePacket,
} from '../../../pxe/tftp/index.ts';

export interface Loopback {
  readonly port: number;
  readonly outcomes: readonly Outcome[];
  readonly agreements: readonly Transfer['agreement'][];
  close(): void;
}

/** Serves `files` by route name. Every `loseEvery`th datagram of the server is lost, 0 for none. */
export async function loopback(files: ReadonlyMap<string, Uint8Array>, loseEvery = 0): Promise<Loopback> {
  const port = createSocket('udp4');
  const outcomes: Outcome[] = [];
  const agreements: Transfer['agreement'][] = [];
  const open = new Map<Socket, () => void>();
  let sent = 0;

  async function serve(request: TftpRequest, file: Uint8Array, client: RemoteInfo): Promise<void> {
    const socket = createSocket('udp4');
    open.set(socket, () => clearTimeout(timer));
    let timer: NodeJS.Timeout | undefined;
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    if (!open.has(socket)) return;
    socket.connect(client.port, client.address);
    await once(socket, 'connect');
    let transfer: Transfer;
    const send = (bytes: Uint8Array): void => {
      sent++;
      if (loseEvery === 0 || sent % loseEvery !== 0) socket.send(bytes);
    };
    const apply = (step: Step): void => {
      ({ transfer } = step);
      const { agreement, deadline } = transfer;
      for (const effect of step.effects) {
        if (effect.kind === 'packet') send(effect.bytes);
        if (effect.kind === 'end') outcomes.push(effect.outcome);
        if (effect.kind !== 'blocks') continue;
        for (let block = effect.first; block < effect.first + effect.count; block++) {
          const { offset, length } = blockRange(block, agreement.blockSize, file.length);
          const payload = file.subarray(offset, offset + length);
          send(writePacket({ kind: 'data', block: wireNumber(block, agreement.rollover), payload }));
        }
      }
      clearTimeout(timer);
      if (transfer.outcome !== null) {
        // What was sent last leaves before the socket goes.
        setImmediate(() => open.delete(socket) && socket.close());
        return;
      }
      timer = setTimeout(() => happened({ kind: 'tick', at: performance.now() }), deadline - performance.now());
    };
    const happened = (event: TransferEvent): void => apply(reduceTransfer(transfer, event));
    if (!open.has(socket)) return;
    socket.on('message', (bytes) => happened({ kind: 'packet', packet: readPacket(bytes), at: performance.now() }));
    socket.on('error', () => happened({ kind: 'unreachable' }));
    const start = startTransfer({
      request,
      size: file.length,
      limits: defaultLimits,
      active: 1,
      seed: 1,
      at: performance.now(),
    });
    agreements.push(start.transfer.agreement);
    apply(start);
  }

  port.on('message', (bytes, client) => {
    const judgement = judgeRequest(bytes);
    if (judgement.kind === 'dropped') return;
    if (judgement.kind === 'refused') return port.send(judgement.bytes, client.port, client.address);
    const file = files.get(judgement.name);
    if (file === undefined)
      return port.send(errorPacket(wireError.notFound, 'no such file'), client.port, client.address);
    void serve(judgement.request, file, client);
  });
  port.bind(0, '127.0.0.1');
  await once(port, 'listening');
  return {
    port: port.address().port,
    outcomes,
    agreements,
    close() {
      port.close();
      for (const [socket, stop] of open) {
        stop();
        socket.close();
      }
      open.clear();
    },
  };
}
