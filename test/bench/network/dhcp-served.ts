/**
 * Our boot server alone, for `dhcp*.ts`: `tsx dhcp-served.ts INTERFACE RELAY [FILE]`. With FILE it serves that by TFTP as well. Every computer gets a required deployment. Limits are those
 * that a rate of 20,000 new clients a second needs. Prints a line when it is ready.
 */
import { createHash } from 'node:crypto';
import { createReadStream, openSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { BootChoice } from '../../../pxe/boot/index.ts';
import { openArena } from '../../../pxe/content/index.ts';
import { chooseInterfaces, openBootServer } from '../../../pxe/responder/index.ts';
import { defaultCaps, defaultLimits, openTftpServer } from '../../../pxe/tftp/index.ts';

const [wanted = '', relay = '', file] = process.argv.slice(2);
const client = '*';
const decided: BootChoice = {
  purpose: 'required',
  files: {
    'bootmgfw.efi': `b\\3f2a91cc\\${client}\\bootmgfw.efi`,
    imageUrl: `http://10.90.0.1/b/3f2a91cc/${client}/boot.iso`,
  },
  menu: null,
  preferLoaderUrl: false,
  fastReturn: false,
  why: { code: 'REQUIRED', text: 'Install' },
};
const server = await openBootServer(
  {
    interfaces: chooseInterfaces(networkInterfaces(), [wanted]).served,
    settings: { mode: 'proxy', relays: [relay], ignoredMacs: [], delay: 0 },
    limits: { datagrams: 1e6, newClients: 1e6, clientQuestions: 1e6, sourceDatagrams: 1e6 },
    probeEvery: 0,
  },
  { decide: () => Promise.resolve(decided), noted: () => {}, rival: () => {} },
);

if (file !== undefined) {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  const at = { kind: 'file', fd: openSync(file, 'r'), offset: 0 } as const;
  const content = { id: hash.digest('hex'), size: statSync(file).size, at, fileClass: 'bootImage' } as const;
  const tftp = await openTftpServer(
    {
      address: '0.0.0.0',
      port: 69,
      threads: 1,
      limits: defaultLimits,
      caps: { ...defaultCaps, perClient: 2000, rate: 100_000, burst: 100_000 },
      linkSpeed: 'off',
      accelerator: 'off',
      arena: openArena({ bytes: 256 * 2 ** 20 }),
    },
    {
      make: () => Promise.resolve(null),
      used: () => {},
      released: () => {},
      refused: () => {},
      failed: (problem) => {
        throw problem;
      },
    },
  );
  await tftp.publish({ version: 1, routes: [{ name: 'boot.wim', content }] });
}
console.log('ready', server.layout);
process.on('SIGUSR2', () => void server.counts().then((counts) => console.log(JSON.stringify(counts))));
// So that `--cpu-prof` writes what it has.
process.on('SIGINT', () => void server.close().then(() => process.exit()));
