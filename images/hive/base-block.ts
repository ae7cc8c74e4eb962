/** The base block: reading, judging, checksum. */
import { FormatError, IntegrityError, UnsupportedFeatureError } from '../../src/core/index.ts';
import { viewOf } from '../bytes/index.ts';
import { hiveCode } from './codes.ts';
import { baseBlock, baseBlockSize, binUnit, type BaseBlock } from './layout.ts';

/** XOR of the 127 dwords before the checksum; 0 and 0xffffffff are never used (boot-chain.md 8). */
export function baseBlockChecksum(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  let sum = 0;
  for (let offset = 0; offset < 508; offset += 4) sum ^= view.getUint32(offset, true);
  sum >>>= 0;
  if (sum === 0) return 1;
  return sum === 0xffffffff ? 0xfffffffe : sum;
}

/** Decodes the base block and refuses what is no hive, what is cut off, and versions nobody has seen for decades. */
export function readBaseBlock(bytes: Uint8Array): BaseBlock {
  if (bytes.length < baseBlockSize) {
    const hive = bytes.length >= 4 && String.fromCharCode(...bytes.subarray(0, 4)) === 'regf';
    throw new FormatError(
      hive ? hiveCode.HIVE_TRUNCATED : hiveCode.HIVE_NOT_A_HIVE,
      `hive base block at 0x0: needs ${baseBlockSize} bytes, only ${bytes.length} are there`,
      { details: { structure: baseBlock.name, offset: 0, expected: baseBlockSize, actual: bytes.length } },
    );
  }
  const block = baseBlock.decode(bytes);
  if (block.signature !== 'regf') {
    throw new FormatError(
      hiveCode.HIVE_NOT_A_HIVE,
      `hive base block at 0x0: starts with ${JSON.stringify(block.signature)}, must be "regf". This is not a registry hive.`,
      { details: { structure: baseBlock.name, offset: 0, expected: 'regf', actual: block.signature } },
    );
  }
  if (block.majorVersion !== 1 || block.minorVersion < 3 || block.minorVersion > 6 || block.fileType !== 0) {
    const actual = `${block.majorVersion}.${block.minorVersion}, file type ${block.fileType}`;
    throw new UnsupportedFeatureError(
      hiveCode.HIVE_VERSION,
      `hive base block at 0x14: version ${actual}; versions 1.3 to 1.6 of file type 0 are read`,
      { details: { structure: baseBlock.name, offset: 0x14, expected: '1.3 to 1.6, file type 0', actual } },
    );
  }
  const there = bytes.length - baseBlockSize;
  if (block.binsSize === 0 || block.binsSize % binUnit !== 0 || block.binsSize > there) {
    throw new FormatError(
      hiveCode.HIVE_TRUNCATED,
      `hive base block at 0x28: announces ${block.binsSize} bytes of data (multiples of ${binUnit}), ${there} follow`,
      { details: { structure: baseBlock.name, offset: 0x28, expected: block.binsSize, actual: there } },
    );
  }
  return block;
}

/** The judge of the checksum: null when right. */
export function checksumProblem(bytes: Uint8Array, block: BaseBlock): IntegrityError | null {
  const expected = baseBlockChecksum(bytes);
  if (expected === block.checksum) return null;
  return new IntegrityError(
    hiveCode.HIVE_CHECKSUM,
    `hive base block at 0x1fc: checksum is 0x${block.checksum.toString(16)}, must be 0x${expected.toString(16)}`,
    { details: { structure: baseBlock.name, offset: 0x1fc, expected, actual: block.checksum } },
  );
}
