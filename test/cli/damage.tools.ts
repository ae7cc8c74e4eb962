/**
 * `media verify` finds what happened to a medium after it was made: one flipped byte in any file (it names the file and ends
 * with 5), in any structure, in the zeros between; a cut end, exchanged contents, files added or removed by a foreign program.
 */
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openFile } from '../../images/bytes/index.ts';
import { openDisc, type DiscRegion } from '../../images/disc/index.ts';
import type { ExtentFile } from '../../images/iso9660/index.ts';
import { filesOf } from '../../images/tree/index.ts';
import { createBootable, sampleWim } from '../media/made-media.ts';
import { describeWithTools, run, scratch, type RunResult } from '../support/tools.ts';
import { osdkitInProcess } from './in-process.ts';
import { seeded } from './random.ts';

interface Place {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

interface Made {
  readonly iso: string;
  readonly regions: readonly DiscRegion[];
  readonly files: readonly Place[];
}

async function make(folder: string, layout: 'mbr' | 'gpt'): Promise<Made> {
  const iso = join(folder, `${layout}.iso`);
  const bootImage = join(folder, 'sample.wim');
  const { regions } = await createBootable({ bootImage, output: iso, layout, variables: ['SMSTSPreferredAdvertID=X'] });
  await using source = await openFile(iso);
  const disc = await openDisc(source);
  const files = filesOf(disc.udf.root).map(({ path, file }): Place => {
    const [extent] = (file as ExtentFile).extents;
    if (!extent) throw new Error(`${path} is empty: the test flips a byte in each file`);
    return { path, ...extent };
  });
  return { iso, regions, files: files.sort((a, b) => a.offset - b.offset) };
}

const verify = (iso: string): Promise<RunResult> => osdkitInProcess(['media', 'verify', iso]);

/** What verify says with one byte changed; the byte is put back. */
async function flipped(iso: string, offset: number, mask: number): Promise<RunResult> {
  const file = openSync(iso, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, offset);
  const change = (): number => writeSync(file, Buffer.of((byte[0] as number) ^ mask), 0, 1, offset);
  change();
  try {
    return await verify(iso);
  } finally {
    writeSync(file, byte, 0, 1, offset);
    closeSync(file);
  }
}

const folder = scratch();
let mbr: Made;
let gpt: Made;
beforeAll(async () => {
  await sampleWim(folder);
  mbr = await make(folder, 'mbr');
  gpt = await make(folder, 'gpt');
});

/** A copy to change. */
function copy(made: Made, name: string): string {
  const path = join(folder, name);
  copyFileSync(made.iso, path);
  return path;
}

describe('media verify', () => {
  test('accepts the media as made, and a larger stick', async () => {
    for (const { iso } of [mbr, gpt]) expect(await verify(iso)).toMatchObject({ code: 0, stderr: '' });
    const stick = copy(mbr, 'stick.img');
    appendFileSync(stick, Buffer.alloc(3_000_000, 'what a stick held before'));
    expect((await verify(stick)).code).toBe(0);
  });

  test('names the file in which one byte is flipped', async () => {
    const random = seeded(1);
    expect(mbr.files.length).toBeGreaterThan(8);
    for (const { path, offset, length } of mbr.files) {
      for (const at of [0, random(length), random(length), length - 1]) {
        const { code, stdout } = await flipped(mbr.iso, offset + at, 1 << random(8));
        expect(code, `${path} at ${at}: ${stdout}`).toBe(5);
        expect(stdout, `at ${at}`).toContain(path);
        expect(stdout).toContain('is DAMAGED');
      }
    }
  });

  test('finds one flipped byte in every structure, of either layout', async () => {
    const random = seeded(2);
    for (const { iso, regions } of [mbr, gpt]) {
      for (const { purpose, offset, size } of regions) {
        const at = offset + random(size);
        const { code, stdout, stderr } = await flipped(iso, at, 1 << random(8));
        // 3: a directory so damaged that the files cannot be found; the error names its place.
        expect([3, 5], `${purpose} at ${at}: ${stdout}${stderr}`).toContain(code);
        expect(`${stdout}${stderr}`.length).toBeGreaterThan(iso.length + 10);
      }
    }
  });

  test('finds one flipped byte in the first sector of every structure', async () => {
    const random = seeded(3);
    for (const { purpose, offset } of mbr.regions) {
      const { code, stdout } = await flipped(mbr.iso, offset + random(16), 1 << random(8));
      expect([3, 5], `${purpose}: ${stdout}`).toContain(code);
    }
  });

  test('finds one flipped bit in the zeros between structures and behind files', async () => {
    const random = seeded(4);
    const taken = [
      ...mbr.regions.filter(({ purpose }) => purpose !== 'files').map(({ offset, size }) => [offset, offset + size]),
      ...mbr.files.map(({ offset, length }) => [offset, offset + length]),
    ].sort((a, b) => (a[0] as number) - (b[0] as number));
    let gaps = 0;
    let end = 0;
    for (const [from = 0, to = 0] of taken) {
      if (from > end) {
        gaps++;
        const at = end + random(from - end);
        const { code, stdout } = await flipped(mbr.iso, at, 1 << random(8));
        expect(code, `between 0x${end.toString(16)} and 0x${from.toString(16)}`).toBe(5);
        expect(stdout).toContain(`differs at byte 0x${at.toString(16)} from the zeros that belong there`);
      }
      end = Math.max(end, to);
    }
    expect(gaps).toBeGreaterThan(8);
  });

  test('finds a cut end', async () => {
    const cut = copy(mbr, 'cut.iso');
    const { size } = statSync(cut);
    truncateSync(cut, size - 2048);
    const block = await verify(cut);
    expect(block.code, block.stdout).toBe(5);
    expect(block.stdout).toContain(`the image has ${size - 2048} bytes, with these files it must have ${size}`);
    truncateSync(cut, size - 4_000_000);
    const more = await verify(cut);
    expect([3, 5], more.stdout).toContain(more.code);
  });

  test('finds the contents of two files exchanged', async () => {
    const swapped = copy(mbr, 'swapped.iso');
    const [a, b] = mbr.files.filter(({ path }) => path.toLowerCase().endsWith('/bcd'));
    if (!a || !b || a.length !== b.length) throw new Error('two BCD stores of one length are expected');
    const [first, second] = [Buffer.alloc(a.length), Buffer.alloc(a.length)];
    const file = openSync(swapped, 'r+');
    readSync(file, first, 0, a.length, a.offset);
    readSync(file, second, 0, a.length, b.offset);
    writeSync(file, second, 0, a.length, a.offset);
    writeSync(file, first, 0, a.length, b.offset);
    closeSync(file);
    const { code, stdout } = await verify(swapped);
    expect(code).toBe(5);
    for (const { path } of [a, b]) expect(stdout).toContain(`${path}: its SHA-256 differs`);
  });
});

describeWithTools(['mcopy', 'mdel'], 'a stick edited by mtools', () => {
  const inFat = (iso: string): readonly string[] => {
    const region = mbr.regions.find(({ purpose }) => purpose.startsWith('FAT32'));
    return ['-i', `${iso}@@${region?.offset ?? 0}`];
  };

  test('a file added to its FAT volume is found', async () => {
    const iso = copy(mbr, 'added.iso');
    await run('mcopy', [...inFat(iso), '-', '::/autorun.inf'], { input: '[autorun]\r\n' });
    const { code, stdout } = await verify(iso);
    expect(code).toBe(5);
    expect(stdout).toContain('autorun.inf: in FAT alone, not in UDF');
  });

  test('a file removed from its FAT volume is found', async () => {
    const iso = copy(mbr, 'removed.iso');
    await run('mdel', [...inFat(iso), '::/boot/boot.sdi']);
    const { code, stdout } = await verify(iso);
    expect(code).toBe(5);
    expect(stdout).toContain('boot/boot.sdi: FAT does not show it');
  });
});
