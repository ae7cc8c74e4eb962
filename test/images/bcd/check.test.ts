/** `checkBcd` against the table of boot-chain.md 2, in both directions: what boots passes, what fails is refused alike. */
import { describe, expect, test } from 'vitest';
import {
  bootManagerElement,
  checkBcd,
  deviceElement,
  libraryElement,
  loaderElement,
  winpeStore,
  writeBcd,
  type BcdCheckOptions,
  type BcdElement,
  type BcdStore,
} from '../../../images/bcd/index.ts';
import { parseHive, treeOf, writeHive, type NewKey } from '../../../images/hive/index.ts';
import { LOADER, MANAGER, OPTIONS } from './facts.ts';

const base = winpeStore({ firmware: 'uefi' });
const baseBytes = writeBcd(base);
const onMedium = new Set(['\\sources\\boot.wim', '\\boot\\boot.sdi']);
const options: BcdCheckOptions = { exists: (path) => onMedium.has(path.toLowerCase()), firmware: 'uefi' };

/** The store with one object's elements changed. */
function changed(id: string, change: (elements: readonly BcdElement[]) => readonly BcdElement[]): BcdStore {
  return {
    ...base,
    objects: base.objects.map((one) => (one.id === id ? { ...one, elements: change(one.elements) } : one)),
  };
}
const without = (id: string, ...removed: number[]): BcdStore =>
  changed(id, (elements) => elements.filter((element) => !removed.includes(element.id)));
const replaced = (id: string, element: BcdElement): BcdStore =>
  changed(id, (elements) => elements.map((one) => (one.id === element.id ? element : one)));
const withoutObject = (id: string): BcdStore => ({ ...base, objects: base.objects.filter((one) => one.id !== id) });

describe('stores that real boot managers start', () => {
  test.each<[string, BcdStore]>([
    ['the base store', base],
    ['no boot manager description', without(MANAGER, libraryElement.description)],
    ['no default', without(MANAGER, bootManagerElement.default)],
    ['no displayorder', without(MANAGER, bootManagerElement.displayorder)],
    ['no timeout', without(MANAGER, bootManagerElement.timeout)],
    ['only a default', changed(MANAGER, (e) => e.filter(({ id }) => id === bootManagerElement.default))],
    [
      'a timeout of one byte',
      replaced(MANAGER, {
        id: bootManagerElement.timeout,
        value: { kind: 'integer', integer: 30n },
        stored: { type: 3, data: Uint8Array.of(30) },
      }),
    ],
    [
      'boot manager of type 10200002',
      { ...base, objects: base.objects.map((o) => (o.id === MANAGER ? { ...o, type: 0x10200002 } : o)) },
    ],
    ['no path', without(LOADER, libraryElement.path)],
    ['no winpe, no detecthal', without(LOADER, loaderElement.winpe, loaderElement.detecthal)],
    ['no SDI device', without(OPTIONS, deviceElement.ramdisksdidevice)],
    ['no SDI path', without(OPTIONS, deviceElement.ramdisksdipath)],
    ['no options object', withoutObject(OPTIONS)],
  ])('%s', (_, store) => {
    expect(checkBcd(writeBcd(store), options)).toEqual([]);
  });

  test('another root name and no KeyName; an empty Description', () => {
    const tree = treeOf(parseHive(baseBytes).root);
    const subkeys = (tree.subkeys ?? []).map((key) => (key.name === 'Description' ? { name: 'Description' } : key));
    expect(checkBcd(writeHive({ name: 'xyz', subkeys }), options)).toEqual([]);
  });

  test('without `exists` nothing is asked about files', () => {
    expect(checkBcd(baseBytes)).toEqual([]);
  });
});

