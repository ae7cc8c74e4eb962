/** A site in a scratch folder, for tests of use cases. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newSiteKeys } from '../../../src/protocol/index.ts';
import { scratch } from '../../support/scratch.ts';

/** Fixed: what is sealed with them is a test's. */
const { keys } = newSiteKeys((length) => new Uint8Array(length).fill(7));

export const siteKeys = keys;

/** Makes a site of code ABC with these files besides site.yaml; returns its folder. */
export function siteFolder(files: Readonly<Record<string, string>> = {}, settings = ''): string {
  const folder = scratch();
  const head = `osdkit: 1\nsiteCode: ABC\nname: Test\nkeys:\n  signing: ${keys.public.signing}\n  sealing: ${keys.public.sealing}\n`;
  put(folder, 'site.yaml', head + settings);
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  return folder;
}

export function put(folder: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

export function textOf(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
