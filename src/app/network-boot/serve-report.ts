/** What a run says when it is over. */
import type { ServeEvent } from './live-event.ts';
import { isImage } from './live-boots.ts';

export interface ServeReport {
  readonly seconds: number;
  readonly ended: 'stopped' | 'time';
  readonly computers: number;
  /** Computers that got a boot image whole. */
  readonly booted: number;
  readonly transfers: number;
  readonly bytes: number;
}

export interface Sums {
  add(event: ServeEvent): void;
  report(): Pick<ServeReport, 'computers' | 'booted' | 'transfers' | 'bytes'>;
}

/** Computers that are remembered for the report. */
const rememberedComputers = 100_000;

export function openSums(): Sums {
  const computers = new Set<string>();
  const booted = new Set<string>();
  let transfers = 0;
  let bytes = 0;
  return {
    add(event) {
      if (event.kind !== 'asked' && event.kind !== 'transfer') return;
      const { client } = event;
      if (client !== null && computers.size < rememberedComputers) computers.add(client);
      if (event.kind === 'asked' || event.phase !== 'finished') return;
      transfers++;
      bytes += event.bytes;
      if (client !== null && isImage(event.fileClass) && event.outcome === 'delivered') booted.add(client);
    },
    report: () => ({ computers: computers.size, booted: booted.size, transfers, bytes }),
  };
}
