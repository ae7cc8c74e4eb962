/** A capture of either format. */
import { FormatError } from '../../src/core/index.ts';
import { captureCode } from './codes.ts';
import type { CapturedPacket } from './packet.ts';
import { isPcap, readPcap } from './pcap.ts';
import { isPcapng, readPcapng } from './pcapng.ts';

/** Packets of a pcap or pcapng file, one after another, as views. FormatError: `CAPTURE_FORMAT`, `CAPTURE_DAMAGED`. */
export function readCapture(file: Uint8Array): Generator<CapturedPacket> {
  if (isPcap(file)) return readPcap(file);
  if (isPcapng(file)) return readPcapng(file);
  throw new FormatError(captureCode.CAPTURE_FORMAT, 'the first bytes are neither those of pcap nor of pcapng');
}
