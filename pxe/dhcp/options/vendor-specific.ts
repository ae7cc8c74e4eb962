/** Option 43 as PXE uses it (PXE 2.1 section 2.2.3 and 2.4; bytes in boot-standards 2.3): menu, prompt, boot servers. */
import { decodeLatin1, encodeLatin1, viewOf } from '../../../images/bytes/index.ts';
import { addressNumber, addressText } from '../address.ts';
import type { RawOption } from '../message.ts';
import { type DhcpOption, joinInner, refuseValue, splitInner } from './option.ts';

/** Bits of `discoveryControl`. */
export const discovery = { noBroadcast: 1, noMulticast: 2, listedOnly: 4, bootThisFile: 8 } as const;

export interface BootServers {
  readonly type: number;
  readonly addresses: readonly string[];
}
export interface MenuItem {
  /** Boot server type; 0 boots from the next local device. */
  readonly type: number;
  readonly text: string;
}
export interface MenuPrompt {
  /** 0 takes the first item at once, 255 waits for ever, else seconds. */
  readonly timeout: number;
  readonly text: string;
}
export interface BootItem {
  readonly type: number;
  readonly layer: number;
}
export interface PxeOptions {
  readonly discoveryControl?: number;
  readonly bootServers?: readonly BootServers[];
  readonly menu?: readonly MenuItem[];
  readonly prompt?: MenuPrompt;
  /** In a request after a menu; the reply must repeat it. */
  readonly bootItem?: BootItem;
  /** Sub-options that have no field here, as they are. */
  readonly others?: readonly RawOption[];
}

const name = 'PXE options (43)';
const CONTROL = 6;
const SERVERS = 8;
const MENU = 9;
const PROMPT = 10;
const ITEM = 71;

export const pxeOptions: DhcpOption<PxeOptions> = { code: 43, name, decode, encode };

function decode(data: Uint8Array): PxeOptions {
  let found: PxeOptions = {};
  const others: RawOption[] = [];
  for (const part of splitInner(data, name, true)) {
    const { code, data: value } = part;
    if (code === CONTROL) found = { ...found, discoveryControl: control(value) };
    else if (code === SERVERS) found = { ...found, bootServers: servers(value) };
    else if (code === MENU) found = { ...found, menu: menu(value) };
    else if (code === PROMPT) found = { ...found, prompt: prompt(value) };
    else if (code === ITEM) found = { ...found, bootItem: item(value) };
    else others.push(part);
  }
  return others.length === 0 ? found : { ...found, others };
}

function control(value: Uint8Array): number {
  if (value.length !== 1) refuseValue(name, 'one byte in sub-option 6', value);
  return value[0] as number;
}

function item(value: Uint8Array): BootItem {
  if (value.length !== 4) refuseValue(name, 'type and layer in sub-option 71', value);
  const view = viewOf(value);
  return { type: view.getUint16(0), layer: view.getUint16(2) };
}

function prompt(value: Uint8Array): MenuPrompt {
  if (value.length === 0) refuseValue(name, 'time-out and text in sub-option 10', value);
  return { timeout: value[0] as number, text: decodeLatin1(value.subarray(1)) };
}

function servers(value: Uint8Array): BootServers[] {
  const found: BootServers[] = [];
  const view = viewOf(value);
  let at = 0;
  while (at < value.length) {
    const count = value[at + 2];
    if (count === undefined || at + 3 + count * 4 > value.length)
      refuseValue(name, 'whole servers in sub-option 8', value);
    const first = at + 3;
    const addresses = Array.from({ length: count }, (_, index) => addressText(view.getUint32(first + index * 4)));
    found.push({ type: view.getUint16(at), addresses });
    at = first + count * 4;
  }
  return found;
}

function menu(value: Uint8Array): MenuItem[] {
  const found: MenuItem[] = [];
  let at = 0;
  while (at < value.length) {
    const length = value[at + 2];
    if (length === undefined || at + 3 + length > value.length) refuseValue(name, 'whole items in sub-option 9', value);
    const type = viewOf(value).getUint16(at);
    found.push({ type, text: decodeLatin1(value.subarray(at + 3, at + 3 + length)) });
    at += 3 + length;
  }
  return found;
}

const u16 = (value: number): number[] => [value >> 8, value & 255];
const ip = (text: string): number[] => [...u16(addressNumber(text) >>> 16), ...u16(addressNumber(text) & 0xffff)];

function encode(value: PxeOptions): Uint8Array {
  const parts: RawOption[] = [];
  const add = (code: number, bytes: readonly number[]) => parts.push({ code, data: Uint8Array.from(bytes) });
  if (value.discoveryControl !== undefined) add(CONTROL, [value.discoveryControl]);
  if (value.prompt) add(PROMPT, [value.prompt.timeout, ...encodeLatin1(value.prompt.text)]);
  if (value.bootServers) {
    const rows = value.bootServers.flatMap(({ type, addresses }) => [
      ...u16(type),
      addresses.length,
      ...addresses.flatMap(ip),
    ]);
    add(SERVERS, rows);
  }
  if (value.menu)
    add(
      MENU,
      value.menu.flatMap(({ type, text }) => [...u16(type), text.length, ...encodeLatin1(text)]),
    );
  if (value.bootItem) add(ITEM, [...u16(value.bootItem.type), ...u16(value.bootItem.layer)]);
  return Uint8Array.from([...joinInner([...parts, ...(value.others ?? [])]), 255]);
}
