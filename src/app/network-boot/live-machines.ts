/** The computers of the live table, made of events: what each does, how fast, or why it got nothing. */
import type { ServeEvent, TimedEvent, TransferEvent } from './live-event.ts';
import { isImage } from './live-boots.ts';

export type MachineState = 'asking' | 'offered' | 'loading' | 'booted' | 'refused' | 'broken';

export interface LiveMachine {
  readonly client: string;
  readonly address: string | null;
  readonly state: MachineState;
  /** The last file, without the part of its path that names image and client. */
  readonly file: string | null;
  readonly bytes: number;
  readonly size: number;
  /** Bytes in a second, of the transfer in work or the last one. */
  readonly rate: number;
  readonly reason: string;
  readonly at: number;
}

export type LiveMachines = ReadonlyMap<string, LiveMachine>;

/** Computers that stay in the table; the one that was silent longest goes first. */
export const LIVE_LIMIT = 1000;

/**
 * Takes an event into the table; `client` is whom it is about, by path or by address. In place: hundreds of computers that load dozens
 * of small files each make tens of thousands of events.
 */
export function noteEvent(machines: Map<string, LiveMachine>, { at, event }: TimedEvent, client: string | null): void {
  if (client === null || event.kind === 'rival' || event.kind === 'notice') return;
  const after = next(machines.get(client) ?? blank(client, at), event, at);
  machines.delete(client);
  machines.set(client, after);
  if (machines.size > LIVE_LIMIT) machines.delete(machines.keys().next().value as string);
}

function blank(client: string, at: number): LiveMachine {
  return { client, address: null, state: 'asking', file: null, bytes: 0, size: 0, rate: 0, reason: '', at };
}

function next(machine: LiveMachine, event: Exclude<ServeEvent, { kind: 'rival' | 'notice' }>, at: number): LiveMachine {
  const address = event.address ?? machine.address;
  if (event.kind === 'transfer') return moved({ ...machine, address, at }, event);
  if (event.kind === 'refused') {
    // A boot manager asks for many files that need not be there: what it does otherwise stays in the table.
    return machine.state === 'asking' ? { ...machine, address, at, reason: event.reason } : machine;
  }
  if (event.reason === 'waiting') return { ...machine, address, at };
  const state = event.answered ? 'offered' : 'refused';
  const reason = event.text === '' ? event.reason : event.text;
  return { ...machine, address, at, state, file: null, bytes: 0, size: 0, rate: 0, reason };
}

function moved(machine: LiveMachine, event: TransferEvent): LiveMachine {
  const { bytes, size, seconds, phase, outcome } = event;
  const rate = seconds > 0 ? bytes / seconds : 0;
  const shown = { ...machine, file: shortFile(event.file), bytes, size, rate };
  if (phase !== 'finished') return { ...shown, state: 'loading', reason: '' };
  if (outcome === 'delivered' || outcome === 'unconfirmed') {
    return { ...shown, state: isImage(event.fileClass) ? 'booted' : 'loading', reason: '' };
  }
  // Firmware asks for the size and breaks off: the transfer itself comes next (network facts, section 7).
  if (outcome === 'probed') return machine;
  return { ...shown, state: 'broken', reason: outcome ?? '' };
}

/** `boot.wim` of `b/3f2a91cc/525400123456/boot.wim`. */
export function shortFile(route: string): string {
  return route.replace(/^b\/[^/]+\/[^/]+\//, '');
}
