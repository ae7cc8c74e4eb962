/**
 * The DHCP part of a client as a reducer: (state, event) -> (state, effects). It asks, gathers offers, chooses as its firmware does, and asks
 * the boot server. No address is ever requested: the computer that plays the client has one, and a pool loses none by it.
 */
import { messageType, messageTypeOption, NO_ADDRESS, readOption, type DhcpMessage } from '../dhcp/index.ts';
import type { ClientProfile } from './kinds.ts';
import { bootServerMessage, type ClientIdentity, datagramOf, discoverMessage } from './messages.ts';
import { nextOf, type Selection, selectOffers } from './select.ts';
import { type Offer, ownAddressOffer, readOffer, urlHost } from './offers.ts';

export interface ExchangeOptions {
  readonly profile: ClientProfile;
  readonly identity: ClientIdentity;
  /** 32 bits that tell this exchange from others. */
  readonly xid: number;
  /** The address that the client has: `ciaddr` on 4011. */
  readonly address: string;
  /** The first question names `address`, too: the answer then comes to the port that asked. Else it is broadcast. */
  readonly addressed: boolean;
  /** A relay's address in the first question. */
  readonly giaddr?: string;
  /** Without an offer of an address go on: it has one. */
  readonly needsAddress: boolean;
  /** Takes the item of a menu that boots, as a user would by a key. */
  readonly press: boolean;
  /** Factor of all waiting times. */
  readonly scale: number;
}

export type ExchangeResult =
  | { readonly kind: 'file'; readonly server: string; readonly file: string; readonly selection: Selection }
  /** The next boot device. */
  | { readonly kind: 'local'; readonly text: string }
  | { readonly kind: 'nothing'; readonly text: string };

export type ExchangeEvent =
  | { readonly kind: 'start'; readonly at: number }
  | {
      readonly kind: 'message';
      readonly message: DhcpMessage;
      readonly source: string;
      readonly port: number;
      readonly at: number;
    }
  | { readonly kind: 'tick'; readonly at: number };

export type ExchangeEffect =
  | { readonly kind: 'discover'; readonly datagram: Uint8Array }
  | { readonly kind: 'ask'; readonly server: string; readonly datagram: Uint8Array }
  | { readonly kind: 'heard'; readonly offer: Offer; readonly from: 'offer' | 'bootServer' }
  | { readonly kind: 'chose'; readonly selection: Selection }
  | { readonly kind: 'end'; readonly result: ExchangeResult };

export interface ExchangeState {
  readonly phase: 'discovering' | 'asking' | 'done';
  /** Questions of this phase that went unanswered. */
  readonly attempt: number;
  readonly deadline: number;
  readonly offers: readonly Offer[];
  readonly selection: Selection | null;
  /** The menu item that was chosen. */
  readonly item: { readonly type: number; readonly layer: number } | null;
}

export interface Step {
  readonly state: ExchangeState;
  readonly effects: readonly ExchangeEffect[];
}

export const newExchange: ExchangeState = {
  phase: 'discovering',
  attempt: 0,
  deadline: 0,
  offers: [],
  selection: null,
  item: null,
};

/** As many as EDK2 keeps. */
const MOST_OFFERS = 16;
const LOCAL_ITEM = 0;
const FOR_EVER = 255;

/** One step. Throws nothing for what comes from the network. */
export function advance(state: ExchangeState, event: ExchangeEvent, options: ExchangeOptions): Step {
  if (state.phase === 'done') return { state, effects: [] };
  if (event.kind === 'start') return discover(state, event.at, options);
  if (event.kind === 'message') return onMessage(state, event, options);
  if (event.at < state.deadline) return { state, effects: [] };
  return state.phase === 'discovering' ? onSilence(state, event.at, options) : onNoReply(state, event.at, options);
}

function discover(state: ExchangeState, at: number, options: ExchangeOptions): Step {
  const { profile, identity, xid, scale, address, addressed, giaddr } = options;
  const wait = (profile.discover[state.attempt] ?? 0) * scale;
  const question = { profile, identity, xid, ciaddr: addressed ? address : NO_ADDRESS, ...(giaddr ? { giaddr } : {}) };
  return {
    state: { ...state, deadline: at + wait },
    effects: [{ kind: 'discover', datagram: datagramOf(discoverMessage(question)) }],
  };
}

function onMessage(
  state: ExchangeState,
  event: Extract<ExchangeEvent, { kind: 'message' }>,
  options: ExchangeOptions,
): Step {
  const { message, source, port } = event;
  const same = message.op === 2 && message.xid === options.xid;
  if (!same) return { state, effects: [] };
  const offer = readOffer(message, source);
  if (state.phase === 'asking') return onReply(state, offer, port, options);
  const type = typeOf(message);
  if ((type !== messageType.offer && type !== null) || state.offers.length >= MOST_OFFERS)
    return { state, effects: [] };
  const offers = [...state.offers, offer];
  const heard: ExchangeEffect = { kind: 'heard', offer, from: 'offer' };
  // iPXE goes on as soon as it has both; EDK2 waits its time out.
  const selection = choose({ ...state, offers }, options);
  if (options.profile.chooser === 'ipxe' && selection.boot?.proxy === true) {
    const step = act({ ...state, offers }, selection, event.at, options);
    return { state: step.state, effects: [heard, ...step.effects] };
  }
  return { state: { ...state, offers }, effects: [heard] };
}

