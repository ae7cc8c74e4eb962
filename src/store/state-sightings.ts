/** Sightings that wait to be written together, one a client: a stranger who makes up addresses costs one transaction in a while. */
import type { SeenClient } from './state-types.ts';

/** Milliseconds from the first sighting to the writing of all. */
const WAIT = 250;

export interface WaitingSightings {
  readonly add: (client: SeenClient) => void;
  readonly write: () => void;
  /** Writes for the last time. */
  readonly close: () => void;
}

/** `most` wait at a time; above it new clients are left out until the next writing. What fails is tried again with the next one. */
export function waitingSightings(most: number, store: (clients: readonly SeenClient[]) => void): WaitingSightings {
  const waiting = new Map<string, SeenClient>();
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return;
    store([...waiting.values()]);
    waiting.clear();
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
    write,
    close: write,
  };
}
