/**
 * One socket for each interface and port, so that a request is known to be of its interface and a broadcast reply leaves by it
 * (boot-standards 2.8, network 5). Node tells no interface of a datagram; how they are told apart depends on the system:
 *
 * - `given`: sockets that systemd bound to interfaces.
 * - `device`: sockets bound to interfaces by SO_BINDTODEVICE (Linux with `koffi`).
 * - `address`: sockets bound to addresses. Windows gives them the broadcasts of their interface; also for tests on loopback.
 * - `single`: one interface; a socket on its address for what is sent to it and for replies, and one on all for broadcasts.
 */
import type { Socket } from 'node:dgram';
import { EnvironmentError, InputError } from '../../src/core/index.ts';
import { bound } from './bound-socket.ts';
import { responderCode } from './codes.ts';
import { type DeviceSockets, loadDeviceSockets } from './device-socket.ts';
import type { Role } from './engine-types.ts';
import type { ThreadData } from './messages.ts';
import { socketError } from './socket-error.ts';
import type { ServedInterface } from './types.ts';

export interface Listener {
  readonly role: Role;
  readonly served: ServedInterface;
  /** Replies leave by it. */
  readonly main: Socket;
  /** Hears broadcasts where `main` does not. */
  readonly second: Socket | null;
}

export interface OpenSockets {
  readonly listeners: readonly Listener[];
  /** One sentence for the log. */
  readonly layout: string;
  /** For the questions of our own; null where the port is taken or interfaces cannot be told apart. */
  openClient(served: ServedInterface): Promise<Listener | null>;
}

/** Opens what is needed. EnvironmentError (`RESPONDER_PORT_IN_USE`, ...), InputError (`RESPONDER_INTERFACES`). */
export async function openSockets(data: ThreadData): Promise<OpenSockets> {
  const opened: Socket[] = [];
  try {
    return await openLayout(data, opened);
  } catch (error) {
    for (const socket of opened) socket.close();
    throw error;
  }
}

async function openLayout(data: ThreadData, opened: Socket[]): Promise<OpenSockets> {
  const names = data.interfaces.map(({ name }) => name).join(', ');
  if (data.sockets.length > 0)
    return { ...(await givenLayout(data, opened)), layout: `sockets that were given for ${names}` };
  if (data.replyToSource || process.platform === 'win32') {
    return { ...(await addressLayout(data, opened)), layout: `sockets on the addresses of ${names}` };
  }
  const devices = data.deviceSockets ? await loadDeviceSockets(process.platform) : undefined;
  if (devices !== undefined) {
    const found = await deviceLayout(data, devices, opened);
    if (found !== undefined) return { ...found, layout: `sockets bound to ${names}` };
  }
  if (data.interfaces.length > 1) {
    throw new InputError(
      responderCode.RESPONDER_INTERFACES,
      `requests of ${names} cannot be told apart: a broadcast reply would leave by the wrong one`,
      { details: { interfaces: data.interfaces.map(({ name }) => name) } },
    );
  }
  const others =
    data.otherInterfaces.length === 0 ? '' : `; broadcasts of ${data.otherInterfaces.join(', ')} are heard as well`;
  return { ...(await singleLayout(data, opened)), layout: `${names} alone${others}` };
}

type Layout = Omit<OpenSockets, 'layout'>;

/** Port 67 is not touched beside a DHCP server on the same computer. */
const rolesOf = ({ settings }: ThreadData): readonly Role[] =>
  settings.mode === 'bootServerOnly' ? ['bootServer'] : ['dhcp', 'bootServer'];

