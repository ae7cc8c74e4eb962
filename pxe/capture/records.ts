/** What a format gives to the reader of captures: one record or block after another, each where it begins. */
import type { CapturedPacket } from './packet.ts';

/** A record whose bytes are all there. */
export interface WholeRecord {
  /** Bytes of it. */
  readonly size: number;
  /** Undefined for what is no packet, or of a link that is not read. */
  readonly packet: CapturedPacket | undefined;
}

export interface CaptureFormat {
  /**
   * The record at the start of `bytes`, which is byte `at` of the capture; a number where more bytes are needed: so many. FormatError:
   * `CAPTURE_FORMAT`, `CAPTURE_DAMAGED`.
   */
  take(bytes: Uint8Array, at: number): WholeRecord | number;
  /** Throws FormatError (`CAPTURE_DAMAGED`): the capture ends `left` bytes behind `at`, where `needed` begin. */
  cut(at: number, needed: number, left: number): never;
}

/** Bytes of the largest record that is believed: packets of networks have at most 64 KiB, recorders keep at most 256 KiB of one. */
export const LARGEST_RECORD = 16 * 1024 * 1024;
