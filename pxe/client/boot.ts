/** A whole boot of one simulated client: who answers, what is loaded, what would start. */
import { bootManagerByHttp, bootManagerByTftp, type ReadStore, type StageEnd } from './bootmgr-stage.ts';
import { driveExchange, type ServerPlace } from './drive.ts';
import type { ExchangeEffect, ExchangeResult } from './exchange.ts';
import { type Fetch, type FetchedFile, urlAt } from './fetch.ts';
import { fetcher } from './fetcher.ts';
import { runScript } from './ipxe-script.ts';
import { CLIENT_KINDS, type ClientKind } from './kinds.ts';
import { type ClientIdentity, macBytes } from './messages.ts';
import type { ReaderStyle } from './reading.ts';
import type { Wire } from './wire.ts';

export interface BootOptions {
  readonly kind: ClientKind;
  readonly identity: ClientIdentity;
  readonly place: ServerPlace;
  /** Own address, of this computer. */
  readonly address: string;
  /** Ports of the client: 0 takes any, and then the first question names `address` so that the answer finds it. */
  readonly ports: { readonly client: number; readonly bootServer: number };
  /** 32 bits. */
  readonly xid: number;
  readonly wire: Wire;
  readonly readStore: ReadStore;
  /** Says what firmware would say of a UEFI loader; without it every loader fits. */
  readonly judgeLoader?: (bytes: Uint8Array, machine: 'x64' | 'arm64') => Promise<JudgedLoader>;
  readonly press: boolean;
  readonly needsAddress: boolean;
  /** Largest file that is loaded, bytes. */
  readonly limit: number;
  /** Factor of all waiting times; 1 is as firmware waits. */
  readonly scale: number;
  /** Milliseconds that the last ACK is repeated when asked for. */
  readonly dally?: number;
  /** Relay that the first question names. */
  readonly giaddr?: string;
  readonly signal?: AbortSignal;
  readonly seen?: (event: BootEvent) => void;
}

export type BootEvent =
  | { readonly kind: 'exchange'; readonly effect: ExchangeEffect; readonly at: number }
  | { readonly kind: 'file'; readonly file: FetchedFile }
  | { readonly kind: 'said'; readonly text: string }
  /** What the firmware makes of a loader. */
  | { readonly kind: 'judged'; readonly text: string };

export interface JudgedLoader {
  readonly fits: boolean;
  readonly text: string;
}

export interface BootRun {
  readonly boots: boolean;
  /** What would start, or why nothing does. */
  readonly text: string;
  readonly exchange: ExchangeResult;
  readonly files: readonly FetchedFile[];
}

/** Boots once. What the network says wrong is in the result; throws what a socket throws, and the reason of `signal`. */
export async function bootClient(options: BootOptions): Promise<BootRun> {
  const { kind, seen, wire } = options;
  const profile = CLIENT_KINDS[kind];
  macBytes(options.identity.mac);
  const files: FetchedFile[] = [];
  const note = (file: FetchedFile): FetchedFile => {
    files.push(file);
    seen?.({ kind: 'file', file });
    return file;
  };
  const exchange = await driveExchange({
    wire,
    place: options.place,
    ports: options.ports,
    options: {
      profile,
      identity: options.identity,
      xid: options.xid,
      address: options.address,
      addressed: options.ports.client !== 68,
      ...(options.giaddr === undefined ? {} : { giaddr: options.giaddr }),
      needsAddress: options.needsAddress,
      press: options.press,
      scale: options.scale,
    },
    ...(options.signal ? { signal: options.signal } : {}),
    seen: (effect, at) => seen?.({ kind: 'exchange', effect, at }),
  });
  if (exchange.kind !== 'file') return { boots: false, text: exchange.text, exchange, files };
  const fetch = fetcher(options, exchange.server, note);
  const end = await load(options, exchange, fetch);
  return { ...end, exchange, files };
}

