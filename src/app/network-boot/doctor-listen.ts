/** Hears what plain sockets hear of network boot, for a while, and explains it. */
import { listenOn } from '../../../pxe/client/index.ts';
import { explain, type Explanation, type SeenPacket } from '../../../pxe/doctor/index.ts';
import type { OperationContext } from '../../core/index.ts';
import type { DoctorInput } from './doctor-input.ts';

export interface HeardBoots {
  readonly kind: 'listen';
  readonly seconds: number;
  readonly heard: readonly number[];
  /** What was not heard, and why. */
  readonly unheard: readonly string[];
  readonly explanation: Explanation;
}

const MOST_PACKETS = 200_000;
const ADDRESS_UNKNOWN = '255.255.255.255';
const CLIENT_PORT = 68;

/** Listens for `input.for` seconds, or until it is asked to stop, which is no error. */
export async function listenForBoots(input: DoctorInput, context: OperationContext): Promise<HeardBoots> {
  const { address = null, dhcpPort, bootServerPort, tftpPort, server, for: seconds = 60 } = input;
  const packets: SeenPacket[] = [];
  const started = performance.now();
  const wanted = [...new Set([dhcpPort, CLIENT_PORT, bootServerPort])];
  const listener = await listenOn(wanted, address, ({ source, port, bytes }) => {
    if (packets.length >= MOST_PACKETS) return;
    packets.push({
      kind: 'udp',
      number: packets.length + 1,
      at: performance.now() - started,
      udp: {
        sourceAddress: source.address,
        sourcePort: source.port,
        targetAddress: address ?? ADDRESS_UNKNOWN,
        targetPort: port,
        payload: bytes.slice(),
        length: bytes.length,
        cut: false,
      },
    });
  });
  const redraw = setInterval(() => {
    const done = Math.round((performance.now() - started) / 1000);
    context.progress({ phase: `listening, ${packets.length} heard`, done, total: seconds });
  }, 500);
  try {
    if (listener.heard.length > 0) await sleep(seconds * 1000, context.signal);
  } finally {
    clearInterval(redraw);
    listener.close();
  }
  return {
    kind: 'listen',
    seconds: Math.round((performance.now() - started) / 1000),
    heard: listener.heard,
    unheard: [
      ...listener.deaf.map(({ port, what, reason }) => {
        const part = what === 'all' ? '' : `what is sent to ${address ?? 'this computer'} alone, `;
        return `port ${port}: ${part}${reasonWords(reason)}`;
      }),
      'offers and acknowledgements that are sent to one computer, TFTP and HTTP: no plain socket hears them. ' +
        'Let a recorder hear for it: tcpdump -U -i eth0 -w - | osdkit pxe doctor --pcap -',
    ],
    explanation: explain(packets, {
      // What came no more counts, too.
      end: performance.now() - started,
      ...(server === undefined ? {} : { servers: new Set([server]) }),
      ports: {
        dhcp: new Set([...wanted, 67, CLIENT_PORT, 4011]),
        tftp: new Set([tftpPort]),
        bootServer: new Set([4011, bootServerPort]),
      },
    }),
  };
}

function reasonWords(reason: string): string {
  if (reason === 'EACCES') return 'needs rights (run as root)';
  return reason === 'EADDRINUSE' ? 'another program has it' : reason;
}

async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    if (signal.aborted) resolve();
  });
}
