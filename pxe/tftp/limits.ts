/** What a transfer may use at most. */
import { InputError } from '../../src/core/index.ts';
import type { Rollover } from './blocks.ts';
import { tftpCode } from './codes.ts';
import { MAX_BLOCK_SIZE, MIN_BLOCK_SIZE } from './packet.ts';

export interface TransferLimits {
  /** Largest IP packet of the way to the client, bytes. */
  readonly mtu: number;
  /** Whether blocks may be larger than one IP packet: most ROMs cannot put fragments together. */
  readonly fragments: boolean;
  /** Bytes. */
  readonly maxBlockSize: number;
  /** Blocks; 1 means that `windowsize` is not granted. */
  readonly maxWindow: number;
  /** Whether `msftwindow` is granted: the client then chooses windows up to 255 blocks, whatever `maxWindow` says. */
  readonly variableWindow: boolean;
  /** Bytes that queues of switches are assumed to hold for all transfers together (network facts, section 7). */
  readonly queueBudget: number;
  /** What follows block 65535 when the client does not say. */
  readonly rollover: Rollover;
}

export const defaultLimits: TransferLimits = {
  mtu: 1500,
  fragments: false,
  maxBlockSize: MAX_BLOCK_SIZE,
  maxWindow: 64,
  variableWindow: true,
  queueBudget: 4 * 1024 * 1024,
  rollover: 0,
};

/** IP header without options, UDP header, opcode and block number. */
const PACKET_OVERHEAD = 20 + 8 + 4;

/** The largest block that the limits allow, bytes. */
export function largestBlock(limits: TransferLimits): number {
  const inOnePacket = limits.fragments ? MAX_BLOCK_SIZE : limits.mtu - PACKET_OVERHEAD;
  return Math.min(MAX_BLOCK_SIZE, limits.maxBlockSize, inOnePacket);
}

/** Throws InputError (`TFTP_LIMITS`) naming the value that is out of range and the range. */
export function checkLimits(limits: TransferLimits): void {
  // RFC 791: every host takes 576 bytes.
  checkNumber('mtu', limits.mtu, 576, 65535);
  checkNumber('maxBlockSize', limits.maxBlockSize, MIN_BLOCK_SIZE, MAX_BLOCK_SIZE);
  // A window must be told from the one before it by 16 bits.
  checkNumber('maxWindow', limits.maxWindow, 1, 0x7fff);
  checkNumber('queueBudget', limits.queueBudget, 1, Number.MAX_SAFE_INTEGER);
}

/** Throws InputError (`TFTP_LIMITS`) for a value that is no whole number from `least` to `most`. */
export function checkNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new InputError(
    tftpCode.TFTP_LIMITS,
    `tftp.${name} is ${value}, expected a whole number from ${least} to ${most}`,
    {
      details: { setting: name, value, least, most },
    },
  );
}
