/** Where all events of a run meet: each gets its time and its boot, and goes to the log, the table and the sums. */
import type { LogFields, LogLevel } from '../../core/index.ts';
import { openBoots } from './live-boots.ts';
import type { ServeEvent } from './live-event.ts';
import { type LiveMachine, type LiveMachines, noteEvent } from './live-machines.ts';
import { openTallies, type Tallies } from './operation-tallies.ts';
import type { ServeHost } from './serve-host.ts';

export interface ServeHub {
  /** Milliseconds since 1970. */
  now(): number;
  emit(event: ServeEvent): void;
  notice(level: LogLevel, code: string, text: string, fields?: LogFields): void;
  readonly machines: LiveMachines;
  readonly tallies: Tallies;
}

export function openHub(host: Pick<ServeHost, 'now' | 'told'>): ServeHub {
  const boots = openBoots(Math.floor(host.now() / 1000).toString(36));
  const tallies = openTallies();
  const machines = new Map<string, LiveMachine>();

  const emit = (event: ServeEvent): void => {
    const at = host.now();
    const boot = boots.idOf(event, at);
    const own = 'client' in event ? event.client : null;
    const client = own ?? ('address' in event && event.address !== null ? boots.clientAt(event.address, at) : null);
    const known = 'client' in event ? { ...event, client } : event;
    tallies.add(known);
    noteEvent(machines, { at, event: known, boot }, client);
    host.told({ at, event: known, boot }, machines);
  };
  return {
    now: () => host.now(),
    emit,
    notice: (level, code, text, fields = {}) => emit({ kind: 'notice', level, code, text, fields }),
    machines,
    tallies,
  };
}
