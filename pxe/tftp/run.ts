/** One transfer: the reducer's state, and what its effects do to a socket, a cache and the line. */
import type { Cache, ServedOutcome } from '../content/index.ts';
import type { Accelerator } from './accelerator.ts';
import { FRAME_OVERHEAD, type Pacer, type Waiting } from './pacer.ts';
import type { TransferLimits } from './limits.ts';
import { readPacket } from './read-packet.ts';
import { reduceTransfer } from './reduce.ts';
import { openRunPackets, type Pins } from './run-packets.ts';
import { openRunSocket } from './run-socket.ts';
import { startTransfer } from './sending.ts';
import type { TftpUse } from './server-types.ts';
import type { SenderNews, TransferOrder } from './thread-messages.ts';
import type { Step, Transfer, TransferEvent } from './transfer.ts';

/** A client that was heard so long ago and sends its first request again has begun anew; sooner it is an echo, ms. */
const ANEW = 1000;

/** What all transfers of a thread share. */
export interface RunThread {
  readonly address: string;
  readonly limits: TransferLimits;
  readonly cache: Cache;
  readonly pins: Pins;
  readonly pacer: Pacer;
  readonly accelerator: Accelerator | null;
  /** Whether the system says when its queues are full: Linux drops the packet without a word. */
  readonly tellsFull: boolean;
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  readonly news: (news: SenderNews) => void;
  readonly tell: (event: TftpUse) => void;
  /** Nothing of it is left. */
  readonly over: (run: Run, outcome: ServedOutcome) => void;
  /** Asks for `retry` in some milliseconds: the system had no room for a packet. */
  readonly later: (run: Run) => void;
}

export interface Run {
  readonly order: TransferOrder;
  readonly transfer: Transfer;
  /** Time has passed. */
  tick(at: number): void;
  happened(event: TransferEvent): void;
  /** The same request came again. */
  again(): void;
  retry(): void;
  /** What has happened so far. */
  event(kind: TftpUse['kind'], outcome: ServedOutcome | null, detail: string): TftpUse;
}

/** Codes of a client's port that is closed; the second is what Windows says. */
const CLOSED: ReadonlySet<string | undefined> = new Set(['ECONNREFUSED', 'ECONNRESET']);
/** Codes of a system that has no room now. */
const FULL: ReadonlySet<string | undefined> = new Set(['ENOBUFS', 'EAGAIN', 'ENOMEM']);
/** Codes of a system that does not send many packets at once after all. */
const NOT_MANY: ReadonlySet<string | undefined> = new Set(['EMSGSIZE', 'EINVAL', 'EIO', 'EOPNOTSUPP', 'ENOPROTOOPT']);

const errorText = ({ code, message }: NodeJS.ErrnoException): string => code ?? message;

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
  /** Why the file could not be read. */
  let failure = '';
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
    transfer = after;
    if (answered) thread.news({ kind: 'answered', transfer: order.transfer });
    for (const effect of effects) {
      if (effect.kind === 'packet') socket.send(effect.bytes);
      else if (effect.kind === 'end') end(failure === '' ? effect.outcome : 'failed', failure || effect.message);
      else {
        next = effect.first;
        last = effect.first + effect.count - 1;
        go();
      }
    }
  }

  /** Sends what is to be sent, as soon as the line and the disk let it. */
  function go(): void {
    if (!inLine && !fetching) inLine = !pacer.ask(waiting);
    if (next > last) return;
    held = true;
    transfer = reduceTransfer(transfer, { kind: 'held' }).transfer;
  }

  function fetch(): void {
    fetching = true;
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
    if (error === null || transfer.outcome !== null) return;
    if (CLOSED.has(error.code)) return happened({ kind: 'unreachable' });
    const many = socket.segmented() && NOT_MANY.has(error.code);
    if (!many && !FULL.has(error.code)) return;
    if (many) socket.single();
    next = transfer.acknowledged + 1;
    last = transfer.sent;
    transfer = reduceTransfer(transfer, { kind: 'held' }).transfer;
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
    thread.tell(run.event('finished', outcome, message));
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
