/** What a foreign tool sees in a hive: the text of `hivexregedit --export`, parsed, and the same picture of our own reader. */
import { createHash } from 'node:crypto';
import type { HiveKey } from '../../../images/hive/index.ts';
import { run } from '../../support/tools.ts';

/** Path below the root to values; each value as `type:hex`, long data as their hash. */
export type Picture = Record<string, Record<string, string>>;

/** Exports a whole hive with hivexregedit. */
export async function exportWith(hivexregedit: string, hive: string): Promise<Picture> {
  // Perl would print names as Latin-1 bytes where it can.
  const { stdout } = await run(hivexregedit, ['--export', hive, '\\'], { env: { PERL_UNICODE: 'SD' } });
  return parseReg(stdout);
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1');

/** Reads the .reg text that hivexregedit writes: everything but REG_DWORD as hex(type). */
export function parseReg(text: string): Picture {
  const picture: Picture = {};
  let values: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const key = /^\[(.*)\]$/.exec(line);
    if (key) {
      values = {};
      picture[(key[1] as string).replace(/^\\/, '')] = values;
      continue;
    }
    const value = /^(?:@|"((?:[^"\\]|\\.)*)")=(?:dword:([0-9a-f]{8})|hex\(([0-9a-f]+)\):(.*))$/.exec(line);
    if (!value) {
      if (line !== '' && !line.startsWith('Windows Registry')) throw new Error(`not understood: ${line}`);
      continue;
    }
    const [, name, dword, type, hex] = value;
    const data = dword === undefined ? (hex as string).replaceAll(',', '') : swapped(dword);
    values[unescaped(name ?? '')] = shown(dword === undefined ? Number.parseInt(type as string, 16) : 4, data);
  }
  return picture;
}

const shown = (type: number, hex: string): string =>
  `${type}:${hex.length <= 128 ? hex : `${hex.length / 2} bytes ${createHash('sha256').update(hex).digest('hex')}`}`;

const swapped = (dword: string): string => Buffer.from(dword, 'hex').reverse().toString('hex');

/** The same of a key that our reader opened. */
export function pictureOf(key: HiveKey, path = '', picture: Picture = {}): Picture {
  const values: Record<string, string> = {};
  for (const { name, type, data } of key.values()) values[name] = shown(type, Buffer.from(data).toString('hex'));
  picture[path] = values;
  for (const child of key.subkeys()) pictureOf(child, path === '' ? child.name : `${path}\\${child.name}`, picture);
  return picture;
}
