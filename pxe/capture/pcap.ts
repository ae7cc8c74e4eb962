/** Classic pcap files (draft-ietf-opsawg-pcap): a header of 24 bytes, then records of 16 bytes and the packet. */
import { viewOf } from '../../images/bytes/index.ts';
import { FormatError } from '../../src/core/index.ts';
import { captureCode } from './codes.ts';
import { asEthernet, READ_LINKS } from './link.ts';
import { type CaptureFormat, LARGEST_RECORD } from './records.ts';

const HEADER = 24;
const RECORD = 16;
const NANOSECOND = 1_000_000_000n;

/** First four bytes, as they lie in the file: byte order and unit of the fraction of a second in nanoseconds. */
const MAGICS: ReadonlyMap<number, { readonly little: boolean; readonly unit: bigint }> = new Map([
  [0xa1b2c3d4, { little: false, unit: 1000n }],
  [0xd4c3b2a1, { little: true, unit: 1000n }],
  [0xa1b23c4d, { little: false, unit: 1n }],
  [0x4d3cb2a1, { little: true, unit: 1n }],
]);

export function isPcap(file: Uint8Array): boolean {
  return file.length >= 4 && MAGICS.has(viewOf(file).getUint32(0));
}

interface Header {
  readonly little: boolean;
  readonly unit: bigint;
  readonly link: number;
}

/** The records of a classic capture, its header first. */
export function pcapFormat(): CaptureFormat {
  let header: Header | undefined;
  let number = 0;
  return {
    take(bytes, at) {
      if (header === undefined) {
        if (bytes.length < HEADER) return HEADER;
        header = readHeader(viewOf(bytes));
        return { size: HEADER, packet: undefined };
      }
      if (bytes.length < RECORD) return RECORD;
      const { little, unit, link } = header;
      const view = viewOf(bytes);
      const length = view.getUint32(8, little);
      const size = RECORD + length;
      if (size > LARGEST_RECORD) damaged(number + 1, at, `says that it has ${length} bytes, which no packet has`);
      if (bytes.length < size) return size;
      number += 1;
      const time = BigInt(view.getUint32(0, little)) * NANOSECOND + BigInt(view.getUint32(4, little)) * unit;
      const frame = asEthernet(link, bytes.subarray(RECORD, size));
      const wireLength = view.getUint32(12, little);
      return { size, packet: frame && { number, time, bytes: frame, wireLength } };
    },
    cut(at, needed, left) {
      if (header !== undefined) damaged(number + 1, at, `needs ${needed} bytes, ${left} are left`);
      throw new FormatError(captureCode.CAPTURE_FORMAT, 'the first 24 bytes are not the header of a pcap file');
    },
  };
}

function readHeader(view: DataView): Header {
  const form = MAGICS.get(view.getUint32(0));
  if (form === undefined) throw new FormatError(captureCode.CAPTURE_FORMAT, 'the first bytes are not those of pcap');
  // The upper bits say how long a frame check sequence is.
  const link = view.getUint32(20, form.little) & 0xffff;
  if (READ_LINKS.includes(link)) return { ...form, link };
  throw new FormatError(captureCode.CAPTURE_FORMAT, `packets of link type ${link}; read are ${READ_LINKS.join(', ')}`, {
    details: { offset: 20, expected: READ_LINKS.join(', '), actual: link },
  });
}

function damaged(packet: number, at: number, what: string): never {
  throw new FormatError(captureCode.CAPTURE_DAMAGED, `packet ${packet} at 0x${at.toString(16)}: ${what}`, {
    details: { packet, offset: at },
  });
}
