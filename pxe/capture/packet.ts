/** One packet of a capture, whatever the file format. */
export interface CapturedPacket {
  /** 1 for the first packet, as Wireshark counts. */
  readonly number: number;
  /** Nanoseconds since 1970-01-01 UTC. */
  readonly time: bigint;
  /** What was recorded; may be less than what was on the wire. */
  readonly bytes: Uint8Array;
  /** Bytes on the wire. */
  readonly wireLength: number;
}

/** Link type of Ethernet frames, the only one that is read (the LINKTYPE registry of tcpdump.org). */
export const ETHERNET = 1;
