/** A fleet of simulated computers against real servers on loopback: each boots to the end, whatever the network and its user do to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bootClient, type BootRun, type ClientKind, type FetchedFile, udpWire } from '../../../pxe/client/index.ts';
import { bundledProgram } from '../../support/bundled-program.ts';
import { randomFractions } from '../../support/random-numbers.ts';
import { fleetFiles, type FleetSizes, storeText } from './fleet-files.ts';
import { type LossCounts, lossyWire } from './lossy-wire.ts';

export interface FleetOptions {
  readonly clients: number;
  readonly sizes: FleetSizes;
  /** Bytes. */
  readonly cache: number;
  /** Threads of the TFTP server. */
  readonly threads: number;
  readonly loss: number;
  readonly twice: number;
  readonly late: number;
  /** Share of the computers that are switched off and on again in the middle. */
  readonly reboots: number;
  /** Milliseconds over which they are switched on. */
  readonly within: number;
  /** Factor of the firmware's waiting times. */
  readonly scale: number;
}

export interface ServerCounts {
  readonly rss: number;
  readonly cpu: { readonly user: number; readonly system: number };
  /** Delay of event loops, ms, 99 of 100 below it: of the main thread, of DHCP, of the slowest TFTP thread. */
  readonly main: number;
  readonly dhcp: number;
  readonly tftp: number;
  readonly repeated: number;
  readonly blocks: number;
  readonly timeouts: number;
  readonly open: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly finished: Readonly<Record<string, number>>;
  readonly notes: Readonly<Record<string, number>>;
}

export interface FleetResult {
  /** What went wrong; empty when everybody booted from its own, equal files. */
  readonly faults: readonly string[];
  readonly boots: number;
  readonly reboots: number;
  /** Boots that were tried again because the first did not end well, as a user would. */
  readonly retries: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Time of a boot image by TFTP, milliseconds: of the fastest and the slowest client. */
  readonly fastest: number;
  readonly slowest: number;
  readonly losses: LossCounts;
  readonly server: ServerCounts;
  /** Highest memory that was seen, bytes. */
  readonly peak: number;
}

const KINDS: readonly ClientKind[] = [
  'uefi-x64',
  'bios',
  'uefi-x64',
  'http',
  'uefi-arm64',
  'ipxe',
  'uefi-x64',
  'ipxe-uefi',
];
const TRIES = 4;

/** Runs a fleet. Needs the addresses 127.1.0.0/16, which Linux has. */
export async function runFleet(options: FleetOptions): Promise<FleetResult> {
  const server = await startServer(options);
  try {
    return await play(options, server);
  } finally {
    await server.stop();
  }
}

type Ports = { readonly dhcpPort: number; readonly bootServerPort: number; readonly tftpPort: number };
interface Server {
  readonly ports: Ports;
  counts(): Promise<ServerCounts>;
  stop(): Promise<void>;
}

