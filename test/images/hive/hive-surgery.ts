/** Changing bytes of a hive from outside, with offsets of the facts and no help from images/hive. */

/** A copy with changes and a right checksum. */
export function patched(bytes: Uint8Array, change: (hive: Buffer) => void): Buffer {
  const hive = Buffer.from(bytes);
  change(hive);
  sign(hive);
  return hive;
}

/** Writes the checksum of the base block (boot-chain.md 8). */
export function sign(hive: Buffer): void {
  let sum = 0;
  for (let offset = 0; offset < 508; offset += 4) sum ^= hive.readInt32LE(offset);
  hive.writeInt32LE(sum === 0 ? 1 : sum === -1 ? -2 : sum, 508);
}

/** Where in the file the content of the `index`-th cell with this signature starts. */
export function findCell(hive: Buffer, signature: string, index = 0): number {
  let left = index;
  for (let at = 4096; at < hive.length; ) {
    if (at % 4096 === 0 && hive.toString('latin1', at, at + 4) === 'hbin') at += 0x20;
    const size = Math.abs(hive.readInt32LE(at));
    if (hive.toString('latin1', at + 4, at + 4 + signature.length) === signature && left-- === 0) return at + 4;
    at += size;
  }
  throw new Error(`no ${signature} number ${index}`);
}

/** Content of the first cell with this signature, in hex. */
export function cellText(hive: Buffer, signature: string): string {
  const start = findCell(hive, signature);
  return hive.toString('hex', start, start - 4 + Math.abs(hive.readInt32LE(start - 4)));
}
