/** A simulated client against a live server: what it gets, step by step, and whether it would boot. */
import { crc32 } from '../../../images/bytes/index.ts';
import {
  bootClient,
  type BootEvent,
  CLIENT_KINDS,
  ownAddressTowards,
  udpWire,
  type FetchedFile,
} from '../../../pxe/client/index.ts';
import { bytesText, offerWords, quoted, rateText, timeText } from '../../../pxe/doctor/index.ts';
import type { OperationContext } from '../../core/index.ts';
import { judgeLoader } from './doctor-loader.ts';
import { bootStoreOf } from './doctor-store.ts';
import { type DoctorInput, SIMULATED } from './doctor-input.ts';

export interface SimulatedBoot {
  readonly kind: 'simulate';
  readonly client: string;
  readonly mac: string;
  readonly server: string;
  readonly boots: boolean;
  /** What would start, or why nothing does. */
  readonly text: string;
  readonly steps: ReadonlyArray<{ readonly at: number; readonly text: string }>;
  readonly files: ReadonlyArray<Omit<FetchedFile, 'bytes'>>;
}

const BROADCAST = '255.255.255.255';

/** Runs one client. Throws EnvironmentError (`PXE_CLIENT_SOCKET`), InputError (`PXE_CLIENT_IDENTITY`), CanceledError. */
export async function simulateBoot(
  input: DoctorInput & { readonly simulate: NonNullable<DoctorInput['simulate']> },
  context: OperationContext,
): Promise<SimulatedBoot> {
  const { simulate, server = BROADCAST, guid = null, press, patience } = input;
  const mac = input.mac ?? ownMac(simulate);
  const broadcast = server === BROADCAST;
  const address = input.address ?? (await ownAddressTowards(server));
  const steps: { at: number; text: string }[] = [];
  const started = udpWire.now();
  const step = (text: string): void => {
    steps.push({ at: Math.round(udpWire.now() - started), text });
  };
  let loaded = 0;
  let heard = false;
  const run = await bootClient({
    kind: simulate,
    identity: { mac, guid },
    place: {
      address: server,
      dhcpPort: input.dhcpPort,
      bootServerPort: input.bootServerPort,
      tftpPort: input.tftpPort,
    },
    address,
    // A server answers broadcasts at port 68 alone; one that is asked by its address at the port that asked.
    ports: { client: broadcast ? 68 : 0, bootServer: broadcast ? CLIENT_KINDS[simulate].bootServerPort : 0 },
    xid: crc32(new TextEncoder().encode(`${simulate} ${mac}`)),
    wire: udpWire,
    readStore: bootStoreOf,
    judgeLoader,
    press,
    needsAddress: broadcast,
    limit: input.limit * 2 ** 20,
    scale: patience,
    signal: context.signal,
    seen(event) {
      heard ||= event.kind === 'exchange' && event.effect.kind === 'heard';
      const text = eventWords(event, server, input.bootServerPort);
      if (text !== null) step(text);
      if (event.kind === 'file')
        context.progress({ phase: 'loading', done: ++loaded, unit: 'files', item: event.file.name });
    },
  });
  const silent = !run.boots && !heard;
  step(run.boots ? `boots: ${run.text}` : `does not boot: ${run.text}`);
  if (silent) step(silenceWords(input, server, mac));
  return {
    kind: 'simulate',
    client: CLIENT_KINDS[simulate].words,
    mac,
    server,
    boots: run.boots,
    text: run.text,
    steps,
    files: run.files.map(({ bytes: _bytes, ...file }) => file),
  };
}

/** What to look at where no answer came. */
function silenceWords({ dhcpPort }: DoctorInput, server: string, mac: string): string {
  const where = server === BROADCAST ? `UDP ${dhcpPort}` : `UDP ${dhcpPort} of ${server}`;
  return `is a server there, and is ${where} open to it? One that hears it and stays silent says why: osdkit serve on its screen and in its log, for a site also osdkit pxe why ${mac}`;
}

/** Locally administered, and another one for each kind: a server keeps its choice for a computer for a while. */
const ownMac = (kind: (typeof SIMULATED)[number]): string => `02:6f:73:64:6b:0${SIMULATED.indexOf(kind) + 1}`;

function eventWords(event: BootEvent, server: string, bootServerPort: number): string | null {
  if (event.kind === 'said') return `shows ${quoted(event.text)}`;
  if (event.kind === 'judged') return event.text;
  if (event.kind === 'file') return fileWords(event.file);
  const { effect } = event;
  switch (effect.kind) {
    case 'discover':
      return server === BROADCAST ? 'asks who can boot it, by broadcast' : `asks ${server} what to boot`;
    case 'ask':
      return `asks ${effect.server} on port ${bootServerPort}`;
    case 'heard': {
      const words = offerWords({ offer: effect.offer, message: effect.offer.message }, effect.from === 'offer');
      return `${effect.offer.source ?? server} ${effect.from === 'offer' ? 'offers' : 'answers'}: ${words}`;
    }
    case 'chose':
      return `takes ${effect.selection.boot?.source ?? 'nothing'}: ${effect.selection.rule}`;
    default:
      return null;
  }
}

function fileWords({ name, outcome, size, time, text, sha256, protocol }: FetchedFile): string {
  const what = `${quoted(name)} by ${protocol === 'tftp' ? 'TFTP' : 'HTTP'}`;
  if (outcome === 'missing') return `${what}: not there`;
  if (outcome === 'failed') return `${what}: ${text}`;
  if (outcome === 'size') return `${what}: ${bytesText(size)}, size only`;
  return `${what}: ${bytesText(size)} in ${timeText(time)}${rateText(size, time)}, SHA-256 ${sha256?.slice(0, 16)}...`;
}
