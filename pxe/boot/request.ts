/** A datagram as the question that it is: which stage of the exchange, may it be answered, what its relay says. */
import { FormatError } from '../../src/core/index.ts';
import {
  type DhcpMessage,
  messageType,
  messageTypeOption,
  NO_ADDRESS,
  pxeOptions,
  rawOption,
  readOption,
  relayAgent,
  serverIdentifier,
  serverOverride,
} from '../dhcp/index.ts';
import { type BootClient, identify } from './client.ts';
import type { Reason } from './reasons.ts';

export interface Received {
  readonly message: DhcpMessage;
  /** The port of ours that it came to. */
  readonly port: 67 | 4011;
  readonly source: { readonly address: string; readonly port: number };
  /** Our address on the interface that it came in by. */
  readonly ownAddress: string;
}

export interface BootSettings {
  /**
   * `bootServerOnly` beside a DHCP server on the same host, which sends option 60 (boot-standards 2.8). `full` gives addresses,
   * too: then the request for an address is answered with the boot file as well.
   */
  readonly mode: 'proxy' | 'bootServerOnly' | 'full';
  /** `giaddr` of relays that are answered. */
  readonly relays: Pick<ReadonlySet<string>, 'has'>;
  /** Lower-case with colons. */
  readonly ignoredMacs: ReadonlySet<string>;
}

/** The questions that are answered; `address` in mode `full` alone. */
export type Stage = 'discover' | 'address' | 'bootServer' | 'inform';

export interface BootRequest extends Received {
  readonly stage: Stage;
  readonly client: BootClient;
  /** Option 54 of replies: our address, or what the relay wants there (RFC 5107). */
  readonly serverIdentifier: string;
  /** Option 43.71: the menu item that the user chose. */
  readonly bootItem: { readonly type: number; readonly layer: number } | null;
}

export type Classified =
  | { readonly kind: 'request'; readonly request: BootRequest }
  | { readonly kind: 'ignored'; readonly reason: Reason; readonly text: string };

const ignored = (reason: Reason, text: string): Classified => ({ kind: 'ignored', reason, text });

/** What a datagram asks, or why it is left alone. Throws nothing. */
export function classify(received: Received, settings: BootSettings): Classified {
  const identified = identify(received.message);
  if (identified.kind === 'ignored') return identified;
  try {
    return classifyBootClient(received, identified.client, settings);
  } catch (error) {
    if (error instanceof FormatError) return ignored('malformed', error.message);
    throw error;
  }
}

function classifyBootClient(received: Received, identified: BootClient, settings: BootSettings): Classified {
  const { message, port, source, ownAddress } = received;
  const type = readOption(message, messageTypeOption);
  if (type === undefined) return ignored('noMessageType', 'no option 53');
  const full = settings.mode === 'full';
  if (type === messageType.request && port === 67 && !full) return ignored('addressRequest', 'REQUEST on port 67');
  const stage = stageOf(type, port, identified);
  if (stage === undefined)
    return ignored('messageType', `message type ${type} on port ${port}, ${identified.vendorClass}`);
  if (settings.mode === 'bootServerOnly' && port === 67) return ignored('notOnThisPort', 'port 67');
  if (identified.mac !== null && settings.ignoredMacs.has(identified.mac)) return ignored('macIgnored', identified.mac);
  const { ciaddr, giaddr } = message;
  if (giaddr !== NO_ADDRESS && !settings.relays.has(giaddr)) return ignored('relayNotAllowed', `giaddr ${giaddr}`);
  // A reply goes to the sender alone: nobody can have it sent to somebody else.
  if (giaddr === NO_ADDRESS && ciaddr !== NO_ADDRESS && ciaddr !== source.address) {
    return ignored('sourceMismatch', `ciaddr ${ciaddr}, sent from ${source.address}`);
  }
  const identifier = serverOverride(readOption(message, relayAgent) ?? []) ?? ownAddress;
  const chosen = readOption(message, serverIdentifier);
  if (chosen !== undefined && chosen !== ownAddress && chosen !== identifier) return ignored('otherServer', chosen);
  const { bootItem, client } = bootItemOf(message, identified);
  // Field by field: a spread costs a tenth of an answer.
  const request = { message, port, source, ownAddress, stage, client, serverIdentifier: identifier, bootItem };
  return { kind: 'request', request };
}

/** HTTP Boot has no second question: all is in the offer (boot-standards 2.6). */
function stageOf(type: number, port: 67 | 4011, { vendorClass }: BootClient): Stage | undefined {
  if (type === messageType.discover && port === 67) return 'discover';
  // Modes without addresses have refused it.
  if (type === messageType.request && port === 67) return 'address';
  if (vendorClass === 'HTTPClient') return undefined;
  if (type === messageType.request && port === 4011) return 'bootServer';
  return type === messageType.inform ? 'inform' : undefined;
}

function bootItemOf(message: DhcpMessage, client: BootClient): Pick<BootRequest, 'bootItem' | 'client'> {
  if (rawOption(message, pxeOptions.code) === undefined) return { bootItem: null, client };
  try {
    return { bootItem: readOption(message, pxeOptions)?.bootItem ?? null, client };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { bootItem: null, client: { ...client, quirks: [...client.quirks, 'malformedVendorOption'] } };
  }
}
