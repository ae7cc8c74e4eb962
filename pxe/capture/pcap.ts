/** Classic pcap files (draft-ietf-opsawg-pcap): a header of 24 bytes, then records of 16 bytes and the packet. */
import { viewOf } from '../../images/bytes/index.ts';
import { FormatError } from '../../src/core/index.ts';
import { captureCode } from './codes.ts';
import { asEthernet, READ_LINKS } from './link.ts';
import type { CapturedPacket } from './packet.ts';

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

/** The packets of a classic capture. FormatError: `CAPTURE_FORMAT`, `CAPTURE_DAMAGED`. */
export function* readPcap(file: Uint8Array): Generator<CapturedPacket> {
  const view = viewOf(file);
  const form = file.length < HEADER ? undefined : MAGICS.get(view.getUint32(0));
  if (form === undefined) {
    throw new FormatError(captureCode.CAPTURE_FORMAT, 'the first 24 bytes are not the header of a pcap file');
  }
  const { little, unit } = form;
  // The upper bits say how long a frame check sequence is.
  const link = view.getUint32(20, little) & 0xffff;
  if (!READ_LINKS.includes(link)) {
    throw new FormatError(
      captureCode.CAPTURE_FORMAT,
      `packets of link type ${link}; read are ${READ_LINKS.join(', ')}`,
      {
        details: { offset: 20, expected: READ_LINKS.join(', '), actual: link },
      },
    );
  }
  let number = 0;
  for (let at = HEADER; at < file.length; ) {
    number += 1;
    const left = file.length - at - RECORD;
    const length = left < 0 ? 0 : view.getUint32(at + 8, little);
    if (left < length) {
      throw new FormatError(
        captureCode.CAPTURE_DAMAGED,
        `packet ${number} at 0x${at.toString(16)}: needs ${RECORD + length} bytes, ${file.length - at} are left`,
        { details: { packet: number, offset: at, expected: RECORD + length, actual: file.length - at } },
      );
    }
    const time = BigInt(view.getUint32(at, little)) * NANOSECOND + BigInt(view.getUint32(at + 4, little)) * unit;
    const start = at + RECORD;
    const wireLength = view.getUint32(at + 12, little);
    const bytes = asEthernet(link, file.subarray(start, start + length));
    if (bytes !== undefined) yield { number, time, bytes, wireLength };
    at = start + length;
  }
}
