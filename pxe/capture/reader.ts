/** A capture read as it comes, from a file or from a program that still records: packets as soon as they are whole. */
import { FormatError } from '../../src/core/index.ts';
import { captureCode } from './codes.ts';
import type { CapturedPacket } from './packet.ts';
import { isPcap, pcapFormat } from './pcap.ts';
import { isPcapng, pcapngFormat } from './pcapng.ts';
import type { CaptureFormat } from './records.ts';

export interface CaptureReader {
  /** The packets that `bytes` complete, as views of them. FormatError: `CAPTURE_FORMAT`, `CAPTURE_DAMAGED`; then the capture is over. */
  push(bytes: Uint8Array): Generator<CapturedPacket>;
  /** Nothing more comes. FormatError when the capture ends inside a packet, or never began. */
  end(): void;
}

const MAGIC = 4;

/** Keeps no more than the record that is not whole yet. */
export function captureReader(): CaptureReader {
  const waiting = waitingBytes();
  let format: CaptureFormat | undefined;
  let at = 0;
  let needed = MAGIC;
  return {
    *push(bytes) {
      const all = waiting.add(bytes, needed);
      if (all === undefined) return;
      format ??= formatOf(all);
      let from = 0;
      while (from < all.length) {
        const record = format.take(from === 0 ? all : all.subarray(from), at);
        if (typeof record === 'number') {
          needed = record;
          break;
        }
        from += record.size;
        at += record.size;
        needed = 1;
        if (record.packet !== undefined) yield record.packet;
      }
      waiting.keep(all.subarray(from));
    },
    end() {
      const left = waiting.size();
      if (format === undefined) {
        if (left > 0) throw noCapture(`it has ${left} bytes, which is no capture`);
        throw noCapture(
          'it is empty',
          'The recorder wrote nothing; it says why itself: no rights, or no such interface.',
        );
      }
      if (left > 0) format.cut(at, needed, left);
    },
  };
}

function formatOf(bytes: Uint8Array): CaptureFormat {
  if (isPcap(bytes)) return pcapFormat();
  if (isPcapng(bytes)) return pcapngFormat();
  throw noCapture('the first bytes are neither those of pcap nor of pcapng');
}

function noCapture(
  why: string,
  hint = 'Give a pcap or pcapng file, as tcpdump, dumpcap and Wireshark write it.',
): FormatError {
  return new FormatError(captureCode.CAPTURE_FORMAT, why, { hint });
}

/** Bytes of a record that is not whole: put together once it can be. */
function waitingBytes() {
  let parts: Uint8Array[] = [];
  let size = 0;
  return {
    size: () => size,
    /** All that waits, in one piece; undefined below `needed` bytes. */
    add(bytes: Uint8Array, needed: number): Uint8Array | undefined {
      parts.push(bytes);
      size += bytes.length;
      if (size < needed) return undefined;
      const [only] = parts;
      if (parts.length === 1) return only;
      const all = new Uint8Array(size);
      let from = 0;
      for (const part of parts) {
        all.set(part, from);
        from += part.length;
      }
      return all;
    },
    keep(rest: Uint8Array): void {
      // A copy: the buffer that it lies in may be as large as a file.
      parts = rest.length === 0 ? [] : [rest.slice()];
      size = rest.length;
    },
  };
}
