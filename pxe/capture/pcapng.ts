/**
 * pcapng files (draft-ietf-opsawg-pcapng): blocks of type, length, body and length again. Sections and interfaces give byte order,
 * link type and resolution of time; packets are in enhanced (6) and simple (3) blocks; others are skipped.
 */
import { viewOf } from '../../images/bytes/index.ts';
import { FormatError } from '../../src/core/index.ts';
import { captureCode } from './codes.ts';
import { asEthernet } from './link.ts';
import type { CapturedPacket } from './packet.ts';
import { type CaptureFormat, LARGEST_RECORD } from './records.ts';

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const SIMPLE = 3;
const ENHANCED = 6;
const ORDER_MAGIC = 0x1a2b3c4d;
const TIME_RESOLUTION = 9;

interface Interface {
  readonly link: number;
  readonly snapLength: number;
  /** Nanoseconds of a count of ticks. */
  toNanoseconds(ticks: bigint): bigint;
}

export function isPcapng(file: Uint8Array): boolean {
  return file.length >= 4 && viewOf(file).getUint32(0) === SECTION;
}

const LEAST_BLOCK = 12;

/** The blocks of a pcapng capture; packets of link types that are not read are left out. */
export function pcapngFormat(): CaptureFormat {
  let little = false;
  let interfaces: Interface[] = [];
  let number = 0;
  return {
    take(bytes, at) {
      if (bytes.length < LEAST_BLOCK) return LEAST_BLOCK;
      const view = viewOf(bytes);
      if (view.getUint32(0) === SECTION) {
        little = view.getUint32(8, true) === ORDER_MAGIC;
        if (!little && view.getUint32(8) !== ORDER_MAGIC) {
          throw new FormatError(captureCode.CAPTURE_FORMAT, `the section at 0x${at.toString(16)} has no byte order`);
        }
        interfaces = [];
      }
      const type = view.getUint32(0, little);
      const size = view.getUint32(4, little);
      if (size < LEAST_BLOCK || size % 4 !== 0 || size > LARGEST_RECORD) {
        throw new FormatError(
          captureCode.CAPTURE_DAMAGED,
          `the block at 0x${at.toString(16)} says that it has ${size} bytes, which no block has`,
          { details: { offset: at, actual: size } },
        );
      }
      if (bytes.length < size) return size;
      const body = bytes.subarray(8, size - 4);
      if (type === INTERFACE) interfaces.push(readInterface(body, little, at));
      if (type !== ENHANCED && type !== SIMPLE) return { size, packet: undefined };
      number += 1;
      const read = type === ENHANCED ? enhanced : simple;
      const packet = read(body, little, interfaces, at);
      return { size, packet: packet && { number, ...packet } };
    },
    cut: damaged,
  };
}

type Found = Omit<CapturedPacket, 'number'> | undefined;

function enhanced(body: Uint8Array, little: boolean, interfaces: readonly Interface[], at: number): Found {
  if (body.length < 20) damaged(at, 32, body.length + 12);
  const view = viewOf(body);
  const source = interfaces[view.getUint32(0, little)];
  if (source === undefined) {
    throw new FormatError(
      captureCode.CAPTURE_DAMAGED,
      `the packet at 0x${at.toString(16)} is of an interface never declared`,
    );
  }
  const length = view.getUint32(12, little);
  if (length > body.length - 20) damaged(at, length + 32, body.length + 12);
  const bytes = asEthernet(source.link, body.subarray(20, 20 + length));
  if (bytes === undefined) return undefined;
  const ticks = (BigInt(view.getUint32(4, little)) << 32n) | BigInt(view.getUint32(8, little));
  return { time: source.toNanoseconds(ticks), bytes, wireLength: view.getUint32(16, little) };
}

function simple(body: Uint8Array, little: boolean, interfaces: readonly Interface[], at: number): Found {
  const source = interfaces[0];
  if (body.length < 4 || source === undefined) damaged(at, 16, body.length + 12);
  const wireLength = viewOf(body).getUint32(0, little);
  const length = Math.min(wireLength, source.snapLength === 0 ? wireLength : source.snapLength);
  if (length > body.length - 4) damaged(at, length + 16, body.length + 12);
  const bytes = asEthernet(source.link, body.subarray(4, 4 + length));
  return bytes === undefined ? undefined : { time: 0n, bytes, wireLength };
}

/** Link type, snap length, then options: code and length of 2 bytes, padded to 4. */
function readInterface(body: Uint8Array, little: boolean, at: number): Interface {
  if (body.length < 8) damaged(at, 20, body.length + 12);
  const view = viewOf(body);
  let resolution = 6;
  for (let place = 8; place + 4 <= body.length; ) {
    const code = view.getUint16(place, little);
    const length = view.getUint16(place + 2, little);
    if (code === 0) break;
    if (code === TIME_RESOLUTION && length === 1) resolution = body[place + 4] ?? resolution;
    place += 4 + Math.ceil(length / 4) * 4;
  }
  // Bit 7: a power of 2, else of 10.
  const perSecond = (resolution & 0x80 ? 2n : 10n) ** BigInt(resolution & 0x7f);
  return {
    link: view.getUint16(0, little),
    snapLength: view.getUint32(4, little),
    toNanoseconds: (ticks) => (ticks * 1_000_000_000n) / perSecond,
  };
}

function damaged(at: number, expected: number, actual: number): never {
  throw new FormatError(
    captureCode.CAPTURE_DAMAGED,
    `the block at 0x${at.toString(16)} needs ${expected} bytes in steps of 4, ${actual} are left`,
    { details: { offset: at, expected, actual } },
  );
}
