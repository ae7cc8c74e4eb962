/** Requests and choices for the tests of pxe/boot. */
import {
  BROADCAST_FLAG,
  clientArchitectures,
  type DhcpMessage,
  decodeMessage,
  encodeMessage,
  machineIdentifier,
  maximumMessageSize,
  messageTypeOption,
  option,
  type RawOption,
  vendorClass,
} from '../../../pxe/dhcp/index.ts';
import {
  type BootChoice,
  type BootRequest,
  type BootSettings,
  classify,
  type Received,
} from '../../../pxe/boot/index.ts';
import { chaddrOf, dhcpMessage } from '../../support/dhcp-message.ts';

export const OWN = '10.77.0.1';
export const GUID = '00112233-4455-6677-8899-aabbccddeeff';

export const settings: BootSettings = { mode: 'proxy', relays: new Set(['10.1.0.1']), ignoredMacs: new Set() };

export interface Wanted extends Partial<Omit<Received, 'message'>> {
  readonly type?: number;
  readonly arch?: number;
  readonly http?: boolean;
  /** Replace options of the same code; `null` data leaves the option out. */
  readonly options?: ReadonlyArray<RawOption | { readonly code: number; readonly data: null }>;
  readonly header?: Partial<DhcpMessage>;
}

/** A datagram that came in, over the bytes of a message. */
export function received(wanted: Wanted = {}): Received {
  const { type = 1, arch = 7, http = false, options = [], header = {}, port = 67 } = wanted;
  const name = `${http ? 'HTTPClient' : 'PXEClient'}:Arch:${String(arch).padStart(5, '0')}:UNDI:003016`;
  const own = [
    option(messageTypeOption, type),
    option(maximumMessageSize, 1472),
    option(vendorClass, name),
    option(clientArchitectures, [arch]),
    option(machineIdentifier, GUID),
  ].filter(({ code }) => options.every((other) => other.code !== code));
  const message = dhcpMessage({
    xid: 0xcafe0001,
    secs: 4,
    chaddr: chaddrOf('525400aa0001'),
    options: [...own, ...options.flatMap((given) => (given.data === null ? [] : [given]))],
    ...header,
  });
  const source =
    wanted.source ?? (port === 67 ? { address: '0.0.0.0', port: 68 } : { address: '10.77.0.9', port: 4011 });
  return { message: decodeMessage(encodeMessage(message)), port, source, ownAddress: wanted.ownAddress ?? OWN };
}

/** The same as a request; fails when it is none. */
export function request(wanted: Wanted = {}, own: BootSettings = settings): BootRequest {
  const found = classify(received(wanted), own);
  if (found.kind === 'ignored') throw new Error(`${found.reason}: ${found.text}`);
  return found.request;
}

/** The second question, on 4011. */
export const second = (wanted: Wanted = {}): Wanted => ({
  type: 3,
  port: 4011,
  ...wanted,
  header: { ciaddr: '10.77.0.9', ...wanted.header },
});

export const ipxeClass: RawOption = { code: 77, data: new TextEncoder().encode('iPXE') };

export const everyFile = {
  'pxeboot.n12': 'Boot\\pxeboot.n12',
  'pxeboot.com': 'Boot\\pxeboot.com',
  'abortpxe.com': 'Boot\\abortpxe.com',
  'bootmgfw.efi': 'Boot\\bootmgfw.efi',
  ipxe: 'undionly.kpxe',
  imageUrl: 'http://10.77.0.1/image.iso',
  loaderUrl: 'http://10.77.0.1/bootmgfw.efi',
  bootScript: 'http://10.77.0.1/boot.ipxe',
  promptScript: 'http://10.77.0.1/prompt.ipxe',
  exitScript: 'http://10.77.0.1/exit.ipxe',
} as const;

export const menu = { prompt: 'Press F8 to install', timeout: 10, localText: 'Local disk', bootText: 'Install' };

export const choice = (changes: Partial<BootChoice> = {}): BootChoice => ({
  purpose: 'required',
  files: everyFile,
  menu: null,
  preferLoaderUrl: false,
  fastReturn: false,
  why: { code: 'DEPLOYED', text: 'Install here' },
  ...changes,
});

export const BROADCAST = BROADCAST_FLAG;