async function givenLayout(data: ThreadData, opened: Socket[]): Promise<Layout> {
  const listeners: Listener[] = [];
  for (const { fd, role, interfaceName } of data.sockets) {
    const served = data.interfaces.find(({ name }) => name === interfaceName);
    if (served === undefined) continue;
    listeners.push({
      role,
      served,
      main: await bound({ fd }, `${interfaceName}, descriptor ${fd}`, opened),
      second: null,
    });
  }
  for (const { name } of data.interfaces) {
    for (const role of rolesOf(data)) {
      if (listeners.some((one) => one.served.name === name && one.role === role)) continue;
      throw new InputError(
        responderCode.RESPONDER_SETTINGS,
        `no socket was given for ${name}, ${role === 'dhcp' ? 'port 67' : 'port 4011'}`,
        { details: { interface: name, role } },
      );
    }
  }
  return { listeners, openClient: async () => null };
}

async function addressLayout(data: ThreadData, opened: Socket[]): Promise<Layout> {
  const listeners: Listener[] = [];
  for (const served of data.interfaces) {
    for (const role of rolesOf(data)) {
      const main = await bound({ port: data.ports[role], address: served.address }, served.name, opened);
      listeners.push({ role, served, main, second: null });
    }
  }
  return { listeners, openClient: (served) => client(served, { port: data.ports.client, address: served.address }) };
}

async function deviceLayout(data: ThreadData, devices: DeviceSockets, opened: Socket[]): Promise<Layout | undefined> {
  const listeners: Listener[] = [];
  const onDevice = async (served: ServedInterface, port: number, list: Socket[], shared: boolean) => {
    const made = devices.open(served.name, port, shared);
    if (typeof made === 'number') return bound({ fd: made }, served.name, list);
    if (made.call === 'SO_BINDTODEVICE') return undefined;
    throw socketError(`${served.name}, port ${port}`, made.call, made.errno);
  };
  for (const served of data.interfaces) {
    for (const role of rolesOf(data)) {
      const main = await onDevice(served, data.ports[role], opened, false);
      // Kernels before 5.7 want further rights.
      if (main === undefined) return closeAll(opened);
      listeners.push({ role, served, main, second: null });
    }
  }
  return {
    listeners,
    async openClient(served) {
      try {
        const main = await onDevice(served, data.ports.client, [], true);
        return main === undefined ? null : { role: 'dhcp', served, main, second: null };
      } catch (error) {
        if (error instanceof EnvironmentError) return null;
        throw error;
      }
    },
  };
}

function closeAll(opened: Socket[]): undefined {
  for (const socket of opened.splice(0)) socket.close();
  return undefined;
}

async function singleLayout(data: ThreadData, opened: Socket[]): Promise<Layout> {
  const listeners: Listener[] = [];
  for (const served of data.interfaces) {
    for (const role of rolesOf(data)) {
      const port = data.ports[role];
      // Sharing would take another server's requests without a word: alone first.
      if (port !== 0) await alone(port, `port ${port}`);
      const main = await bound({ port, address: served.address }, served.name, opened, true);
      // Port 4011 is asked at our address alone.
      const second =
        role === 'dhcp'
          ? await bound({ port: main.address().port, address: '0.0.0.0' }, served.name, opened, true)
          : null;
      listeners.push({ role, served, main, second });
    }
  }
  return {
    listeners,
    async openClient(served) {
      const { client: port } = data.ports;
      const found = await client(served, { port, address: served.address });
      const second = found === null ? null : await client(served, { port, address: '0.0.0.0' });
      if (found === null || second !== null) return found === null ? null : { ...found, second: second?.main ?? null };
      found.main.close();
      return null;
    },
  };
}

async function alone(port: number, what: string): Promise<void> {
  const list: Socket[] = [];
  const socket = await bound({ port, address: '0.0.0.0' }, what, list);
  await new Promise<void>((resolve) => socket.close(() => resolve()));
}

async function client(
  served: ServedInterface,
  where: { readonly port: number; readonly address: string },
): Promise<Listener | null> {
  try {
    return { role: 'dhcp', served, main: await bound(where, served.name, [], true), second: null };
  } catch (error) {
    // A DHCP client of this computer has it: nothing is wrong, we only hear less.
    if (error instanceof EnvironmentError) return null;
    throw error;
  }
}
