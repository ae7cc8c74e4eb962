/** What serving needs of the computer and of whoever started it: clock, interfaces, files that change, where events go. A port. */
import type { SystemInterfaces } from '../../../pxe/responder/index.ts';
import type { TimedEvent } from './live-event.ts';
import type { LiveMachines } from './live-machines.ts';

export interface ServeHost {
  /** Milliseconds since 1970, for the log. */
  now(): number;
  interfaces(): SystemInterfaces;
  /** The variables `LISTEN_*` and the process that they must name: sockets that a service manager opened. */
  readonly service?: { readonly environment: Readonly<Record<string, string | undefined>>; readonly process: number };
  /** Megabits a second of an interface; `null` where it does not say. */
  linkSpeed(interfaceName: string): Promise<number | null>;
  /** Calls when something in the folder may have changed, in bursts; ends with what it returns. */
  watch(folder: string, changed: () => void): () => void;
  /** Calls when the person or the service manager asks for a reload (SIGHUP); ends with what it returns. */
  onReload(reload: () => void): () => void;
  /** Waits; resolves early when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Threads that TFTP may use at most: the cores less one. */
  readonly cores: number;
  /** Told everything that happens, with the computers; the map goes on changing. */
  told(event: TimedEvent, machines: LiveMachines): void;
  /** Datagrams that the system dropped since its start, since nobody took them in time; `null` where it does not say. */
  droppedDatagrams(): Promise<number | null>;
  /** Delay of the main thread's event loop since the last call in seconds, 99 of 100 below it. */
  eventLoopDelay(): number;
  /** A folder for files of this run alone; removed at the end. */
  temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }>;
}
