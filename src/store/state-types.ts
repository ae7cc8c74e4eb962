/**
 * Port of the state of network boot: what was delivered to which computer, what it was offered last, what a person let go or approved,
 * who was seen. The site says what is wanted; this says what happened. Times are milliseconds since 1970, given by the caller.
 */

/**
 * A computer. Records match by `subject`, else by `guid`, else, where one side has no GUID, by `mac`: so a device that was renamed,
 * or an unknown computer that was imported since, stays the one that it was.
 */
export interface BootSubject {
  /** `device/NAME` in lower case, or for unknown computers `guid/...` or `mac/...`. */
  readonly subject: string;
  /** Lower case with colons; null where it tells nobody apart (docks). */
  readonly mac: string | null;
  /** Lower case; null where there is none that tells computers apart. */
  readonly guid: string | null;
}

/** What a client was told to boot. One a client: the newest. */
export interface BootOffer extends BootSubject {
  /** The client in paths: what transfers say. */
  readonly client: string;
  readonly deployment: string;
  /** Id of the boot image, and the version that its paths name. */
  readonly bootImage: string;
  readonly version: string;
  /** Delivery uses the deployment up. */
  readonly required: boolean;
  readonly at: number;
}

export interface BootDelivery {
  readonly subject: string;
  readonly deployment: string;
  readonly version: string;
  readonly at: number;
}

export interface BootTry {
  readonly deployment: string;
  readonly at: number;
}

/** `pxe start`: an available deployment goes without a prompt, once, until it expires. */
export interface BootStart extends BootSubject {
  /** Null: the one that policy prefers. */
  readonly deployment: string | null;
  readonly by: string;
  readonly at: number;
  readonly expires: number;
}

export interface BootApproval extends BootSubject {
  readonly by: string;
  readonly at: number;
}

/** What is kept of one computer. */
export interface BootRecord {
  readonly delivered: readonly BootDelivery[];
  /** Of the last hour, the newest last. */
  readonly tries: readonly BootTry[];
  readonly start: BootStart | null;
  readonly approval: BootApproval | null;
}

/** A client that asked, and what was decided last. */
export interface SeenClient {
  readonly client: string;
  readonly mac: string | null;
  readonly guid: string | null;
  readonly architecture: string;
  readonly firmware: string;
  /** Who it is: `known PC1`, `unknown`, `conflict`. */
  readonly identity: string;
  /** Reason code and text of the decision. */
  readonly code: string;
  readonly text: string;
  readonly deployment: string | null;
  readonly at: number;
}

export interface ClientRecord extends SeenClient {
  /** IP address that it loaded files from last; null: it never did. */
  readonly address: string | null;
  readonly firstSeen: number;
  /** When its newest offer was delivered; null: not. */
  readonly delivered: number | null;
}

/** The computers that a command means: any of the subjects, or any of the addresses. */
export interface BootSubjects {
  readonly subjects: readonly string[];
  readonly macs: readonly string[];
  readonly guids: readonly string[];
}

export interface ClearedRecords {
  /** Deployments that were used up and are not any more. */
  readonly delivered: readonly BootDelivery[];
  readonly tries: number;
  readonly starts: number;
}

/**
 * The port. What `deliver`, `clear`, `start`, `approve`, `disapprove` did is on the disk when they resolve. All of them throw
 * EnvironmentError (`STORE_STATE_WRITE`, `STORE_STATE_BUSY`) or IntegrityError (`STORE_STATE_DAMAGED`).
 */
export interface BootStateStore {
  /** Where it is, for messages. */
  readonly place: string;
  read(subject: BootSubject, at: number): Promise<BootRecord>;
  /** Survives the process, not a power failure. `counts`: it is one more try. */
  offer(offer: BootOffer, counts: boolean): Promise<void>;
  /**
   * The boot image of this version reached the client. Gives the offer that was open, null where there was none of this version or it
   * was delivered before. A required deployment is used up from here on.
   */
  deliver(client: string, version: string, at: number): Promise<BootOffer | null>;
  clear(subjects: BootSubjects): Promise<ClearedRecords>;
  /** Replaces an earlier mark of the subject; its tries count anew. */
  start(start: BootStart): Promise<void>;
  approve(approval: BootApproval): Promise<void>;
  /** Gives how many approvals there were. */
  disapprove(subjects: BootSubjects): Promise<number>;
  approvals(): Promise<readonly BootApproval[]>;
  /** Written in batches: up to a quarter of a second of it is lost with the process. Never throws. */
  seen(client: SeenClient): void;
  /** Where a client that was seen loads files from; written as `seen` is. */
  located(client: string, address: string): void;
  /** By MAC address, GUID or name in paths; the newest first. */
  client(macOrGuid: string): Promise<ClientRecord | null>;
  /** The newest first. */
  clients(most: number): Promise<readonly ClientRecord[]>;
  /** True once after another process wrote: what was decided from this state may not hold any more. Never throws: the next call tells. */
  changed(): boolean;
  /** Writes what waits. */
  flush(): Promise<void>;
  /** Flushes and closes. */
  close(): Promise<void>;
}

/** What strangers can make grow. Beyond it the oldest of theirs go; in a file offers and tries of devices stay. */
export interface BootStateLimits {
  readonly clients: number;
  readonly offers: number;
  readonly tries: number;
  /** Sightings that wait to be written. */
  readonly waiting: number;
}

export const BOOT_STATE_LIMITS: BootStateLimits = { clients: 20_000, offers: 50_000, tries: 100_000, waiting: 4096 };

/** Tries older than this count no more, in milliseconds. */
export const TRIES_KEPT = 3_600_000;
