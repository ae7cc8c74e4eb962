/** Whoever opened a server: what all servers of files ask and tell. */
import type { RefusedEvent, UsedEvent } from './events.ts';
import type { MakeFile } from './types.ts';

/** All are called on the owner's thread. `Use`: what this server tells of its transfers. */
export interface ServerOwner<Use extends UsedEvent = UsedEvent> {
  readonly make: MakeFile;
  used(event: Use): void;
  /** No transfer uses this table or an older one any more: descriptors that newer ones lack can be closed. */
  released(version: number): void;
  refused(event: RefusedEvent): void;
  /** A thread died or the port was lost; the server is closed. */
  failed(problem: Error): void;
}