async function load(
  options: BootOptions,
  { file, server }: Extract<ExchangeResult, { kind: 'file' }>,
  fetch: Fetch,
): Promise<StageEnd> {
  const profile = CLIENT_KINDS[options.kind];
  if (profile.chooser === 'http') return loadByHttp(file, options, fetch);
  if (profile.ipxe) return loadByIpxe(file, server, options, fetch);
  const style: ReaderStyle = profile.architecture === 0 ? 'rom' : 'edk2';
  if (profile.sizeProbe !== null) {
    const size = await fetch.tftp(file, { options: profile.sizeProbe, style, probe: true });
    if (size.outcome !== 'size') return { boots: false, text: `${file}: ${size.text}` };
  }
  const loader = await fetch.tftp(file, { options: profile.read, style, keep: style === 'edk2' });
  if (loader.outcome !== 'complete') return { boots: false, text: `${file}: ${loader.text}` };
  const unfit = style === 'edk2' ? await refusal(loader, options) : null;
  if (unfit !== null) return unfit;
  return startedByFirmware(file, profile.architecture === 0 ? 'bios' : 'uefi', options, fetch);
}

/** Why the firmware does not start a loader; `null` when it does. */
async function refusal(
  { name, bytes }: FetchedFile,
  { kind, judgeLoader, seen }: BootOptions,
): Promise<StageEnd | null> {
  if (judgeLoader === undefined || bytes === null) return null;
  const { architecture } = CLIENT_KINDS[kind];
  const { fits, text } = await judgeLoader(bytes, ARM64_CODES.includes(architecture) ? 'arm64' : 'x64');
  if (!fits) return { boots: false, text: `${baseName(name)}: ${text}` };
  seen?.({ kind: 'judged', text: `${baseName(name)}: ${text}` });
  return null;
}

const ARM64_CODES = [11, 19];

/** What a loader does that firmware started: known by its name, because the client cannot run it. */
async function startedByFirmware(
  file: string,
  kind: 'bios' | 'uefi',
  options: BootOptions,
  fetch: Fetch,
): Promise<StageEnd> {
  const name = baseName(file);
  if (/^bootmgfw.*\.efi$/.test(name)) return bootManagerByTftp(file, kind, options.readStore, fetch);
  if (name === 'abortpxe.com')
    return { boots: false, text: 'abortpxe.com gives back to the BIOS: the next boot device' };
  if (/^pxeboot\.(n12|com)$/.test(name)) {
    if (name === 'pxeboot.com' && !options.press) {
      return { boots: false, text: 'pxeboot.com waits for F12; without the key the next boot device' };
    }
    const manager = `${file.slice(0, file.length - name.length)}bootmgr.exe`;
    const found = await fetch.tftp(manager, {
      options: [
        { name: 'blksize', value: '512' },
        { name: 'tsize', value: '0' },
      ],
      style: 'rom',
    });
    if (found.outcome !== 'complete') return { boots: false, text: `${manager}: ${found.text}` };
    return bootManagerByTftp(manager, 'bios', options.readStore, fetch);
  }
  return { boots: true, text: `${name} is there in full and starts; what it loads is not simulated` };
}

const baseName = (file: string): string => (file.split(/[\\/]/).at(-1) ?? '').toLowerCase();

async function loadByHttp(url: string, options: BootOptions, fetch: Fetch): Promise<StageEnd> {
  const userAgent = 'UefiHttpBoot/1.0';
  if (!url.startsWith('http://')) return { boots: false, text: `${url}: only http is simulated` };
  const head = await fetch.http(url, { method: 'HEAD', userAgent });
  if (head.outcome !== 'size') return { boots: false, text: `${url}: ${head.text}` };
  const image = /\.(iso|img)$/i.test(url);
  const whole = await fetch.http(url, { method: 'GET', userAgent, keep: !image });
  if (whole.outcome !== 'complete') return { boots: false, text: `${url}: ${whole.text}` };
  if (image) return { boots: true, text: 'the image file is there in full: the firmware starts it as RAM disk' };
  const unfit = await refusal(whole, options);
  if (unfit !== null) return unfit;
  if (baseName(url).startsWith('bootmgfw')) return bootManagerByHttp(url, options.readStore, fetch);
  return { boots: true, text: `${baseName(url)} is there in full and starts; what it loads is not simulated` };
}

