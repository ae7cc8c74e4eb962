/**
 * BCD stores on whole media: what real boot managers refuse (boot-chain 2) does not start and shows their status code,
 * what they let pass starts. `checkBcd` must say the same of each: it and the boot program share no line of code.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type BcdElement,
  type BcdStore,
  bootManagerElement,
  checkBcd,
  libraryElement,
  mediaObject,
  wellKnownObject,
  winpeStore,
  writeBcd,
} from '../../images/bcd/index.ts';
import { parseHive, treeOf, writeHive } from '../../images/hive/index.ts';
import { VM_TOOLS } from '../support/qemu.ts';
import { requireTool } from '../support/tools.ts';
import { filesByDisc, linesOf, linesOfStart, makeDemo, makeIso, READER_TOOLS, UEFI_FILES } from './demo-media.ts';

const tools = requireTool(...READER_TOOLS, ...VM_TOOLS.ovmf);

const BCD = 'EFI/Microsoft/Boot/BCD';
const good = winpeStore({ firmware: 'uefi' });

/** The good store with one object's elements changed. */
function changed(id: string, change: (elements: readonly BcdElement[]) => readonly BcdElement[]): Uint8Array {
  const store: BcdStore = {
    ...good,
    objects: good.objects.map((one) => (one.id === id ? { ...one, elements: change(one.elements) } : one)),
  };
  return writeBcd(store);
}

const without = (id: string, element: number): Uint8Array =>
  changed(id, (elements) => elements.filter((one) => one.id !== element));

function withoutDescription(): Uint8Array {
  const root = treeOf(parseHive(writeBcd(good)).root);
  return writeHive({ ...root, subkeys: (root.subkeys ?? []).filter(({ name }) => name !== 'Description') });
}

function wrongChecksum(): Uint8Array {
  const bytes = Buffer.from(writeBcd(good));
  bytes.writeUInt32LE((bytes.readUInt32LE(508) ^ 1) >>> 0, 508);
  return bytes;
}

/** Timeout as on Microsoft's ISO media: one byte of REG_BINARY. */
function shortTimeout(): Uint8Array {
  const timeout: BcdElement = {
    id: bootManagerElement.timeout,
    value: { kind: 'integer', integer: 30n },
    stored: { type: 3, data: Uint8Array.of(30) },
  };
  return changed(wellKnownObject.bootmgr, (elements) => elements.map((one) => (one.id === timeout.id ? timeout : one)));
}

function danglingOptions(): Uint8Array {
  return writeBcd({ ...good, objects: good.objects.filter(({ id }) => id !== mediaObject.ramdiskOptions) });
}

/** The demo medium's files in a folder, which gets one store after the other. */
let folder = '';
beforeAll(async () => {
  if (tools.available) folder = await filesByDisc((await makeDemo('x64')).medium.output, 'udf');
});

/** What the boot program says behind "boot device", from a disc of the folder with this store. */
async function outcome(store: Uint8Array): Promise<string[]> {
  writeFileSync(join(folder, BCD), store);
  const lines = await linesOfStart('ovmf', 'cd', await makeIso(folder));
  expect(lines[4]).toBe('osdkit-sample: boot device cdrom');
  return lines.slice(5);
}

const judged = (store: Uint8Array) =>
  checkBcd(store, { firmware: 'uefi', exists: (path) => existsSync(join(folder, path.replaceAll('\\', '/'))) });

describe('stores that do not start', () => {
  const rows: [string, Uint8Array, number, string][] = [
    ['no root key Description', withoutDescription(), 0xc0000034, '\\EFI\\Microsoft\\Boot\\BCD no key Description'],
    ['no loader description', without(mediaObject.loader, libraryElement.description), 0xc0000001, 'no description'],
    ['no loader device', without(mediaObject.loader, libraryElement.device), 0xc0000001, 'no device'],
    ['wrong checksum', wrongChecksum(), 0xc000000f, '\\EFI\\Microsoft\\Boot\\BCD hive checksum'],
    [
      'an SDI path whose file is absent',
      writeBcd(winpeStore({ firmware: 'uefi', sdiPath: '\\boot\\other.sdi' })),
      0xc000000f,
      '\\boot\\other.sdi',
    ],
  ];
  test.for(rows)('%s', async ([, store, status, why]) => {
    expect(await outcome(store)).toEqual([
      ...linesOf(folder, ['\\EFI\\Microsoft\\Boot\\BCD']),
      `osdkit-sample: failed 0x${status.toString(16)} ${why}`,
      'osdkit-sample: done',
    ]);
    expect(judged(store)).toMatchObject([{ severity: 'error', status }]);
  });
});

describe('sloppy stores that start', () => {
  const rows: [string, Uint8Array][] = [
    ['no default', without(wellKnownObject.bootmgr, bootManagerElement.default)],
    ['no path', without(mediaObject.loader, libraryElement.path)],
    ['timeout of one byte', shortTimeout()],
    ['dangling id of the options object', danglingOptions()],
  ];
  test.for(rows)('%s', async ([, store]) => {
    expect(store).not.toEqual(writeBcd(good));
    expect(await outcome(store)).toEqual([...linesOf(folder, UEFI_FILES), 'osdkit-sample: done']);
    expect(judged(store)).toEqual([]);
  });
});