async function startServer({ sizes, cache, threads }: FleetOptions): Promise<Server> {
  const program = bundledProgram('test/pxe/fleet/fleet-server-process.ts');
  const child = spawn(process.execPath, [program, JSON.stringify({ sizes, cache, threads })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<unknown> => {
    const next = await lines.next();
    if (next.done === true) throw new Error('the server of the fleet ended by itself');
    return JSON.parse(next.value) as unknown;
  };
  const ports = (await line()) as Ports;
  // One question at a time: the answers come in their order.
  let turn: Promise<unknown> = Promise.resolve();
  return {
    ports,
    counts() {
      const found = turn.then(() => {
        child.stdin.write('\n');
        return line();
      });
      turn = found;
      return found as Promise<ServerCounts>;
    },
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function play(options: FleetOptions, server: Server): Promise<FleetResult> {
  const digests = new Map(fleetFiles(options.sizes).map(({ name, sha256 }) => [name, sha256]));
  const losses: LossCounts = { lost: 0, twice: 0, late: 0 };
  const faults: string[] = [];
  const totals = { boots: 0, reboots: 0, retries: 0, bytes: 0, fastest: Infinity, slowest: 0 };
  const started = performance.now();
  let peak = 0;
  const watch = setInterval(
    () =>
      void server.counts().then(
        ({ rss }) => (peak = Math.max(peak, rss)),
        () => {},
      ),
    500,
  );
  const computer = async (number: number): Promise<void> => {
    const random = randomFractions(number + 1);
    const own = { options, number, random, ports: server.ports, losses, digests, faults };
    await pause(random() * options.within);
    if (random() < options.reboots) {
      const off = new AbortController();
      const timer = setTimeout(() => off.abort(new Error('switched off')), random() * options.within + 200);
      await boot(own, off.signal).then(
        () => clearTimeout(timer),
        () => totals.reboots++,
      );
    }
    let last = '';
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) totals.retries++;
      const run = await boot(own);
      if (!run.boots) {
        last = run.text;
        continue;
      }
      totals.boots++;
      const image = run.files.find(
        ({ name, protocol, outcome }) => protocol === 'tftp' && outcome === 'complete' && name.endsWith('boot.wim'),
      );
      if (image) {
        totals.fastest = Math.min(totals.fastest, image.time);
        totals.slowest = Math.max(totals.slowest, image.time);
      }
      totals.bytes += run.files
        .filter(({ outcome }) => outcome === 'complete')
        .reduce((sum, { size }) => sum + size, 0);
      return;
    }
    faults.push(`computer ${number}: ${last}`);
  };
  try {
    await Promise.all(Array.from({ length: options.clients }, (_, number) => computer(number)));
  } finally {
    clearInterval(watch);
  }
  const seconds = (performance.now() - started) / 1000;
  const counts = await settled(server);
  return { faults, ...totals, seconds, losses, server: counts, peak: Math.max(peak, counts.rss) };
}

/** The counts when no transfer is left: one whose last ACK was lost, or whose computer is gone, has up to 30 s (pxe/tftp). */
async function settled(server: Server): Promise<ServerCounts> {
  for (let waited = 0; ; waited += 250) {
    const counts = await server.counts();
    if (counts.open === 0 || waited > 40_000) return counts;
    await pause(250);
  }
}

interface Computer {
  readonly options: FleetOptions;
  readonly number: number;
  readonly random: () => number;
  readonly ports: Ports;
  readonly losses: LossCounts;
  readonly digests: ReadonlyMap<string, string>;
  readonly faults: string[];
}

async function boot(
  { options, number, random, ports, losses, digests, faults }: Computer,
  signal?: AbortSignal,
): Promise<BootRun> {
  const high = (number >> 8) + 1;
  const address = `127.1.${high}.${number & 255}`;
  const mac = `0200000${(number + 0x10000).toString(16)}`;
  const { loss, twice, late, scale } = options;
  const kind = KINDS[number % KINDS.length] as ClientKind;
  const run = await bootClient({
    kind,
    identity: { mac, guid: null },
    place: { address: '127.0.0.1', ...ports },
    address,
    ports: { client: 0, bootServer: 0 },
    xid: Math.floor(random() * 2 ** 32),
    wire: loss + twice + late > 0 ? lossyWire(udpWire, { loss, twice, late, random }, losses) : udpWire,
    readStore(bytes) {
      const store = JSON.parse(Buffer.from(bytes).toString('utf8')) as {
        client: string;
        image: string;
        ramdisk: string;
      };
      if (Buffer.from(bytes).toString('utf8') !== storeText(mac))
        faults.push(`computer ${number}: got the store of ${store.client}`);
      return { ...store, blockSize: 1456, window: 16, variableWindow: number % 3 === 0 };
    },
    press: false,
    needsAddress: false,
    limit: 2 ** 33,
    scale,
    dally: 300,
    ...(signal ? { signal } : {}),
  });
  for (const file of run.files) check(file, number, mac, digests, faults);
  return run;
}

/** Each file under the client's own path, with the digest that it has. */
function check(
  { name, sha256, outcome }: FetchedFile,
  number: number,
  mac: string,
  digests: ReadonlyMap<string, string>,
  faults: string[],
): void {
  if (outcome !== 'complete') return;
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const expected = digests.get(base);
  if (expected !== undefined && expected !== sha256) faults.push(`computer ${number}: ${name} differs`);
  if (expected !== undefined && !name.includes(mac))
    faults.push(`computer ${number}: ${name} is not under its own path`);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, milliseconds));