async function loadByIpxe(file: string, server: string, options: BootOptions, fetch: Fetch): Promise<StageEnd> {
  const get = (place: string): Promise<FetchedFile> =>
    /^https?:/i.test(place)
      ? fetch.http(place, { method: 'GET', userAgent: 'iPXE/1.21.1', keep: true })
      : fetch.tftp(tftpPath(place), { options: CLIENT_KINDS[options.kind].read, style: 'rom', keep: true });
  const first = await get(file);
  if (first.outcome !== 'complete') return { boots: false, text: `${file}: ${first.text}` };
  let script = first.bytes;
  let base = /^[a-z]+:/i.test(file) ? file : `tftp://${server}/${file}`;
  for (let depth = 0; depth < MOST_SCRIPTS; depth++) {
    if (script === null || !isScript(script)) return startedByIpxe({ kind: 'boot', url: file }, options, fetch);
    const chained: { bytes: Uint8Array | null; place: string } = { bytes: null, place: base };
    const end = await runScript(Buffer.from(script).toString('utf8'), ipxeVariables(options, server), {
      async load(url, command) {
        const place = urlAt(url, base);
        const found = await get(place);
        if (found.outcome === 'complete' && command === 'chain') Object.assign(chained, { bytes: found.bytes, place });
        return found.outcome === 'complete';
      },
      prompt: () => options.press,
      said: (text) => options.seen?.({ kind: 'said', text }),
    });
    if (end.kind === 'exit') return { boots: false, text: 'the script ends: the next boot device' };
    if (end.kind === 'failed') return { boots: false, text: `iPXE script ${base}: ${end.text}` };
    if (chained.bytes === null || !isScript(chained.bytes)) return startedByIpxe(end, options, fetch);
    script = chained.bytes;
    base = chained.place;
  }
  return { boots: false, text: `more than ${MOST_SCRIPTS} scripts chain each other` };
}

const MOST_SCRIPTS = 8;
const tftpPath = (place: string): string => place.replace(/^tftp:\/\/[^/]+\//i, '');
const isScript = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, 6)).toString('latin1') === '#!ipxe';

function startedByIpxe(
  end: { readonly kind: 'boot' | 'disk'; readonly url: string; readonly file?: string },
  options: BootOptions,
  fetch: Fetch,
): Promise<StageEnd> | StageEnd {
  const bios = CLIENT_KINDS[options.kind].architecture === 0;
  // A boot manager that iPXE started on UEFI cannot ask for sizes over it, so the model ends there (issue 6: start only).
  const program = end.file ?? (/^https?:/i.test(end.url) ? null : tftpPath(end.url));
  if (bios && end.kind === 'boot' && program !== null) return startedByFirmware(program, 'bios', options, fetch);
  const how = end.kind === 'disk' ? 'attaches it as a disc and starts it' : 'starts it';
  return { boots: true, text: `${baseName(end.url)} is there in full: iPXE ${how}` };
}

function ipxeVariables({ identity, address, kind }: BootOptions, server: string): Record<string, string> {
  const mac = Buffer.from(macBytes(identity.mac))
    .toString('hex')
    .replaceAll(/(..)(?!$)/g, '$1:');
  const hyphens = mac.replaceAll(':', '-');
  const raw = mac.replaceAll(':', '');
  const bios = CLIENT_KINDS[kind].architecture === 0;
  const net = Object.fromEntries(
    ['', 'net0/', 'netX/'].flatMap((prefix) => [
      [`${prefix}mac`, mac],
      [`${prefix}mac:hexhyp`, hyphens],
      [`${prefix}mac:hexraw`, raw],
      [`${prefix}ip`, address],
      [`${prefix}next-server`, server],
    ]),
  );
  return {
    ...net,
    'proxydhcp/next-server': server,
    uuid: identity.guid ?? '',
    platform: bios ? 'pcbios' : 'efi',
    buildarch: bios ? 'i386' : 'x86_64',
  };
}
