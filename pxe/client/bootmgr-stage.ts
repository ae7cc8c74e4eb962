/**
 * The boot manager behind the firmware: which files it asks for, in its order, with its options (boot-chain 4, 7 and 10). It reads the
 * store by a function of the caller: this folder knows no formats.
 */
import type { TftpOption } from '../tftp/index.ts';
import { type Fetch, type FetchedFile, urlAt } from './fetch.ts';

/** What of a BCD store matters here; paths with backslashes from the root. */
export interface BootStore {
  readonly image: string;
  readonly ramdisk: string;
  /** Elements 35000007 and 35000008. */
  readonly blockSize: number | null;
  readonly window: number | null;
  /** Element 3600000b. */
  readonly variableWindow: boolean;
}

/** The store in the bytes of a BCD file; `null` when it says nothing that boots. */
export type ReadStore = (bytes: Uint8Array) => BootStore | null;

export type StageEnd =
  | { readonly boots: true; readonly text: string }
  | { readonly boots: false; readonly text: string };

const option = (name: string, value: number): TftpOption => ({ name, value: String(value) });
const SIZE = option('tsize', 0);
const OWN_BLOCK = option('blksize', 1456);
const POLICIES = [
  'SbcpFlightToken.p7b',
  'SecureBootPolicy.p7b',
  'SiPolicy.p7b',
  'SkuSiPolicy.p7b',
  'WinSiPolicy.p7b',
  'ATPSiPolicy.p7b',
];

/** The folder of the loader: only backslashes count, with others the whole is a name in the root (boot-chain 4, item 5). */
export function folderOf(loader: string): string {
  const end = loader.lastIndexOf('\\');
  const folder = end < 0 ? '' : loader.slice(0, end);
  return folder === '' || folder.startsWith('\\') ? folder : `\\${folder}`;
}

/** `bootmgfw.efi` or `bootmgr.exe` over TFTP, until boot.wim is there. */
export async function bootManagerByTftp(
  loader: string,
  kind: 'uefi' | 'bios',
  readStore: ReadStore,
  fetch: Fetch,
): Promise<StageEnd> {
  const probe = (name: string) => fetch.tftp(name, { options: [SIZE], style: 'bootManager', probe: true });
  const whole = async (name: string, more: readonly TftpOption[], keep = false): Promise<FetchedFile> => {
    const size = await probe(name);
    if (size.outcome !== 'size') return size;
    return fetch.tftp(name, { options: [SIZE, ...more], style: 'bootManager', keep });
  };
  const folder = folderOf(loader);
  const places = kind === 'uefi' ? [`${folder}\\BCD`, '\\Boot\\BCD'] : ['\\Boot\\BCD'];
  let found: FetchedFile | null = null;
  for (const place of places) {
    found = await whole(place, [OWN_BLOCK], true);
    if (found.outcome !== 'missing') break;
  }
  if (found?.outcome !== 'complete' || found.bytes === null) {
    return { boots: false, text: `no BCD: the boot manager stops with 0xc000000f (asked for ${places.join(', ')})` };
  }
  const store = readStore(found.bytes);
  if (store === null) return { boots: false, text: `${found.name} holds no entry that boots: 0xc0000034` };
  for (const name of POLICIES) await probe(`\\EFI\\Microsoft\\Boot\\${name}`);
  if (kind === 'uefi') await whole(loader.startsWith('\\') ? loader : `\\${loader}`, [OWN_BLOCK]);
  const sized = [await probe(store.image), await probe(store.ramdisk)];
  await probe('\\EFI\\Microsoft\\Boot\\Fonts\\wgl4_boot.ttf');
  const missing = sized.find(({ outcome }) => outcome !== 'size');
  if (missing) return { boots: false, text: `${missing.name} is not there: the boot manager stops with 0xc000000f` };
  const tuned = [
    option('blksize', store.blockSize ?? 1456),
    ...(store.window === null ? [] : [option('windowsize', store.window)]),
    ...(store.variableWindow ? [option('msftwindow', 31416)] : []),
  ];
  for (const name of [store.ramdisk, store.image]) {
    const file = await fetch.tftp(name, { options: [SIZE, ...tuned], style: 'bootManager' });
    if (file.outcome !== 'complete') return { boots: false, text: `${name}: ${file.text}` };
  }
  return { boots: true, text: `boot.sdi and ${store.image} are there in full: Windows PE starts` };
}

/** `bootmgfw.efi` over HTTP, as builds since Windows 11 do it; older ones stop at the store. */
export async function bootManagerByHttp(url: string, readStore: ReadStore, fetch: Fetch): Promise<StageEnd> {
  const userAgent = 'MsBoot/1.0';
  const at = (path: string): string => urlAt(path.replaceAll('\\', '/'), url);
  const places = [at('BCD'), at('/EFI/Microsoft/Boot/BCD')];
  for (const place of places) {
    const head = await fetch.http(place, { method: 'HEAD', userAgent });
    if (head.outcome !== 'size') continue;
    const found = await fetch.http(place, { method: 'GET', userAgent, keep: true });
    const store = found.bytes === null ? null : readStore(found.bytes);
    if (store === null) return { boots: false, text: `${place} holds no entry that boots` };
    for (const path of [store.ramdisk, store.image]) {
      const file = await fetch.http(at(path), { method: 'GET', userAgent });
      if (file.outcome !== 'complete') return { boots: false, text: `${file.name}: ${file.text}` };
    }
    return { boots: true, text: `boot.sdi and ${store.image} are there in full: Windows PE starts` };
  }
  return { boots: false, text: `no BCD: the boot manager stops with 0xc000000f (asked for ${places.join(', ')})` };
}
