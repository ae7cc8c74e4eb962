/**
 * Which boot of which computer an event belongs to: one id joins the DHCP questions, the TFTP and the HTTP transfers of one
 * start. Events name the computer by its path or, where they cannot, by the address that it used last.
 */
import type { ServeEvent } from './live-event.ts';

export interface Boots {
  /** The id for an event at a time (milliseconds); `null` where no computer is known. */
  idOf(event: ServeEvent, at: number): string | null;
  /** The client that used an address last, if it did so a short time ago. */
  clientAt(address: string, at: number): string | null;
}

interface Known {
  id: string;
  seen: number;
  /** The boot image went out: the next question is another start. */
  over: boolean;
}

/** Silence after which a question starts another boot; firmware asks for up to a minute, boot managers load for longer. */
const silence = 120_000;
const addressHolds = 30 * 60_000;

export interface BootLimits {
  /** Computers that are remembered; the one that was silent longest goes first. */
  readonly computers: number;
}

/** `prefix` makes ids of different runs differ, such as the time of the start. */
export function openBoots(prefix: string, limits: BootLimits = { computers: 4096 }): Boots {
  const known = new Map<string, Known>();
  const addresses = new Map<string, { readonly client: string; readonly at: number }>();
  let last = 0;

  const remember = <T>(map: Map<string, T>, key: string, value: T): void => {
    map.delete(key);
    map.set(key, value);
    if (map.size > limits.computers) map.delete(map.keys().next().value as string);
  };
  const clientAt: Boots['clientAt'] = (address, at) => {
    const found = addresses.get(address);
    return found !== undefined && at - found.at < addressHolds ? found.client : null;
  };

  return {
    clientAt,
    idOf(event, at) {
      if (event.kind === 'rival' || event.kind === 'notice') return null;
      const client = event.client ?? (event.address === null ? null : clientAt(event.address, at));
      if (client === null) return null;
      if (event.address !== null) remember(addresses, event.address, { client, at });
      const before = known.get(client);
      const another = before === undefined || (event.kind === 'asked' && (before.over || at - before.seen > silence));
      const id = another ? `${prefix}-${++last}` : before.id;
      const over = event.kind === 'asked' ? false : (before?.over ?? false) || ended(event);
      remember(known, client, { id, seen: at, over });
      return id;
    },
  };
}

function ended(event: ServeEvent): boolean {
  return event.kind === 'transfer' && event.outcome === 'delivered' && isImage(event.fileClass);
}

/** Files whose delivery ends the part of a boot that this server sees. */
export function isImage(fileClass: string): boolean {
  return fileClass === 'bootImage' || fileClass === 'imageFile';
}
