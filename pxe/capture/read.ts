/** A capture of either format, as it lies in memory. */
import type { CapturedPacket } from './packet.ts';
import { captureReader } from './reader.ts';

/** Packets of a pcap or pcapng file, one after another, as views. FormatError: `CAPTURE_FORMAT`, `CAPTURE_DAMAGED`. */
export function* readCapture(file: Uint8Array): Generator<CapturedPacket> {
  const reader = captureReader();
  yield* reader.push(file);
  reader.end();
}
