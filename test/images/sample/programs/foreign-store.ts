/**
 * BCD stores as `.reg` text that `hivexregedit` writes into a hive: the store of boot-chain 2 with whatever a test
 * changes. Independent of images/bcd on purpose; device bytes are spelled out as in boot-chain 1.1.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch } from '../../../support/tools.ts';
import { emptyHive } from './foreign-hive.ts';

export const MANAGER = '{9dea862c-5cdd-4e70-acc1-f32b344d4795}';
export const LOADER = '{7619dcc9-fafe-11d9-b411-000476eba25f}';
export const OPTIONS = '{7619dcc8-fafe-11d9-b411-000476eba25f}';

/** One object: its type and, by element id, the right-hand side of a `.reg` line. */
export interface StoreObject {
  type: number;
  elements: Record<string, string>;
}

/** What a store holds besides Objects. */
export interface Store {
  /** Whether the root key `Description` is there. */
  description: boolean;
  objects: Record<string, StoreObject>;
}

const list = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',');

/** REG_BINARY. */
export const binary = (bytes: Uint8Array): string => `hex:${list(bytes)}`;
/** REG_SZ. */
export const text = (value: string): string => `"${value.replaceAll('\\', '\\\\')}"`;
/** REG_MULTI_SZ. */
export const texts = (...values: string[]): string =>
  `hex(7):${list(Buffer.from([...values, ''].map((value) => `${value}\0`).join(''), 'utf16le'))}`;

/** The 72 byte descriptor of "boot". */
function bootDescriptor(): Buffer {
  const descriptor = Buffer.alloc(72);
  descriptor.writeUInt32LE(5, 0);
  descriptor.writeUInt32LE(72, 8);
  return descriptor;
}

/** The element for "boot": no options object, then the descriptor. */
export const bootDevice = (): Buffer => Buffer.concat([Buffer.alloc(16), bootDescriptor()]);

/** The element for a ramdisk made of a file on "boot"; options object {7619dcc8-...} in mixed-endian bytes. */
export function ramdiskDevice(path: string): Buffer {
  const name = Buffer.from(`${path}\0`, 'utf16le');
  const head = Buffer.alloc(68);
  Buffer.from('c8dc1976fefad911b411000476eba25f', 'hex').copy(head);
  const source = 12 + 72 + name.length;
  head.writeUInt32LE(1, 20);
  head.writeUInt32LE(16 + 24 + source, 24);
  head.writeUInt32LE(3, 32);
  head.writeUInt32LE(1, 56);
  head.writeUInt32LE(source, 60);
  head.writeUInt32LE(5, 64);
  return Buffer.concat([head, bootDescriptor(), name]);
}

/** The store that boots: three objects, as on real media. */
export function goodStore(): Store {
  const device = binary(ramdiskDevice('\\sources\\boot.wim'));
  return {
    description: true,
    objects: {
      [MANAGER]: {
        type: 0x10100002,
        elements: {
          '12000004': text('Windows Boot Manager'),
          '23000003': text(LOADER),
          '24000001': texts(LOADER),
          '25000004': 'hex:1e',
        },
      },
      [LOADER]: {
        type: 0x10200003,
        elements: {
          '11000001': device,
          '12000002': text('\\windows\\system32\\boot\\winload.efi'),
          '12000004': text('Windows Setup'),
          '21000001': device,
          '22000002': text('\\windows'),
          '26000010': 'hex:01',
          '26000022': 'hex:01',
        },
      },
      [OPTIONS]: {
        type: 0x30000000,
        elements: { '31000003': binary(bootDevice()), '32000004': text('\\boot\\boot.sdi') },
      },
    },
  };
}

function registryText(store: Store): string {
  const lines = ['Windows Registry Editor Version 5.00', ''];
  if (store.description) lines.push('[\\Description]', '"KeyName"="BCD00000000"', '');
  lines.push('[\\Objects]', '');
  for (const [id, object] of Object.entries(store.objects)) {
    lines.push(`[\\Objects\\${id}]`, '', `[\\Objects\\${id}\\Description]`);
    lines.push(`"Type"=dword:${object.type.toString(16).padStart(8, '0')}`, '', `[\\Objects\\${id}\\Elements]`, '');
    for (const [element, value] of Object.entries(object.elements)) {
      lines.push(`[\\Objects\\${id}\\Elements\\${element}]`, `"Element"=${value}`, '');
    }
  }
  return lines.join('\n');
}

/** The store as a hive that libhivex wrote; `change` edits the good store first. */
export async function foreignStore(change: (store: Store) => void = () => {}): Promise<Buffer> {
  const store = goodStore();
  change(store);
  const folder = scratch();
  const path = join(folder, 'BCD');
  writeFileSync(path, emptyHive());
  writeFileSync(join(folder, 'store.reg'), registryText(store));
  await run('hivexregedit', ['--merge', path, join(folder, 'store.reg')]);
  return readFileSync(path);
}
