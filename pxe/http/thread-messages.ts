/** What the owner's thread and the server's say to each other. */
import type { RefusedEvent, RouteTable, ServedFile, UsedEvent } from '../content/index.ts';
import type { HttpCounts } from './server-types.ts';

export type ToThread =
  | { readonly kind: 'publish'; readonly table: RouteTable }
  | { readonly kind: 'made'; readonly number: number; readonly file: ServedFile | null }
  | { readonly kind: 'counts'; readonly number: number }
  | { readonly kind: 'close'; readonly drainMs: number };

export type FromThread =
  | { readonly kind: 'listening'; readonly address: string; readonly port: number }
  /** `tls`: certificate or key; else the port. */
  | { readonly kind: 'refusedToListen'; readonly tls: boolean; readonly message: string; readonly code: string }
  | { readonly kind: 'published'; readonly version: number }
  | { readonly kind: 'make'; readonly number: number; readonly route: string; readonly client: string }
  | { readonly kind: 'used'; readonly event: UsedEvent }
  | { readonly kind: 'released'; readonly version: number }
  | { readonly kind: 'refused'; readonly event: RefusedEvent }
  | { readonly kind: 'counts'; readonly number: number; readonly counts: HttpCounts }
  | { readonly kind: 'closed' };
