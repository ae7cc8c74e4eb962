/**
 * Our boot server alone, for `dhcp*.ts`: `dhcp-served.js INTERFACE RELAY [FILE]`. With FILE it serves that by TFTP as well.
 * Every computer gets a required deployment. Limits are those that 20,000 new clients a second need. Prints a line when it is ready.
 */
import { networkInterfaces } from 'node:os';
import { ANSWERS, nicerThread } from '../../../images/bytes/index.ts';
import type { BootChoice } from '../../../pxe/boot/index.ts';
import { chooseInterfaces, openBootServer } from '../../../pxe/responder/index.ts';
import { openMeasuredTftp, servedFile } from './served.ts';

const [wanted = '', relay = '', file] = process.argv.slice(2);
const decided: BootChoice = {
  purpose: 'required',
  files: {
    'bootmgfw.efi': 'b\\3f2a91cc\\*\\bootmgfw.efi',
    imageUrl: 'http://10.90.0.1/b/3f2a91cc/*/boot.iso',
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
  const tftp = await openMeasuredTftp();
  await tftp.publish({ version: 1, routes: [{ name: 'boot.wim', content: await servedFile(file) }] });
}
// As serve does.
nicerThread(ANSWERS);
console.log('ready', server.layout);
process.on('SIGUSR2', () => void server.counts().then((counts) => console.log(JSON.stringify(counts))));
// So that `--cpu-prof` writes what it has.
process.on('SIGINT', () => void server.close().then(() => process.exit()));
