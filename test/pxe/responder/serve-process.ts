/**
 * A boot server in a process of its own, for namespaces: `serve-process.ts '{"interfaces":["a"],"settings":{...}}'`. Prints `serving`, then a
 * line of JSON for each note, rival and lease; when it cannot start, its error and exit code 1.
 */
import { networkInterfaces } from 'node:os';
import {
  type BootServerOptions,
  chooseInterfaces,
  type GivenSocket,
  openBootServer,
  type ResponderSettings,
} from '../../../pxe/responder/index.ts';
import { type DeviceSockets, loadDeviceSockets } from '../../../pxe/responder/device-socket.ts';
import type { LeaseRecord } from '../../../pxe/lease/index.ts';
import { choice } from '../boot/samples.ts';

export interface ServeArguments {
  readonly interfaces: readonly string[];
  readonly settings: Partial<ResponderSettings>;
  readonly options?: Partial<BootServerOptions>;
  readonly purpose?: 'required' | 'none';
  readonly leases?: readonly LeaseRecord[];
  /** It gets its sockets as from systemd: opened and bound to the interfaces by somebody else. */
  readonly socketsGiven?: boolean;
}

const given = JSON.parse(process.argv[2] ?? '') as ServeArguments;
const { interfaces, settings, options = {}, purpose = 'required', leases = [] } = given;
function givenSocket(
  devices: DeviceSockets,
  interfaceName: string,
  role: GivenSocket['role'],
  port: number,
): GivenSocket {
  const fd = devices.open(interfaceName, port, false);
  if (typeof fd !== 'number') throw new Error(`${fd.call}: errno ${fd.errno}`);
  return { fd, role, interfaceName };
}

const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

try {
  const chosen = chooseInterfaces(networkInterfaces(), interfaces);
  const devices = given.socketsGiven === true ? await loadDeviceSockets('linux') : undefined;
  const sockets = chosen.served.flatMap(({ name }) =>
    devices === undefined
      ? []
      : [givenSocket(devices, name, 'dhcp', 67), givenSocket(devices, name, 'bootServer', 4011)],
  );
  const server = await openBootServer(
    {
      interfaces: chosen.served,
      otherInterfaces: chosen.others,
      settings: { mode: 'proxy', relays: [], ignoredMacs: [], delay: 0, ...settings },
      probeEvery: 0,
      leases,
      sockets,
      ...options,
    },
    {
      decide: async () => choice({ purpose }),
      noted: (note) => say({ note }),
      rival: (rival) => say({ rival }),
      leased: async (record) => say({ leased: record }),
      failed: (error) => say({ failed: error.message }),
    },
  );
  say({ serving: server.layout });
} catch (error) {
  say({ refused: (error as { code?: string }).code, message: (error as Error).message });
  process.exitCode = 1;
}
