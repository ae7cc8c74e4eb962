/** What the servers tell, as events of serving. */
import type { BootNote, Rival } from '../../../pxe/responder/index.ts';
import type { UsedEvent } from '../../../pxe/content/index.ts';
import type { LogFields } from '../../core/index.ts';
import { clientPathKey } from './identity-path.ts';
import type { AskedEvent, RefusedEvent, RivalEvent, TransferEvent, TransferProtocol } from './live-event.ts';

/** Of the DHCP side; `null` for datagrams of others than boot clients. */
export function askedOf(note: BootNote): AskedEvent | null {
  const { client, reason, text, stage, file, source, left } = note;
  if (client === null && note.mac === null) return null;
  if (reason === 'notBootClient' || reason === 'notRequest') return null;
  const mac = client?.mac ?? note.mac;
  const guid = client?.guid ?? null;
  return {
    kind: 'asked',
    client: mac === null && guid === null ? null : clientPathKey({ mac, guid }),
    address: source === '0.0.0.0' || source === note.relay ? null : source,
    guid,
    firmware: client?.firmware ?? null,
    architecture: client?.architecture.name ?? null,
    stage: stage ?? 'other',
    answered: file !== null || answers.has(reason),
    reason,
    text,
    file,
    relay: note.relay === '0.0.0.0' ? null : note.relay,
    left,
  };
}

/** Reasons that come with a reply which names no file. */
const answers: ReadonlySet<string> = new Set(['offered', 'redirected', 'menuOffered', 'acknowledged']);

export function transferEvent(use: UsedEvent & Partial<TftpFigures>): TransferEvent {
  const { kind, protocol, client, address, route, fileClass, bytes, size, seconds, outcome } = use;
  return {
    kind: 'transfer',
    phase: kind,
    protocol,
    client,
    address,
    file: route,
    fileClass,
    bytes,
    size,
    seconds,
    outcome,
    detail: detailOf(use),
  };
}

/** What TFTP says beyond what both say, and HTTP's own words. */
function detailOf(use: UsedEvent & Partial<TftpFigures>): LogFields {
  const { protocol, detail, complete, blockSize, window, repeated } = use;
  const words = detail === '' ? {} : { detail };
  if (protocol === 'http') return { complete, ...words };
  return { blockSize: blockSize ?? null, window: window ?? null, repeated: repeated ?? null, ...words };
}

interface TftpFigures {
  readonly blockSize: number;
  readonly window: number;
  readonly repeated: number;
}

export function refusedEvent(
  protocol: TransferProtocol,
  { address, name, reason }: { readonly address: string; readonly name: string; readonly reason: string },
): RefusedEvent {
  return { kind: 'refused', protocol, client: null, address, file: name, reason };
}

/** An ordinary DHCP server is as it should be: no event. */
export function rivalEvent({ kind, source, text }: Rival): RivalEvent | null {
  return kind === 'address' ? null : { kind: 'rival', address: source, text };
}
