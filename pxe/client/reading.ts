/**
 * One file read by TFTP as a reducer: (state, event) -> (state, effects). Times in milliseconds of any clock. RFC 1350, 2347 to 2349, 7440;
 * habits of clients: boot-standards 3.1 and 3.2, boot-chain 4 and 6.
 */
import {
  DEFAULT_BLOCK_SIZE,
  type TftpOption,
  type TftpPacket,
  wireError,
  wireNumber,
  writePacket,
} from '../tftp/index.ts';

/**
 * - `edk2`: an ACK for each block out of order; its size probe ends with ERROR 8
 * - `rom`: BIOS ROM and iPXE, a block at a time
 * - `bootManager`: silent until a window is whole, whatever is lost; its size probe ends with ERROR 0
 * - `rfc`: RFC 7440 to the letter: one ACK for a gap
 */
export type ReaderStyle = 'edk2' | 'rom' | 'bootManager' | 'rfc';

export interface ReadRequest {
  readonly name: string;
  readonly options: readonly TftpOption[];
  readonly style: ReaderStyle;
  /** Only the size is wanted. */
  readonly probe: boolean;
  /** Bytes that are taken at most. */
  readonly limit: number;
  /** Factor of all waiting times. */
  readonly scale: number;
}

export type ReadOutcome =
  | { readonly kind: 'complete'; readonly size: number }
  /** The size is known, the file was not wanted. */
  | { readonly kind: 'probed'; readonly size: number }
  /** The server sent an error. */
  | { readonly kind: 'refused'; readonly code: number; readonly message: string }
  /** Nothing came, or nothing more. */
  | { readonly kind: 'silent'; readonly received: number }
  /** The server does what this client cannot take. */
  | { readonly kind: 'broken'; readonly text: string };

export type ReadEvent =
  | { readonly kind: 'start'; readonly at: number }
  | { readonly kind: 'packet'; readonly packet: TftpPacket; readonly at: number }
  | { readonly kind: 'tick'; readonly at: number };

export type ReadEffect =
  /** To the port for requests. */
  | { readonly kind: 'request'; readonly bytes: Uint8Array }
  /** To the port that the server answered from. */
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  | { readonly kind: 'data'; readonly payload: Uint8Array }
  | { readonly kind: 'end'; readonly outcome: ReadOutcome };

export interface ReadState {
  readonly begun: boolean;
  readonly done: boolean;
  readonly blockSize: number;
  readonly window: number;
  /** ACKs have a fifth byte. */
  readonly variable: boolean;
  /** What the server says the size is. */
  readonly size: number | null;
  /** Last block in order, counted in full. */
  readonly block: number;
  readonly sinceAck: number;
  /** A gap was told of. */
  readonly complained: boolean;
  readonly received: number;
  readonly attempt: number;
  readonly deadline: number;
}

export interface ReadStep {
  readonly state: ReadState;
  readonly effects: readonly ReadEffect[];
}

export const newReading: ReadState = {
  begun: false,
  done: false,
  blockSize: DEFAULT_BLOCK_SIZE,
  window: 1,
  variable: false,
  size: null,
  block: 0,
  sinceAck: 0,
  complained: false,
  received: 0,
  attempt: 0,
  deadline: 0,
};

/** Milliseconds without a packet, and how often that is borne. */
const PATIENCE: Readonly<Record<ReaderStyle, { readonly wait: number; readonly times: number }>> = {
  edk2: { wait: 4000, times: 6 },
  rom: { wait: 2000, times: 6 },
  // Its own time is not known; nothing is sent by it within 3 s (boot-chain 6).
  bootManager: { wait: 4000, times: 6 },
  rfc: { wait: 1000, times: 10 },
};
/** Largest window that a boot manager was seen to grow to is not known; this stays far below the 255 of the field. */
const LARGEST_GROWTH = 32;
const NO_EFFECTS: readonly ReadEffect[] = [];

/** One step. After the end it goes on to acknowledge the last block, whose ACK may be lost. Throws nothing. */
export function read(state: ReadState, event: ReadEvent, request: ReadRequest): ReadStep {
  if (event.kind === 'start') return begin(state, event.at, request);
  if (event.kind === 'tick')
    return state.done || event.at < state.deadline ? { state, effects: NO_EFFECTS } : late(state, event.at, request);
  const { packet, at } = event;
  if (packet.kind === 'data') return onData(state, packet.block, packet.payload, at, request);
  if (state.done) return { state, effects: NO_EFFECTS };
  if (packet.kind === 'error') {
    return finish(state, [], { kind: 'refused', code: packet.code, message: packet.message });
  }
  return packet.kind === 'oack' ? onOack(state, packet.options, at, request) : { state, effects: NO_EFFECTS };
}

function begin(state: ReadState, at: number, request: ReadRequest): ReadStep {
  const bytes = writePacket({ kind: 'read', name: request.name, mode: 'octet', options: request.options });
  return { state: { ...state, deadline: deadline(at, request) }, effects: [{ kind: 'request', bytes }] };
}

const deadline = (at: number, { style, scale }: ReadRequest): number => at + PATIENCE[style].wait * scale;

