/** MBR and GPT: exact bytes, what comes back, what is refused, what is found wrong. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import { crc32, memorySource, overlaySource, viewOf, zeroSource } from '../../../images/bytes/index.ts';
import {
  gptLastUsable,
  partitionType,
  readPartitionTable,
  writeGpt,
  writeMbr,
  type GptPartition,
  type MbrPartition,
} from '../../../images/partition/index.ts';
import type { Piece } from '../../../images/tree/index.ts';
import { DISK_GUID, gptPartition, mediumSource, stick } from './media.ts';

const SECTORS = 200_000;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const mbr = (...partitions: MbrPartition[]) => writeMbr({ diskSignature: 0x1122_3344, partitions });
const gpt = (...partitions: GptPartition[]) => writeGpt({ diskGuid: DISK_GUID, sectors: SECTORS, partitions });
const codes = async (pieces: readonly Piece[], sectors = SECTORS) =>
  (await readPartitionTable(mediumSource(sectors, pieces))).problems.map(({ code }) => code);

describe('MBR', () => {
  test('is what boot-chain 5.4 shows', () => {
    const { offset, bytes } = writeMbr({
      bootCode: Uint8Array.of(1, 2, 3),
      diskSignature: 0x1122_3344,
      partitions: [stick(100_000)],
    });
    expect(offset).toBe(0);
    expect(hex(bytes.subarray(0, 440))).toBe(`010203${'00'.repeat(437)}`);
    expect(hex(bytes.subarray(440, 446))).toBe('443322110000');
    expect(hex(bytes.subarray(446, 462))).toBe('80feffff0cfeffff00080000a0860100');
    expect(hex(bytes.subarray(462))).toBe(`${'00'.repeat(48)}55aa`);
  });

  test('comes back', async () => {
    const partitions = [stick(1000), { active: false, type: 0x07, firstSector: 10_000, sectors: 5000 }];
    expect(await readPartitionTable(mediumSource(SECTORS, [mbr(...partitions)]))).toEqual({
      kind: 'mbr',
      diskSignature: 0x1122_3344,
      partitions,
      problems: [],
    });
  });

  test.each([
    [
      'five partitions',
      () => mbr(...Array.from({ length: 5 }, (_, i) => ({ ...stick(10), active: false, firstSector: 100 + 10 * i }))),
      'PARTITION_ENTRY',
    ],
    ['two active ones', () => mbr(stick(10), { ...stick(10), firstSector: 9000 }), 'PARTITION_ENTRY'],
    ['an overlap', () => mbr(stick(10), { ...stick(10), active: false, firstSector: 2057 }), 'PARTITION_ENTRY'],
    ['a start at 0', () => mbr({ ...stick(10), firstSector: 0 }), 'PARTITION_ENTRY'],
    ['an end beyond 2 TiB', () => mbr(stick(0xffff_ffff)), 'PARTITION_ENTRY'],
    ['type 0', () => mbr({ ...stick(10), type: 0 }), 'PARTITION_ENTRY'],
    ['a GPT entry', () => mbr({ ...stick(10), type: 0xee }), 'PARTITION_HYBRID_MBR'],
    [
      '441 bytes of code',
      () => writeMbr({ bootCode: new Uint8Array(441), diskSignature: 1, partitions: [] }),
      'PARTITION_BOOT_CODE',
    ],
    ['a signature of 33 bits', () => writeMbr({ diskSignature: 2 ** 32, partitions: [] }), 'PARTITION_ENTRY'],
  ])('refuses %s', (_, make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });
});

describe('GPT', () => {
  const pieces = gpt(gptPartition(1, 2048, 100_000));

  test('has a protective MBR with one entry, not active, and both tables with right checksums', () => {
    expect(pieces.map(({ offset }) => offset / 512)).toEqual([0, 1, 2, SECTORS - 33, SECTORS - 1]);
    const [protective, primary, entries, backupEntries, backup] = pieces.map(({ bytes }) => bytes);
    if (!protective || !primary || !entries || !backupEntries || !backup) throw new Error('pieces are missing');
    expect(hex(protective.subarray(440))).toBe(`00000000000000000200eeffffff010000003f0d0300${'00'.repeat(48)}55aa`);
    for (const [header, me, other, table] of [
      [primary, 1, SECTORS - 1, 2],
      [backup, SECTORS - 1, 1, SECTORS - 33],
    ] as const) {
      const view = viewOf(header);
      expect(Buffer.from(header.subarray(0, 8)).toString()).toBe('EFI PART');
      expect([24, 32, 40, 48, 72].map((at) => Number(view.getBigUint64(at, true)))).toEqual([
        me,
        other,
        34,
        SECTORS - 34,
        table,
      ]);
      expect([8, 12, 80, 84].map((at) => view.getUint32(at, true))).toEqual([0x10000, 92, 128, 128]);
      const zeroed = header.slice(0, 92);
      zeroed.fill(0, 16, 20);
      expect(view.getUint32(16, true)).toBe(crc32(zeroed));
      expect(view.getUint32(88, true)).toBe(crc32(entries));
    }
    expect(entries).toHaveLength(16_384);
    expect(backupEntries).toEqual(entries);
    expect(hex(entries.subarray(0, 16))).toBe('a2a0d0ebe5b9334487c068b6b72699c7');
  });

  test('comes back', async () => {
    const partition = { ...gptPartition(7, 40, 5, 'Größe 日本'), attributes: (1n << 60n) | 4n };
    expect(
      await readPartitionTable(mediumSource(SECTORS, gpt(partition, gptPartition(8, 100, 1, 'x'.repeat(36))))),
    ).toEqual({
      kind: 'gpt',
      diskGuid: DISK_GUID,
      firstUsable: 34,
      lastUsable: gptLastUsable(SECTORS),
      from: 'primary',
      partitions: [partition, gptPartition(8, 100, 1, 'x'.repeat(36))],
      problems: [],
    });
  });

  test('any partitions come back', async () => {
    const guid = fc.uuid();
    const stretch = fc.record({
      gap: fc.nat(50),
      sectors: fc.integer({ min: 1, max: 500 }),
      id: guid,
      name: fc.string({ maxLength: 36 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(stretch, { maxLength: 128, selector: ({ id }) => id }), async (stretches) => {
        let next = 34;
        const partitions = stretches.map(({ gap, sectors, id, name }): GptPartition => {
          const firstSector = next + gap;
          next = firstSector + sectors;
          const clean = name.replaceAll('\0', ' ');
          return { type: partitionType.efiSystem, id, firstSector, sectors, name: clean, attributes: 0n };
        });
        const table = await readPartitionTable(mediumSource(SECTORS, gpt(...partitions)));
        expect(table).toMatchObject({ kind: 'gpt', partitions, problems: [] });
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test.each([
    ['a partition over the primary table', () => gpt(gptPartition(1, 33, 10))],
    ['a partition over the backup', () => gpt(gptPartition(1, SECTORS - 34, 2))],
    ['an overlap', () => gpt(gptPartition(1, 100, 10), gptPartition(2, 109, 10))],
    ['a GUID twice', () => gpt(gptPartition(1, 100, 10), gptPartition(1, 200, 10))],
    ['a name of 37 units', () => gpt(gptPartition(1, 100, 10, 'x'.repeat(37)))],
    ['129 partitions', () => gpt(...Array.from({ length: 129 }, (_, i) => gptPartition(i, 100 + i, 1)))],
    ['a medium of 66 sectors', () => writeGpt({ diskGuid: DISK_GUID, sectors: 66, partitions: [] })],
    ['a type of zeros', () => gpt({ ...gptPartition(1, 100, 10), type: '00000000-0000-0000-0000-000000000000' })],
  ])('refuses %s', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'PARTITION_ENTRY' }));
  });

  test('a GUID that is none', () => {
    expect(() => gpt({ ...gptPartition(1, 100, 10), id: 'x' })).toThrow(
      expect.objectContaining({ code: 'BYTES_GUID' }),
    );
  });
});

describe('what is found wrong', () => {
  const pieces = gpt(gptPartition(1, 2048, 100_000));
  const patched = (index: number, at: number, ...bytes: number[]) =>
    pieces.map((piece, i) => {
      if (i !== index) return piece;
      const copy = piece.bytes.slice();
      copy.set(bytes, at);
      return { ...piece, bytes: copy };
    });

  test('nothing on a sound table; after copying to a larger stick only the place of the backup', async () => {
    expect(await codes(pieces)).toEqual([]);
    expect(await codes(pieces, SECTORS + 5000)).toEqual(['PARTITION_GPT_BACKUP']);
  });

  test('a primary header or table that is damaged: the backup is read', async () => {
    for (const damaged of [patched(1, 60, 1), patched(2, 5, 1), patched(1, 0, 0)]) {
      const table = await readPartitionTable(mediumSource(SECTORS, damaged));
      expect(table).toMatchObject({
        kind: 'gpt',
        from: 'backup',
        partitions: [{ firstSector: 2048, sectors: 100_000 }],
      });
      expect(table.problems.map(({ code }) => code)).toEqual(['PARTITION_GPT_HEADER']);
    }
  });

  test('a damaged backup', async () => {
    expect(await codes(patched(4, 60, 1))).toEqual(['PARTITION_GPT_BACKUP']);
    expect(await codes(patched(3, 60, 1))).toEqual(['PARTITION_GPT_BACKUP']);
  });

  test('both damaged: the MBR alone is told', async () => {
    const both = patched(1, 60, 1).map((piece, i) => (i === 4 ? { ...piece, bytes: new Uint8Array(512) } : piece));
    const table = await readPartitionTable(mediumSource(SECTORS, both));
    expect(table.kind).toBe('mbr');
    expect(table.problems.map(({ code }) => code)).toEqual(['PARTITION_GPT_HEADER', 'PARTITION_GPT_BACKUP']);
  });

  test("hybrid MBRs, which are fatal for Microsoft's boot manager", async () => {
    const second = patched(0, 462, 0x80, 0xfe, 0xff, 0xff, 0x0c, 0xfe, 0xff, 0xff, 0, 8, 0, 0, 0, 8, 0, 0);
    const active = patched(0, 446, 0x80);
    for (const hybrid of [second, active]) {
      const table = await readPartitionTable(mediumSource(SECTORS, hybrid));
      expect(table.kind).toBe('gpt');
      expect(table.problems).toEqual([
        expect.objectContaining({
          code: 'PARTITION_HYBRID_MBR',
          severity: 'error',
          message: expect.stringContaining('0xc00000bb'),
        }),
      ]);
    }
  });

  test('a GPT that no MBR announces', async () => {
    const bare = pieces.slice(1);
    expect((await readPartitionTable(mediumSource(SECTORS, bare))).kind).toBe('none');
    expect(await codes(bare)).toEqual(['PARTITION_GPT_UNPROTECTED']);
    expect(await codes([mbr(stick(1000)), ...bare])).toEqual(['PARTITION_GPT_UNPROTECTED']);
  });

  test('MBR entries out of bounds, overlapping, twice active, with an odd status', async () => {
    const sector = mbr(stick(1000), { ...stick(10), active: false, firstSector: 100 }).bytes;
    const change = (at: number, ...bytes: number[]) => {
      const copy = sector.slice();
      copy.set(bytes, at);
      return [{ offset: 0, bytes: copy }];
    };
    expect(await codes(change(446 + 12, 0xff, 0xff, 0xff))).toEqual(['PARTITION_OUT_OF_BOUNDS']);
    expect(await codes(change(462 + 12, 0, 8))).toEqual(['PARTITION_OVERLAP']);
    expect(await codes(change(462, 0x80))).toEqual(['PARTITION_ACTIVE']);
    expect(await codes(change(462, 0x81))).toEqual(['PARTITION_STATUS']);
  });

  test('logical partitions: a chain, a chain that loops, one that leaves the medium', async () => {
    const entry = (type: number, first: number, sectors: number) => {
      const bytes = new Uint8Array(16);
      bytes[4] = type;
      viewOf(bytes).setUint32(8, first, true);
      viewOf(bytes).setUint32(12, sectors, true);
      return bytes;
    };
    const record = (sector: number, ...entries: Uint8Array[]): Piece => {
      const bytes = new Uint8Array(512);
      for (const [index, content] of entries.entries()) bytes.set(content, 446 + 16 * index);
      bytes.set([0x55, 0xaa], 510);
      return { offset: sector * 512, bytes };
    };
    const chain = (last: number) => [
      record(0, entry(0x0f, 1000, 9000)),
      record(1000, entry(7, 10, 100), entry(5, 2000, 500)),
      record(3000, entry(0x83, 20, 200), ...(last === 0 ? [] : [entry(5, last, 1)])),
    ];
    const table = await readPartitionTable(mediumSource(SECTORS, chain(0)));
    expect(table).toMatchObject({
      kind: 'mbr',
      problems: [],
      partitions: [
        { type: 0x0f },
        { type: 7, firstSector: 1010, sectors: 100 },
        { type: 0x83, firstSector: 3020, sectors: 200 },
      ],
    });
    expect(await codes(chain(2000))).toEqual(['PARTITION_EXTENDED']);
    expect(await codes(chain(SECTORS))).toEqual(['PARTITION_EXTENDED']);
  });

  test('the boot sector of a file system is no table, even with what mformat writes at 0x1be', async () => {
    const sector = new Uint8Array(512);
    sector.set([0xeb, 0x3c, 0x90], 0);
    sector.set([0, 2, 1, 1, 0, 2], 11);
    sector.set([0xf8], 21);
    sector.set([0x55, 0xaa], 510);
    expect(await readPartitionTable(memorySource(sector))).toEqual({ kind: 'none', problems: [] });
    sector.set([0x80, 1, 1, 0, 0x0c, 0, 0, 0, 0, 0, 0, 0, 1], 446);
    expect(await codes([{ offset: 0, bytes: sector }])).toEqual(['PARTITION_IN_BOOT_SECTOR']);
  });

  test('nothing, and too little', async () => {
    expect(await readPartitionTable(zeroSource(10_000))).toEqual({ kind: 'none', problems: [] });
    expect(await readPartitionTable(zeroSource(100))).toEqual({ kind: 'none', problems: [] });
  });

  test('a table for sectors of 4096 bytes is refused by name', async () => {
    const header = pieces[1]?.bytes ?? new Uint8Array();
    const large = [...patched(1, 0, 0), { offset: 4096, bytes: header }];
    await expect(readPartitionTable(mediumSource(SECTORS, large))).rejects.toMatchObject({
      code: 'PARTITION_SECTOR_SIZE',
    });
  });
});

test('1,000 mutations of both kinds end in a table or a format error', async () => {
  const media = [gpt(gptPartition(1, 2048, 100), gptPartition(2, 5000, 100)), [mbr(stick(1000))]];
  let state = 1;
  const next = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  let noticed = 0;
  for (let round = 0; round < 1000; round++) {
    const pieces = media[round % 2] ?? [];
    const patches = Array.from({ length: 1 + next(4) }, () => {
      const piece = pieces[next(pieces.length)] ?? { offset: 0, bytes: new Uint8Array(512) };
      // Fields lie at the ends of the MBR and at the starts of the others.
      const at = piece.offset === 0 ? 440 + next(72) : next(Math.min(piece.bytes.length, 300));
      const offset = piece.offset + at;
      return { offset, bytes: Uint8Array.of(next(3) === 0 ? 0xff : next(256)) };
    });
    const medium = overlaySource(mediumSource(SECTORS, pieces), patches);
    const table = await readPartitionTable(medium).catch((error: unknown) => {
      if (!(error instanceof FormatError)) throw error;
      return undefined;
    });
    if (table === undefined || table.problems.length > 0 || table.kind === 'none') noticed++;
  }
  expect(noticed).toBeGreaterThan(500);
});

test('entries whose checksums are right and whose numbers are absurd', async () => {
  for (const [first, last] of [
    [2n ** 63n, 2n ** 64n - 1n],
    [2n ** 53n - 1n, 2n ** 53n - 1n],
    [100n, 50n],
  ] as const) {
    const pieces = gpt(gptPartition(1, 2048, 100)).map(({ offset, bytes }) => ({ offset, bytes: bytes.slice() }));
    const [, primary, entries] = pieces;
    if (!primary || !entries) throw new Error('pieces are missing');
    viewOf(entries.bytes).setBigUint64(32, first, true);
    viewOf(entries.bytes).setBigUint64(40, last, true);
    viewOf(primary.bytes).setUint32(88, crc32(entries.bytes), true);
    viewOf(primary.bytes).setUint32(16, 0, true);
    viewOf(primary.bytes).setUint32(16, crc32(primary.bytes.subarray(0, 92)), true);
    const read = readPartitionTable(mediumSource(SECTORS, pieces));
    if (first > 2n ** 53n) await expect(read).rejects.toBeInstanceOf(FormatError);
    else expect((await read).problems.map(({ code }) => code)).toContain('PARTITION_OUT_OF_BOUNDS');
  }
});
