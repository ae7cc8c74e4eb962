/** One transfer: the reducer's state, and what its effects do to a socket, a cache and the line. */
import type { ServedOutcome } from '../content/index.ts';
import { FRAME_OVERHEAD, type Waiting } from './pacer.ts';
import { readPacket } from './read-packet.ts';
import { reduceTransfer } from './reduce.ts';
import { excuse } from './run-excuse.ts';
import { openRunPackets } from './run-packets.ts';
import { CLOSED, errorText, FULL, NOT_MANY, openRunSocket } from './run-socket.ts';
import type { Run, RunThread } from './run-types.ts';
import { startTransfer } from './sending.ts';
import type { TransferOrder } from './thread-messages.ts';
import type { Step, TransferEvent } from './transfer.ts';

/** A client that was heard so long ago and sends its first request again has begun anew; sooner it is an echo, ms. */
const ANEW = 1000;

/** Begins a transfer: its first packet leaves when its socket is there. */
export function startRun(order: TransferOrder, thread: RunThread): Run {
  const { limits, pacer, now, tellsFull } = thread;
  const { request, file, active, address, port } = order;
  const startedAt = now();
  const seed = Math.imul(order.transfer, 0x9e3779b1);
  const first = startTransfer({ request, size: file.size, limits, active, seed, at: startedAt });
  let { transfer } = first;
  const { agreement } = transfer;
  const { blockSize } = agreement;
  // Segments must fit the way, and OACK and ERROR packets a segment.
  const fits = blockSize + 32 <= limits.mtu && blockSize >= 512;
  const socket = openRunSocket(
    thread.address,
    { address, port },
    { open: opened, packet: received, problem },
    fits ? thread.accelerator : null,
    blockSize + 4,
  );
  const packets = openRunPackets(thread, socket, file, agreement);
  /** Blocks to be sent now. */
  let next = 1;
  let last = 0;
  let ready = false;
  let inLine = false;
  let fetching = false;
  /** The reducer knows that not all has left. */
  let held = false;
  /** Since when a chunk is read that is not there yet. */
  let fetchingSince = 0;
  /** Why the file could not be read. */
  let failure = '';
  /** What the system said when it last did not send. */
  let unsent = '';
  let toldEnd = false;

  const waiting: Waiting = {
    turnBytes: () => (last - next + 1) * (blockSize + FRAME_OVERHEAD),
    turn() {
      inLine = false;
      // Asked when it is new whether many at once are taken, and when something seems to be wrong.
      const ask = tellsFull || transfer.repeats > 0 || (transfer.acknowledged === 0 && socket.segmented());
      next = packets.send(next, last, ask ? taken : undefined);
      if (next <= last) return fetch();
      if (held) happened({ kind: 'sent', at: now() });
      held = false;
    },
  };

  function opened(): void {
    ready = true;
    apply(first);
  }

  function apply({ transfer: after, effects }: Step): void {
    const answered = after.answered && !transfer.answered;
    if (after.roundTrip.samples !== transfer.roundTrip.samples) thread.measured(after.roundTrip.latest);
    transfer = after;
    if (answered) thread.news({ kind: 'answered', transfer: order.transfer });
    for (const effect of effects) {
      if (effect.kind === 'packet') say(effect.bytes);
      else if (effect.kind === 'end') end(failure === '' ? effect.outcome : 'failed', failure || effect.message);
      else {
        next = effect.first;
        last = effect.first + effect.count - 1;
        go();
      }
    }
  }

  function say(bytes: Uint8Array): void {
    socket.send(bytes, (error) => {
      unsent = error === null ? '' : errorText(error);
      if (error === null || transfer.outcome !== null) return;
      if (!socket.segmented() || !NOT_MANY.has(error.code)) return;
      socket.single();
      socket.send(bytes);
    });
  }

  /** Sends what is to be sent, as soon as the line and the disk let it. */
  function go(): void {
    if (!inLine && !fetching) inLine = !pacer.ask(waiting);
    if (next > last) return;
    held = true;
    transfer = reduceTransfer(transfer, { kind: 'held', at: now() }).transfer;
  }

  function fetch(): void {
    fetching = true;
    fetchingSince = now();
    packets.fetched().then(
      () => {
        fetching = false;
        if (transfer.outcome === null) go();
        else packets.release();
        settled();
      },
      (error: Error) => {
        fetching = false;
        failure = error.message;
        happened({ kind: 'cancel', message: 'the file cannot be read' });
        settled();
      },
    );
  }

  function happened(event: TransferEvent): void {
    apply(reduceTransfer(transfer, event));
  }

  function received(bytes: Uint8Array): void {
    let packet;
    try {
      packet = readPacket(bytes);
    } catch {
      // Whatever it is, it comes from the client's address and port: the next packet may be right.
      return;
    }
    happened({ kind: 'packet', packet, at: now() });
  }

  function taken(error: NodeJS.ErrnoException | null): void {
    unsent = error === null ? '' : errorText(error);
    if (error === null || transfer.outcome !== null) return;
    if (CLOSED.has(error.code)) return happened({ kind: 'unreachable' });
    const many = socket.segmented() && NOT_MANY.has(error.code);
    if (!many && !FULL.has(error.code)) return;
    if (many) socket.single();
    next = transfer.acknowledged + 1;
    last = transfer.sent;
    transfer = reduceTransfer(transfer, { kind: 'held', at: now() }).transfer;
    held = true;
    thread.later(run);
  }

  function problem(error: NodeJS.ErrnoException): void {
    if (CLOSED.has(error.code)) return happened({ kind: 'unreachable' });
    // Routes come and go, time-outs count them; without a socket nothing will come.
    if (error.syscall === 'recvmsg') return;
    failure = `no socket for the transfer: ${errorText(error)}`;
    happened({ kind: 'cancel', message: 'no socket' });
  }

  function end(outcome: ServedOutcome, message: string): void {
    next = 1;
    last = 0;
    packets.release();
    socket.close();
    thread.tell(
      run.event('finished', outcome, message + excuse(outcome, fetching ? now() - fetchingSince : 0, unsent)),
    );
    thread.over(run, outcome);
    settled();
  }

  /** The file may be closed when the last read of it has ended. */
  function settled(): void {
    if (transfer.outcome === null || fetching || toldEnd) return;
    if (packets.fetches() > 0) return void setTimeout(settled, 10);
    toldEnd = true;
    thread.news({ kind: 'ended', transfer: order.transfer });
  }

  const run: Run = {
    order,
    get transfer() {
      return transfer;
    },
    tick(at) {
      if (ready && at >= transfer.deadline) happened({ kind: 'tick', at });
    },
    happened,
    again() {
      if (!ready) return;
      if (!transfer.answered) return happened({ kind: 'request-again', at: now() });
      if (now() - transfer.progressAt < ANEW) return;
      thread.news({ kind: 'restart', transfer: order.transfer });
      happened({ kind: 'superseded' });
    },
    retry: () => {
      if (transfer.outcome === null) go();
    },
    event: (kind, outcome, detail) => ({
      kind,
      protocol: 'tftp',
      transfer: order.transfer,
      client: order.client,
      route: order.route,
      fileClass: file.fileClass,
      address,
      bytes: Math.min(file.size, transfer.acknowledged * blockSize),
      size: file.size,
      seconds: (now() - startedAt) / 1000,
      outcome,
      complete: outcome === 'delivered',
      detail,
      blockSize,
      window: transfer.window,
      repeated: transfer.counts.repeated,
    }),
  };
  return run;
}