function onOack(state: ReadState, granted: readonly TftpOption[], at: number, request: ReadRequest): ReadStep {
  // A repeated OACK says that our ACK of it was lost; once blocks came it is an old one.
  if (state.begun) return state.block > 0 ? { state, effects: NO_EFFECTS } : acknowledge(state, at, request, []);
  const wrong = unfit(granted, request.options);
  if (wrong !== null) return abort(state, wireError.illegalOperation, wrong, { kind: 'broken', text: wrong });
  const value = (name: string): number | null => numberOf(granted, name);
  const size = value('tsize');
  if (request.probe) {
    if (size === null) return noSize(state);
    const [code, text] =
      request.style === 'edk2'
        ? [wireError.optionsRefused, 'User aborted the transfer']
        : [wireError.undefined, 'TFTP Aborted'];
    return abort(state, code, text, { kind: 'probed', size });
  }
  if (size !== null && size > request.limit) return tooLarge(state, size, request);
  const begun: ReadState = {
    ...state,
    begun: true,
    size,
    blockSize: value('blksize') ?? DEFAULT_BLOCK_SIZE,
    window: value('windowsize') ?? 1,
    variable: value('msftwindow') !== null,
  };
  return acknowledge(begun, at, request, []);
}

/** EDK2 ends a transfer whose OACK has what it did not ask for, or more of it (boot-standards 3.1). */
function unfit(granted: readonly TftpOption[], asked: readonly TftpOption[]): string | null {
  for (const { name, value } of granted) {
    const own = asked.find((option) => option.name.toLowerCase() === name.toLowerCase());
    if (own === undefined) return `the server grants ${name}, which was not asked for`;
    const limited = ['blksize', 'windowsize'].includes(name.toLowerCase());
    if (limited && !(Number(value) >= 1 && Number(value) <= Number(own.value))) {
      return `the server grants ${name} ${value}, asked for was ${own.value}`;
    }
  }
  return null;
}

function numberOf(options: readonly TftpOption[], wanted: string): number | null {
  const text = options.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function onData(state: ReadState, wire: number, payload: Uint8Array, at: number, request: ReadRequest): ReadStep {
  if (request.probe) return state.done ? { state, effects: NO_EFFECTS } : noSize(state);
  if (wire !== wireNumber(state.block + 1, 0) || state.done) return outOfOrder(state, wire, at, request);
  const received = state.received + payload.length;
  if (received > request.limit) return tooLarge(state, received, request);
  const taken: ReadState = {
    ...state,
    begun: true,
    block: state.block + 1,
    sinceAck: state.sinceAck + 1,
    complained: false,
    received,
    attempt: 0,
    deadline: deadline(at, request),
  };
  const data: ReadEffect = { kind: 'data', payload };
  if (payload.length > state.blockSize) {
    const text = `a block of ${payload.length} bytes, agreed were ${state.blockSize}`;
    return abort(taken, wireError.illegalOperation, text, { kind: 'broken', text });
  }
  if (payload.length < state.blockSize) {
    if (state.size !== null && state.size !== received) {
      const text = `the file ended after ${received} bytes, announced were ${state.size}`;
      return finish(taken, [data, { kind: 'send', bytes: ackOf(taken) }], { kind: 'broken', text });
    }
    return finish({ ...taken, sinceAck: 0 }, [data, { kind: 'send', bytes: ackOf(taken) }], {
      kind: 'complete',
      size: received,
    });
  }
  return taken.sinceAck >= state.window ? acknowledge(taken, at, request, [data]) : { state: taken, effects: [data] };
}

function outOfOrder(state: ReadState, wire: number, at: number, request: ReadRequest): ReadStep {
  const last = wireNumber(state.block, 0);
  // The end of a window that was acknowledged comes again: that ACK was lost.
  if (wire === last && (state.sinceAck === 0 || state.done)) return acknowledge(state, at, request, []);
  if (state.done || request.style === 'bootManager') return { state, effects: NO_EFFECTS };
  const old = ((wire - last) & 0xffff) > 0x7fff;
  if (request.style !== 'edk2' && (old || state.complained)) return { state, effects: NO_EFFECTS };
  return acknowledge({ ...state, complained: true }, at, request, []);
}

function acknowledge(state: ReadState, at: number, request: ReadRequest, before: readonly ReadEffect[]): ReadStep {
  const grown = state.variable && state.window < LARGEST_GROWTH ? { ...state, window: state.window + 1 } : state;
  const next = { ...grown, sinceAck: 0, deadline: deadline(at, request) };
  return { state: next, effects: [...before, { kind: 'send', bytes: ackOf(next) }] };
}

const ackOf = ({ block, variable, window }: ReadState): Uint8Array =>
  writePacket({ kind: 'ack', block: wireNumber(block, 0), window: variable ? window : null });

function late(state: ReadState, at: number, request: ReadRequest): ReadStep {
  const attempt = state.attempt + 1;
  if (attempt >= PATIENCE[request.style].times) return finish(state, [], { kind: 'silent', received: state.received });
  if (!state.begun) return begin({ ...state, attempt }, at, request);
  return acknowledge({ ...state, attempt }, at, request, []);
}

function noSize(state: ReadState): ReadStep {
  const text = 'the server does not tell the size (tsize), without which this firmware loads nothing';
  return abort(state, wireError.illegalOperation, 'tsize expected', { kind: 'broken', text });
}

function tooLarge(state: ReadState, size: number, { limit }: ReadRequest): ReadStep {
  const text = `the file has at least ${size} bytes, the limit is ${limit}`;
  return abort(state, wireError.undefined, 'too large', { kind: 'broken', text });
}

function abort(state: ReadState, code: number, message: string, outcome: ReadOutcome): ReadStep {
  return finish(state, [{ kind: 'send', bytes: writePacket({ kind: 'error', code, message }) }], outcome);
}

function finish(state: ReadState, before: readonly ReadEffect[], outcome: ReadOutcome): ReadStep {
  return { state: { ...state, done: true, deadline: Infinity }, effects: [...before, { kind: 'end', outcome }] };
}