function onSilence(state: ExchangeState, at: number, options: ExchangeOptions): Step {
  const selection = choose(state, options);
  if (selection.next !== 'nothing') return act(state, selection, at, options);
  if (state.attempt + 1 < options.profile.discover.length) {
    return discover({ ...state, attempt: state.attempt + 1 }, at, options);
  }
  const text = state.offers.length === 0 ? 'nobody answered' : selection.rule;
  return end(state, { kind: 'nothing', text }, []);
}

/** The computer's own address stands in for an offer of one, where that is allowed. */
function choose({ offers }: ExchangeState, { profile, needsAddress, address }: ExchangeOptions): Selection {
  if (needsAddress || offers.some(({ proxy }) => !proxy)) return selectOffers(profile.chooser, offers);
  return selectOffers(profile.chooser, [ownAddressOffer(address), ...offers]);
}

function act(state: ExchangeState, selection: Selection, at: number, options: ExchangeOptions): Step {
  const chose: ExchangeEffect = { kind: 'chose', selection };
  const chosen = { ...state, selection };
  const { boot } = selection;
  if (boot === null) return end(chosen, { kind: 'nothing', text: selection.rule }, [chose]);
  if (selection.next === 'file') return end(chosen, fileOf(boot, selection), [chose]);
  if (selection.next === 'bootServer') return ask({ ...chosen, phase: 'asking', attempt: 0 }, at, options, [chose]);
  const menu = boot.pxe?.menu ?? [];
  // Without a key the first item is taken when the time is over, at once where that is 0 (PXE 2.1, sub-option 10).
  const item = options.press ? menu.find(({ type }) => type !== LOCAL_ITEM) : menu[0];
  if (item === undefined || item.type === LOCAL_ITEM || (boot.pxe?.prompt?.timeout === FOR_EVER && !options.press)) {
    const text = `the menu ${JSON.stringify(boot.pxe?.prompt?.text ?? '')} ends without a key: the next boot device`;
    return end(chosen, { kind: 'local', text }, [chose]);
  }
  return ask({ ...chosen, phase: 'asking', attempt: 0, item: { type: item.type, layer: 0 } }, at, options, [chose]);
}

function ask(state: ExchangeState, at: number, options: ExchangeOptions, before: readonly ExchangeEffect[]): Step {
  const { profile, identity, xid, address, scale } = options;
  const server = state.selection?.boot?.server ?? NO_ADDRESS;
  const named = state.selection?.boot?.identifier ?? server;
  const found = bootServerMessage({ profile, identity, xid, ciaddr: address }, named, state.item ?? undefined);
  return {
    state: { ...state, deadline: at + (profile.bootServer[state.attempt] ?? 0) * scale },
    effects: [...before, { kind: 'ask', server, datagram: datagramOf(found) }],
  };
}

function onReply(state: ExchangeState, offer: Offer, port: number, { profile }: ExchangeOptions): Step {
  const heard: ExchangeEffect = { kind: 'heard', offer, from: 'bootServer' };
  // iPXE takes such replies from port 4011 alone; ports of tests stand for it.
  if (profile.ipxe && port === 67) return { state, effects: [heard] };
  const named = offer.file !== '' && (state.item !== null || offer.class !== 'pxe10' || nextOf(offer) === 'file');
  if (!named || state.selection === null) return { state, effects: [heard] };
  return end(state, fileOf(offer, { ...state.selection, boot: offer }), [heard]);
}

function onNoReply(state: ExchangeState, at: number, options: ExchangeOptions): Step {
  if (state.attempt + 1 < options.profile.bootServer.length) {
    return ask({ ...state, attempt: state.attempt + 1 }, at, options, []);
  }
  const server = state.selection?.boot?.server ?? NO_ADDRESS;
  return end(state, { kind: 'nothing', text: `the boot server ${server} did not name a file on port 4011` }, []);
}

function fileOf(boot: Offer, selection: Selection): ExchangeResult {
  const { server, file } = boot;
  return { kind: 'file', server: urlHost(file)?.host ?? server, file, selection };
}

function end(state: ExchangeState, result: ExchangeResult, before: readonly ExchangeEffect[]): Step {
  return { state: { ...state, phase: 'done', deadline: Infinity }, effects: [...before, { kind: 'end', result }] };
}

function typeOf(message: DhcpMessage): number | null {
  try {
    return readOption(message, messageTypeOption) ?? null;
  } catch {
    return null;
  }
}
