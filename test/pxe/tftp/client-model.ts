/**
 * A TFTP client that shares no line with the server: it reads and writes bytes by itself and counts blocks as the wire
 * does.
 * - `rfc`: one ACK for a gap, its last ACK again when nothing comes (RFC 7440)
 * - `edk2`: an ACK for every block out of order, old ones too (boot-standards 3.1)
 * - `bootmgr`: silent until a window is whole; repeats nothing by itself (boot-chain 6)
 */
export type ClientStyle = 'rfc' | 'edk2' | 'bootmgr';

export interface ClientModel {
  /** What the client answers to a datagram. */
  receive(bytes: Uint8Array): Uint8Array[];
  /** What it sends when nothing came for its time-out. */
  timeOut(): Uint8Array[];
  readonly finished: boolean;
  /** The server was heard. */
  readonly begun: boolean;
  /** Blocks taken. */
  readonly blocks: number;
  received(): Uint8Array;
}

export interface ClientOptions {
  readonly style: ClientStyle;
  readonly blockSize: number;
  readonly window: number;
  /** What follows 65535. */
  readonly rollover: 0 | 1;
  /** Fifth bytes of its ACKs, one after the other, for `msftwindow`. */
  readonly windows?: readonly number[];
}

export function clientModel({ style, blockSize, window, rollover, windows }: ClientOptions): ClientModel {
  const asked = [`blksize\0${blockSize}\0windowsize\0${window}\0rollover\0${rollover}\0tsize\x000\0`];
  if (windows !== undefined) asked.push('msftwindow\x0031416\0');
  const request = Buffer.from(`\0\x01file\0octet\0${asked.join('')}`, 'latin1');
  const parts: Uint8Array[] = [];
  /** The wire number of the last block in order. */
  let last = 0;
  let sinceAck = 0;
  let begun = false;
  let finished = false;
  let complained = false;
  let current = window;
  let turn = 0;

  const ack = (): Uint8Array[] => {
    sinceAck = 0;
    if (windows === undefined) return [Uint8Array.of(0, 4, last >> 8, last & 255)];
    current = windows[turn++ % windows.length] as number;
    return [Uint8Array.of(0, 4, last >> 8, last & 255, current)];
  };

  const data = (wire: number, payload: Uint8Array): Uint8Array[] => {
    const next = last === 65535 ? rollover : last + 1;
    if (wire === next && !finished) {
      parts.push(payload.slice());
      last = wire;
      sinceAck++;
      complained = false;
      finished = payload.length < blockSize;
      return finished || sinceAck === current ? ack() : [];
    }
    // The end of a window that was acknowledged: that ACK was lost.
    if (wire === last) return sinceAck === 0 ? ack() : [];
    if (finished || style === 'bootmgr') return [];
    const old = ((wire - last) & 0xffff) > 0x7fff;
    if (style === 'rfc' && (old || complained)) return [];
    complained = true;
    return ack();
  };

  return {
    receive(bytes) {
      if (bytes[0] !== 0) throw new Error(`first byte ${bytes[0]}`);
      if (bytes[1] === 6) {
        const again = begun && (parts.length > 0 || style === 'bootmgr');
        begun = true;
        return again && parts.length > 0 ? [] : ack();
      }
      if (bytes[1] !== 3) return [];
      begun = true;
      return data((bytes[2] as number) * 256 + (bytes[3] as number), bytes.subarray(4));
    },
    timeOut() {
      if (finished) return [];
      if (!begun) return [request];
      return style === 'bootmgr' ? [] : ack();
    },
    get finished() {
      return finished;
    },
    get begun() {
      return begun;
    },
    get blocks() {
      return parts.length;
    },
    received: () => Buffer.concat(parts),
  };
}
