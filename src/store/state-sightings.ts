/** Sightings and addresses that wait to be written together, one a client: a stranger who makes up addresses costs one transaction in a while. */
import type { SeenClient } from './state-types.ts';

/** Milliseconds from the first sighting to the writing of all. */
const WAIT = 250;

export type Store = (
  clients: readonly SeenClient[],
  addresses: readonly (readonly [client: string, address: string])[],
) => void;

export interface WaitingSightings {
  readonly add: (client: SeenClient) => void;
  readonly locate: (client: string, address: string) => void;
  readonly write: () => void;
  /** Writes for the last time. */
  readonly close: () => void;
}

/** `most` wait at a time; above it new clients are left out until the next writing. What fails is tried again with the next one. */
export function waitingSightings(most: number, store: Store): WaitingSightings {
  const waiting = new Map<string, SeenClient>();
  const addresses = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0 && addresses.size === 0) return;
    store([...waiting.values()], [...addresses]);
    waiting.clear();
    addresses.clear();
  };
  const later = (): void => {
    timer = setTimeout(() => {
      try {
        write();
      } catch {
        // A full disk is told by the next write that must last; who was seen is worth no crash.
        timer = undefined;
      }
    }, WAIT);
    timer.unref();
  };
  return {
    add(client) {
      if (waiting.size >= most && !waiting.has(client.client)) return;
      waiting.set(client.client, client);
      if (timer === undefined) later();
    },
    locate(client, address) {
      if (addresses.size >= most && !addresses.has(client)) return;
      addresses.set(client, address);
      if (timer === undefined) later();
    },
    write,
    close: write,
  };
}
