/** A capture explained as it is read: from a file, or from a program that records still and writes to our standard input. */
import { openFile, type ByteSource } from '../../../images/bytes/index.ts';
import { captureCode } from '../../../pxe/capture/index.ts';
import {
  explainer,
  type Explainer,
  type ExplainOptions,
  type Explanation,
  type SeenReader,
  seenReader,
} from '../../../pxe/doctor/index.ts';
import {
  checkCanceled,
  coreCode,
  FormatError,
  InputError,
  InternalError,
  toOsdkitError,
  type OperationContext,
} from '../../core/index.ts';
import type { StandardInput } from '../standard-input.ts';
import type { Services } from '../use-case.ts';
import { networkBootCode } from './codes.ts';

const PIECE = 1 << 20;
/** Milliseconds that a recorder gets to hand over what it holds when both are told to stop. */
const LAST_WORDS = 500;
const REDRAW = 500;

export interface CaptureWishes {
  /** Seconds to read standard input; until its end without. */
  readonly for?: number | undefined;
}

interface Parts {
  readonly reader: SeenReader;
  readonly taken: Explainer;
}

/** `path`: a file, or `-`. Throws FormatError (`CAPTURE_FORMAT`, `CAPTURE_DAMAGED`) where nothing can be read, and as reading does. */
export async function explainCapture(
  wishes: CaptureWishes,
  path: string,
  options: ExplainOptions,
  services: Services,
  context: OperationContext,
): Promise<Explanation> {
  const parts = { reader: seenReader(), taken: explainer(options) };
  try {
    if (path === '-') return await explainStream(wishes, openInput(services), parts, context);
    return await explainFile(path, parts, context);
  } catch (problem) {
    if (!(problem instanceof FormatError)) throw problem;
    const where = path === '-' ? 'standard input' : path;
    const hint = problem.hint === undefined ? {} : { hint: problem.hint };
    throw new FormatError(problem.code, `${where}: ${problem.message}`, { cause: problem, ...hint });
  }
}

async function explainFile(path: string, { reader, taken }: Parts, context: OperationContext): Promise<Explanation> {
  await using source = await openFile(path);
  if (source.size === 0) {
    throw new FormatError(captureCode.CAPTURE_FORMAT, 'it has no bytes', {
      hint: 'Where it is a pipe: --pcap - reads what is piped in.',
    });
  }
  let done = 0;
  for await (const piece of piecesOf(source)) {
    checkCanceled(context.signal);
    for (const packet of reader.push(piece)) taken.take(packet);
    done += piece.length;
    context.progress({ phase: 'reading', done, total: source.size, unit: 'bytes' });
  }
  for (const packet of reader.end()) taken.take(packet);
  return taken.explained();
}

async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; at += PIECE) yield source.read(at, Math.min(PIECE, source.size - at));
}

function openInput({ input }: Services): StandardInput {
  if (input === undefined) throw new InternalError(coreCode.CORE_UNEXPECTED, 'there is no standard input here');
  if (!input.terminal) return input;
  throw new InputError(networkBootCode.PXE_NO_CAPTURE, '--pcap - reads a capture that is piped in, and nothing is', {
    hint: 'tcpdump -U -i eth0 -w - | osdkit pxe doctor --pcap -',
  });
}

/** Until the input ends, the time is over, or somebody stops it: what came so far is explained then, which is no error. */
async function explainStream(
  wishes: CaptureWishes,
  input: StandardInput,
  { reader, taken }: Parts,
  context: OperationContext,
): Promise<Explanation> {
  const chunks = input.chunks()[Symbol.asyncIterator]();
  const stop = stopAfter(wishes.for, context.signal);
  let packets = 0;
  let last = { at: 0, came: performance.now() };
  const redraw = setInterval(() => context.progress({ phase: 'reading packets until Ctrl-C', done: packets }), REDRAW);
  try {
    for (;;) {
      const next = await stop.orStopped(chunks.next()).catch((error: unknown) => {
        throw toOsdkitError(error, 'reading standard input');
      });
      if (next === undefined || next.done === true) break;
      for (const packet of reader.push(next.value)) {
        taken.take(packet);
        packets = packet.number;
        last = { at: packet.at, came: performance.now() };
      }
    }
    const stopped = stop.asked();
    for (const packet of reader.end(stopped)) taken.take(packet);
    // What came no more counts, too.
    return taken.explained(last.at + performance.now() - last.came);
  } finally {
    clearInterval(redraw);
    stop.close();
    input.close();
  }
}

interface Stop {
  /** What `work` gives; undefined when no more is waited for. */
  orStopped<T>(work: Promise<T>): Promise<T | undefined>;
  /** Whether somebody wanted an end. */
  asked(): boolean;
  close(): void;
}

function stopAfter(seconds: number | undefined, signal: AbortSignal): Stop {
  const timers: NodeJS.Timeout[] = [];
  let asked = false;
  let over = false;
  let wake = (): void => undefined;
  const end = (): void => {
    over = true;
    wake();
  };
  const ask = (): void => {
    asked = true;
    timers.push(setTimeout(end, LAST_WORDS));
  };
  if (seconds !== undefined) timers.push(setTimeout(ask, seconds * 1000));
  if (signal.aborted) ask();
  else signal.addEventListener('abort', ask, { once: true });
  return {
    // No race with one promise for all: that would hold every chunk until the end.
    orStopped: (work) =>
      new Promise((resolve, reject) => {
        wake = () => resolve(undefined);
        if (over) wake();
        work.then(resolve, reject);
      }),
    asked: () => asked,
    close() {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', ask);
    },
  };
}