describe('stores that they refuse', () => {
  const damaged = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.from(baseBytes);
    change(bytes);
    return bytes;
  };
  const rootKeys = (keep: (key: NewKey) => boolean): Uint8Array => {
    const tree = treeOf(parseHive(baseBytes).root);
    return writeHive({ ...tree, subkeys: (tree.subkeys ?? []).filter(keep) });
  };

  test.each<[string, Uint8Array, string, number | null, string]>([
    ['a wrong checksum', damaged((b) => b.writeUInt32LE(1, 508)), 'HIVE_CHECKSUM', 0xc000000f, ''],
    [
      'unequal sequence numbers',
      damaged((b) => {
        b.writeUInt32LE(2, 4);
        b.writeInt32LE(b.readInt32LE(508) ^ 3, 508);
      }),
      'HIVE_DIRTY',
      0xc000000f,
      '',
    ],
    ['no hive', Buffer.from('BCD'), 'HIVE_NOT_A_HIVE', null, ''],
    [
      'no root Description',
      rootKeys(({ name }) => name !== 'Description'),
      'BCD_NO_DESCRIPTION_KEY',
      0xc0000034,
      'Description',
    ],
    ['no Objects', rootKeys(({ name }) => name !== 'Objects'), 'BCD_NOT_A_STORE', null, 'Objects'],
    ['no boot manager', writeBcd(withoutObject(MANAGER)), 'BCD_NO_BOOT_MANAGER', 0xc0000034, `Objects\\${MANAGER}`],
    [
      'neither default nor displayorder',
      writeBcd(without(MANAGER, bootManagerElement.default, bootManagerElement.displayorder)),
      'BCD_NO_ENTRY',
      null,
      `Objects\\${MANAGER}\\Elements`,
    ],
    ['no loader object', writeBcd(withoutObject(LOADER)), 'BCD_NO_ENTRY', null, `Objects\\${MANAGER}\\Elements`],
    [
      'no loader description',
      writeBcd(without(LOADER, libraryElement.description)),
      'BCD_NO_LOADER_DESCRIPTION',
      0xc0000001,
      `Objects\\${LOADER}\\Elements\\12000004`,
    ],
    [
      'no loader device',
      writeBcd(without(LOADER, libraryElement.device)),
      'BCD_NO_LOADER_DEVICE',
      0xc0000001,
      `Objects\\${LOADER}\\Elements\\11000001`,
    ],
    [
      'no osdevice',
      writeBcd(without(LOADER, loaderElement.osdevice)),
      'BCD_NO_OS_DEVICE',
      0xc0000225,
      `Objects\\${LOADER}\\Elements\\21000001`,
    ],
    [
      'no systemroot',
      writeBcd(without(LOADER, loaderElement.systemroot)),
      'BCD_NO_SYSTEM_ROOT',
      0xc0000225,
      `Objects\\${LOADER}\\Elements\\22000002`,
    ],
    [
      'an SDI path whose file is absent',
      writeBcd(winpeStore({ firmware: 'uefi', sdiPath: '\\boot\\other.sdi' })),
      'BCD_SDI_ABSENT',
      0xc000000f,
      `Objects\\${OPTIONS}\\Elements\\32000004`,
    ],
    [
      'a WIM path whose file is absent',
      writeBcd(winpeStore({ firmware: 'uefi', wimPath: '\\sources\\other.wim' })),
      'BCD_WIM_ABSENT',
      0xc000000f,
      `Objects\\${LOADER}\\Elements\\11000001`,
    ],
    [
      'the loader of the other firmware',
      writeBcd(winpeStore({ firmware: 'bios' })),
      'BCD_LOADER_FIRMWARE',
      null,
      `Objects\\${LOADER}\\Elements\\12000002`,
    ],
    [
      'a device that cannot be read',
      writeBcd(
        replaced(LOADER, {
          id: libraryElement.device,
          value: { kind: 'unreadable', reason: '' },
          stored: { type: 3, data: new Uint8Array(7) },
        }),
      ),
      'BCD_ELEMENT',
      null,
      `Objects\\${LOADER}\\Elements\\11000001`,
    ],
  ])('%s', (_, bytes, code, status, path) => {
    const problems = checkBcd(bytes, options);
    expect(problems).toMatchObject([{ code, status, path, severity: 'error' }]);
    expect(problems[0]?.hint).not.toBe('');
    if (status !== null) expect(problems[0]?.message).toContain(path === '' ? '' : `0x${status.toString(16)}`);
  });

  test('the default SDI path counts when the options object is absent', () => {
    const bytes = writeBcd(withoutObject(OPTIONS));
    const found = checkBcd(bytes, { exists: (path) => path === '\\sources\\boot.wim' });
    expect(found).toMatchObject([{ code: 'BCD_SDI_ABSENT', message: expect.stringContaining('\\boot\\boot.sdi') }]);
  });

  test('several at once are all told', () => {
    const bytes = writeBcd(without(LOADER, libraryElement.description, loaderElement.systemroot));
    expect(checkBcd(bytes, { exists: () => false }).map(({ code }) => code)).toEqual([
      'BCD_NO_LOADER_DESCRIPTION',
      'BCD_NO_SYSTEM_ROOT',
      'BCD_WIM_ABSENT',
      'BCD_SDI_ABSENT',
    ]);
  });
});
