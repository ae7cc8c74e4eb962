/** A bad network between a simulated client and the server: datagrams are lost, doubled and overtaken, both ways. */
import type { Endpoint, Receive, Wire } from '../../../pxe/client/index.ts';

export interface Badness {
  /** Probabilities for each datagram. */
  readonly loss: number;
  readonly twice: number;
  /** Held back for some milliseconds, so that others pass it. */
  readonly late: number;
  readonly random: () => number;
}

export interface LossCounts {
  lost: number;
  twice: number;
  late: number;
}

/** The wire with such a network before it. */
export function lossyWire(wire: Wire, { loss, twice, late, random }: Badness, counts: LossCounts): Wire {
  const pass = (deliver: () => void): void => {
    const dice = random();
    if (dice < loss) counts.lost++;
    else if (dice < loss + twice) {
      counts.twice++;
      deliver();
      deliver();
    } else if (dice < loss + twice + late) {
      counts.late++;
      wire.after(1 + random() * 4, deliver);
    } else deliver();
  };
  return {
    now: () => wire.now(),
    after: (milliseconds, call) => wire.after(milliseconds, call),
    async open(at, receive): Promise<Endpoint> {
      let open = true;
      const heard: Receive = (bytes, source) => pass(() => open && receive(bytes, source));
      const endpoint = await wire.open(at, heard);
      return {
        address: endpoint.address,
        port: endpoint.port,
        send: (bytes, port, address) => pass(() => open && endpoint.send(bytes, port, address)),
        close() {
          open = false;
          endpoint.close();
        },
      };
    },
  };
}
