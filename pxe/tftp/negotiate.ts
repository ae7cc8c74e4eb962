/**
 * Options of a request against the limits: RFC 2347, 2348 (blksize), 2349 (timeout, tsize), 7440 (windowsize),
 * msftwindow of Microsoft's boot manager, rollover of tftpd-hpa. A bad value is as if the option were not there;
 * nothing is granted that was not asked for, and nothing larger: EDK2 ends the transfer otherwise (boot-standards 3.1).
 */
import type { Rollover } from './blocks.ts';
import { largestBlock, type TransferLimits } from './limits.ts';
import { DEFAULT_BLOCK_SIZE, MAX_BLOCK_SIZE, MIN_BLOCK_SIZE, type TftpOption } from './packet.ts';

export interface Agreement {
  /** Bytes. */
  readonly blockSize: number;
  /** Blocks. */
  readonly window: number;
  /** ACKs carry a fifth byte with the size of the next window. */
  readonly variableWindow: boolean;
  readonly rollover: Rollover;
  /** Whether the size was asked for: a client that ends the transfer now had only that in mind. */
  readonly sizeAsked: boolean;
  /** What the OACK says, in the order and spelling of the client; empty means that DATA 1 is the answer. */
  readonly granted: readonly TftpOption[];
}

/** Numbers that mean "can you" and "I can" (network facts, section 12). */
const MSFT_ASK = '31416';
const MSFT_GRANT = '27182';

/** A window is not made smaller than this for the sake of queues. */
const SMALLEST_SHARE = 4;

/** What holds for a transfer. `size` in bytes, `active` is how many transfers share the queues, this one included. */
export function negotiate(options: readonly TftpOption[], size: number, limits: TransferLimits, active = 1): Agreement {
  const first = firstOfEach(options);
  const blockSize = wanted(first, 'blksize', MIN_BLOCK_SIZE, MAX_BLOCK_SIZE);
  const agreedBlock = blockSize === null ? DEFAULT_BLOCK_SIZE : Math.min(blockSize, largestBlock(limits));
  const window = limits.maxWindow === 1 ? null : wanted(first, 'windowsize', 1, 65535);
  const agreedWindow = window === null ? 1 : Math.min(window, limits.maxWindow, share(limits, agreedBlock, active));
  const variableWindow = limits.variableWindow && window !== null && first.get('msftwindow') === MSFT_ASK;
  const rollover = wanted(first, 'rollover', 0, 1);
  const sizeAsked = wanted(first, 'tsize', 0, Number.MAX_SAFE_INTEGER) !== null;
  const seconds = wanted(first, 'timeout', 1, 255);

  const answers: ReadonlyMap<string, string | null> = new Map([
    ['blksize', blockSize === null ? null : String(agreedBlock)],
    ['windowsize', window === null ? null : String(agreedWindow)],
    ['msftwindow', variableWindow ? MSFT_GRANT : null],
    ['rollover', rollover === null ? null : String(rollover)],
    ['tsize', sizeAsked ? String(size) : null],
    ['timeout', seconds === null ? null : String(seconds)],
  ]);
  const granted: TftpOption[] = [];
  const seen = new Set<string>();
  for (const { name } of options) {
    const key = name.toLowerCase();
    const value = answers.get(key) ?? null;
    if (value !== null && !seen.has(key)) granted.push({ name, value });
    seen.add(key);
  }
  return {
    blockSize: agreedBlock,
    window: agreedWindow,
    variableWindow,
    rollover: rollover === null ? limits.rollover : rollover === 1 ? 1 : 0,
    sizeAsked,
    granted,
  };
}

/** Values by name in lower case; a name that comes again does not count. */
function firstOfEach(options: readonly TftpOption[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const { name, value } of options) {
    const key = name.toLowerCase();
    if (!first.has(key)) first.set(key, value);
  }
  return first;
}

function wanted(values: ReadonlyMap<string, string>, name: string, least: number, most: number): number | null {
  const text = values.get(name);
  if (text === undefined || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}

/** Blocks of one transfer that the queues on the way hold when all have the same. */
function share(limits: TransferLimits, blockSize: number, active: number): number {
  return Math.max(SMALLEST_SHARE, Math.floor(limits.queueBudget / (Math.max(1, active) * blockSize)));
}
