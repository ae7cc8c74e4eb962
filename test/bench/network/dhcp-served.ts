/**
 * Our boot server alone, for `dhcp*.ts`: `tsx dhcp-served.ts INTERFACE RELAY`. Every computer gets a required deployment. Limits are those
 * that a rate of 20,000 new clients a second needs. Prints a line when it is ready.
 */
import { networkInterfaces } from 'node:os';
import type { BootChoice } from '../../../pxe/boot/index.ts';
import { chooseInterfaces, openBootServer } from '../../../pxe/responder/index.ts';

const [wanted = '', relay = ''] = process.argv.slice(2);
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
console.log('ready', server.layout);
process.on('SIGUSR2', () => void server.counts().then((counts) => console.log(JSON.stringify(counts))));
