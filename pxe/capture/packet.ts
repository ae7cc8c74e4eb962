/** One packet of a capture, whatever the file format. */
export interface CapturedPacket {
  /** 1 for the first packet, as Wireshark counts. */
  readonly number: number;
  /** Nanoseconds since 1970-01-01 UTC. */
  readonly time: bigint;
  /** An Ethernet frame, as far as it was recorded; of other links one without addresses. */
  readonly bytes: Uint8Array;
  /** Bytes on the wire. */
  readonly wireLength: number;
}
