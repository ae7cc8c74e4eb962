/**
 * Looks for other servers now and then: asks as a boot client would, and listens on port 68 for some seconds. Not for longer: a DHCP
 * client of this computer that starts meanwhile may want the port for itself.
 */
import type { Socket } from 'node:dgram';
import { FormatError } from '../../src/core/index.ts';
import { decodeMessage, encodeMessage } from '../dhcp/index.ts';
import { PROBED, probeMessage, rivalOf } from './rival.ts';
import type { OpenSockets } from './sockets.ts';
import type { Rival, ServedInterface } from './types.ts';

/** EDK2 waits for as long for the first offer. */
const LISTENS = 4000;
const LARGEST = 64;

export interface ProbeSurroundings {
  readonly sockets: OpenSockets;
  readonly interfaces: readonly ServedInterface[];
  readonly dhcpPort: number;
  random(): number;
  rival(rival: Rival): void;
}

/** Asks on each interface; ends when it has listened. `asked` is false where port 68 cannot be had. */
export async function probe(around: ProbeSurroundings): Promise<{ readonly asked: boolean }> {
  const own = new Set(around.interfaces.map(({ address }) => address));
  const asked = await Promise.all(around.interfaces.map((served) => probeInterface(around, served, own)));
  return { asked: asked.every(Boolean) };
}

async function probeInterface(
  around: ProbeSurroundings,
  served: ServedInterface,
  own: ReadonlySet<string>,
): Promise<boolean> {
  const client = await around.sockets.openClient(served);
  if (client === null) return false;
  const sockets: Socket[] = client.second === null ? [client.main] : [client.main, client.second];
  const told = new Set<string>();
  for (const socket of sockets) {
    socket.on('error', () => undefined);
    socket.on('message', (datagram, source) => {
      const found = read(datagram, source.address, served, own);
      if (found === null || told.size >= LARGEST || told.has(found.text)) return;
      told.add(found.text);
      around.rival(found);
    });
  }
  for (const architecture of PROBED) {
    const xid = Math.floor(around.random() * 2 ** 32);
    const datagram = encodeMessage(probeMessage(architecture, served.mac, xid));
    client.main.send(datagram, around.dhcpPort, '255.255.255.255', () => undefined);
  }
  await new Promise((resolve) => setTimeout(resolve, LISTENS));
  for (const socket of sockets) socket.close();
  return true;
}

function read(datagram: Uint8Array, source: string, served: ServedInterface, own: ReadonlySet<string>): Rival | null {
  try {
    return rivalOf(decodeMessage(datagram), source, served.name, own);
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}
