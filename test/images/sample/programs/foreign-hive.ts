/**
 * A hive without any key but its root, byte by byte from boot-chain 8: what `hivexregedit --merge` needs to start with.
 * Everything in the stores of these tests is then written by libhivex. Independent of images/hive on purpose.
 */

const BASE = 4096;

/** An empty hive of one bin. */
export function emptyHive(): Uint8Array {
  const hive = Buffer.alloc(2 * BASE);
  hive.write('regf', 0, 'latin1');
  hive.writeUInt32LE(1, 4);
  hive.writeUInt32LE(1, 8);
  hive.writeUInt32LE(1, 20);
  hive.writeUInt32LE(3, 24);
  hive.writeUInt32LE(1, 32);
  hive.writeUInt32LE(0x20, 36);
  hive.writeUInt32LE(BASE, 40);
  hive.writeUInt32LE(1, 44);
  hive.write('hbin', BASE, 'latin1');
  hive.writeUInt32LE(BASE, BASE + 8);

  const root = BASE + 0x20;
  const rootSize = 88;
  hive.writeInt32LE(-rootSize, root);
  hive.write('nk', root + 4, 'latin1');
  hive.writeUInt16LE(0x2c, root + 6);
  hive.writeUInt32LE(0xffffffff, root + 4 + 28);
  hive.writeUInt32LE(0xffffffff, root + 4 + 32);
  hive.writeUInt32LE(0xffffffff, root + 4 + 40);
  hive.writeUInt32LE(0x20 + rootSize, root + 4 + 44);
  hive.writeUInt32LE(0xffffffff, root + 4 + 48);
  hive.writeUInt16LE(4, root + 4 + 72);
  hive.write('root', root + 4 + 76, 'latin1');

  // sk with an empty self-relative security descriptor
  const security = root + rootSize;
  const securitySize = 48;
  hive.writeInt32LE(-securitySize, security);
  hive.write('sk', security + 4, 'latin1');
  hive.writeUInt32LE(0x20 + rootSize, security + 8);
  hive.writeUInt32LE(0x20 + rootSize, security + 12);
  hive.writeUInt32LE(1, security + 16);
  hive.writeUInt32LE(20, security + 20);
  hive.writeUInt16LE(1, security + 24);
  hive.writeUInt16LE(0x8000, security + 26);

  const free = security + securitySize;
  hive.writeInt32LE(2 * BASE - free, free);
  return sealHive(hive);
}

/** Writes the base block's checksum (XOR of its first 127 dwords) into a hive. */
export function sealHive(hive: Buffer): Buffer {
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum ^= hive.readInt32LE(at);
  hive.writeInt32LE(sum === 0 ? 1 : sum === -1 ? -2 : sum, 508);
  return hive;
}
