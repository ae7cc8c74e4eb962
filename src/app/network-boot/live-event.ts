/** What happens while osdkit serves network boot, as the log, the live table and the metrics are told it. */
import type { LogFields, LogLevel } from '../../core/index.ts';
import { clientOfPath } from './identity-path.ts';

/** The computer that something happened to; `null` where it is not known. */
export interface Machine {
  /** As in paths: MAC address as 12 hex digits, or `g` and the 32 of the GUID. */
  readonly client: string | null;
  readonly address: string | null;
}

/** A DHCP question of a boot client was answered, or not, and why. */
export interface AskedEvent extends Machine {
  readonly kind: 'asked';
  readonly guid: string | null;
  /** `bios`, `uefi`, `uefiHttp`, `ipxe`. */
  readonly firmware: string | null;
  readonly architecture: string | null;
  /** Which question of the exchange: `discover`, `bootServer`, ... */
  readonly stage: string;
  readonly answered: boolean;
  /** Of `REASONS` in `pxe/boot`. */
  readonly reason: string;
  readonly text: string;
  /** The boot file of the reply. */
  readonly file: string | null;
  readonly relay: string | null;
  /** Questions before it that were not told, since there were too many. */
  readonly left: number;
}

export type TransferProtocol = 'tftp' | 'http';

/** A file on its way. `finished` comes once for each that started. */
export interface TransferEvent extends Machine {
  readonly kind: 'transfer';
  readonly phase: 'started' | 'progress' | 'finished';
  readonly protocol: TransferProtocol;
  readonly file: string;
  readonly fileClass: string;
  readonly bytes: number;
  readonly size: number;
  readonly seconds: number;
  /** Of a finished one: `delivered`, or how it ended otherwise. */
  readonly outcome: string | null;
  /** What the protocol adds: window, block size, repeated blocks, status, range. */
  readonly detail: LogFields;
}

/** A request that was refused. */
export interface RefusedEvent extends Machine {
  readonly kind: 'refused';
  readonly protocol: TransferProtocol;
  readonly file: string;
  readonly reason: string;
}

/** Another server on this network answers boot clients, too. */
export interface RivalEvent {
  readonly kind: 'rival';
  readonly address: string;
  readonly text: string;
}

/** What the server does by itself: starts, reloads, ends. `code` is an error code or a word. */
export interface NoticeEvent {
  readonly kind: 'notice';
  readonly level: LogLevel;
  readonly code: string;
  readonly text: string;
  readonly fields?: LogFields;
}

export type ServeEvent = AskedEvent | TransferEvent | RefusedEvent | RivalEvent | NoticeEvent;

/** An event with its time (milliseconds since 1970) and the boot that it is part of. */
export interface TimedEvent {
  readonly at: number;
  readonly event: ServeEvent;
  /** The same for DHCP, TFTP and HTTP of one start of one computer; `null` where no computer is known. */
  readonly boot: string | null;
}

/** `52:54:00:12:34:56`, or the GUID with its hyphens, of a client in a path; other texts stay as they are. */
export function shownClient(client: string): string {
  const named = clientOfPath(client);
  return named?.mac ?? named?.guid ?? client;
}
