/**
 * The servers of a fleet as a process of their own: `tsx fleet-server-process.ts JSON`, with sizes, cache bytes, threads. Prints its ports as
 * one line of JSON, answers each line of its standard input with its counts as JSON, ends with it.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { BootChoice, BootClient } from '../../../pxe/boot/index.ts';
import { openArena, type Route, type ServedFile } from '../../../pxe/content/index.ts';
import { defaultHttpLimits, openHttpServer } from '../../../pxe/http/index.ts';
import { openBootServer } from '../../../pxe/responder/index.ts';
import { defaultCaps, defaultLimits, openTftpServer } from '../../../pxe/tftp/index.ts';
import { fleetFiles, type FleetSizes, storeText, VERSION } from './fleet-files.ts';

const { sizes, cache, threads } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly sizes: FleetSizes;
  readonly cache: number;
  readonly threads: number;
};
const address = '127.0.0.1';
const folder = mkdtempSync(join(tmpdir(), 'osdkit-fleet-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const delay = monitorEventLoopDelay({ resolution: 5 });

const memory = (bytes: Uint8Array, fileClass: ServedFile['fileClass']): ServedFile => {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return {
    id: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    at: { kind: 'memory', bytes: shared },
    fileClass,
  };
};
const script = memory(Buffer.from('#!ipxe\nsanboot --no-describe boot.iso\n'), 'script');
const routes: Route[] = ['bcd', 'boot/bcd'].map((name) => ({ name: `b/${VERSION}/*/${name}`, content: 'made' }));
routes.push({ name: `b/${VERSION}/*/boot.ipxe`, content: script });
for (const { name, bytes, sha256 } of fleetFiles(sizes)) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const fileClass = name.endsWith('.wim') ? 'bootImage' : name.endsWith('.iso') ? 'imageFile' : 'loader';
  const at = { kind: 'file', fd: openSync(path, 'r'), offset: 0 } as const;
  routes.push({ name: `b/${VERSION}/*/${name}`, content: { id: sha256, size: bytes.length, at, fileClass } });
}

const arena = openArena({ bytes: cache });
const refused: Record<string, number> = {};
const finished: Record<string, number> = {};
const owner = {
  make: (_route: string, client: string) => Promise.resolve(memory(Buffer.from(storeText(client)), 'bcd')),
  used: (event: { readonly kind: string; readonly outcome?: string | null }) => {
    const outcome = event.outcome ?? '';
    if (event.kind === 'finished') finished[outcome] = (finished[outcome] ?? 0) + 1;
  },
  released: () => {},
  refused: ({ reason }: { readonly reason: string }) => {
    refused[reason] = (refused[reason] ?? 0) + 1;
  },
  failed: (problem: Error) => {
    throw problem;
  },
};
const table = { version: 1, routes };
const tftp = await openTftpServer(
  { address, port: 0, threads, limits: defaultLimits, caps: defaultCaps, linkSpeed: 'off', accelerator: 'off', arena },
  owner,
);
const http = await openHttpServer(
  { address, port: 0, tls: null, limits: { ...defaultHttpLimits, images: 1024, connections: 2048 }, arena },
  owner,
);
await Promise.all([tftp.publish(table), http.publish(table)]);

/** A small decision: everybody boots, each under a path of its own. */
function decide(client: BootClient): Promise<BootChoice> {
  const own = (client.mac ?? '').replaceAll(':', '');
  const web = `http://${address}:${http.port}/b/${VERSION}/${own}`;
  const path = (name: string): string => `b\\${VERSION}\\${own}\\${name}`;
  return Promise.resolve({
    purpose: 'required',
    files: {
      'pxeboot.n12': path('pxeboot.n12'),
      'bootmgfw.efi': path('bootmgfw.efi'),
      imageUrl: `${web}/boot.iso`,
      bootScript: `${web}/boot.ipxe`,
    },
    menu: null,
    preferLoaderUrl: false,
    fastReturn: false,
    why: { code: 'fleet', text: '' },
  });
}
const notes: Record<string, number> = {};
const dhcp = await openBootServer(
  {
    interfaces: [{ name: 'lo', address, netmask: '255.0.0.0', mac: '00:00:00:00:00:00' }],
    ports: { dhcp: 0, client: 0, bootServer: 0 },
    settings: { mode: 'proxy', relays: [], ignoredMacs: [], delay: 0 },
    replyToSource: true,
    probeEvery: 0,
  },
  {
    decide,
    noted: ({ reason }) => {
      notes[reason] = (notes[reason] ?? 0) + 1;
    },
    rival: () => {},
  },
);
const portOf = (role: string): number => dhcp.addresses.find((place) => place.role === role)?.port ?? 0;
delay.enable();
console.log(
  JSON.stringify({
    dhcpPort: portOf('dhcp'),
    bootServerPort: portOf('bootServer'),
    tftpPort: tftp.port,
    httpPort: http.port,
  }),
);

const lines = createInterface({ input: process.stdin });
lines.on('line', () => {
  void Promise.all([dhcp.counts(), tftp.counts(), http.counts()]).then(([boot, files, web]) => {
    const { eventLoop, exchanges } = boot;
    console.log(
      JSON.stringify({
        rss: process.memoryUsage().rss,
        cpu: process.cpuUsage(),
        main: delay.percentile(99) / 1e6,
        dhcp: eventLoop.p99 * 1000,
        tftp: Math.max(...files.threads.map(({ delayP99 }) => delayP99)),
        exchanges,
        repeated: files.repeated,
        timeouts: files.timeouts,
        blocks: files.blocks,
        open: files.transfers,
        refused,
        finished,
        notes,
        web,
      }),
    );
  });
});
lines.on('close', () => process.exit(0));
