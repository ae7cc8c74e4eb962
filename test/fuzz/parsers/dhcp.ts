/** Mutations of DHCP messages, read with all options, identified and answered; and of packet captures. */
import { FormatError } from '../../../src/core/index.ts';
import { answer, type BootChoice, classify } from '../../../pxe/boot/index.ts';
import { readCapture, udpOf } from '../../../pxe/capture/index.ts';
import {
  clientArchitectures,
  decodeMessage,
  type DhcpMessage,
  type DhcpOption,
  encodeMessage,
  ipxeOptions,
  linkSelection,
  machineIdentifier,
  networkInterface,
  pxeOptions,
  readOption,
  relayAgent,
  serverIdentifier,
  userClass,
} from '../../../pxe/dhcp/index.ts';
import type { Parser } from '../parser.ts';

const settings = { mode: 'proxy', relays: new Set(['10.1.0.1']), ignoredMacs: new Set<string>() } as const;
const choice: BootChoice = {
  purpose: 'available',
  files: { 'pxeboot.com': 'pxeboot.com', 'bootmgfw.efi': 'bootmgfw.efi', promptScript: 'http://10.77.0.1/p.ipxe' },
  menu: { prompt: 'Press F8', timeout: 10, localText: 'Disk', bootText: 'Install' },
  preferLoaderUrl: false,
  fastReturn: true,
  why: { code: 'X', text: '' },
};
const kinds: ReadonlyArray<DhcpOption<unknown>> = [
  clientArchitectures,
  ipxeOptions,
  machineIdentifier,
  networkInterface,
  pxeOptions,
  relayAgent,
  serverIdentifier,
  userClass,
];

/** `classify` and `answer` throw nothing, whatever the message: what they throw is a finding. */
function respond(message: DhcpMessage): void {
  for (const port of [67, 4011] as const) {
    const source = { address: message.ciaddr, port: 68 };
    const found = classify({ message, port, source, ownAddress: '10.77.0.1' }, settings);
    if (found.kind === 'ignored') continue;
    const made = answer(found.request, choice);
    if (made.kind === 'reply' && made.datagram.length > found.request.client.maximumReply) throw new Error('too large');
  }
}

export const dhcpParsers: readonly Parser[] = [
  {
    name: 'dhcp',
    exercise(bytes) {
      const message = decodeMessage(bytes);
      try {
        respond(message);
      } catch (error) {
        throw new Error('a request makes the responder throw', { cause: error });
      }
      const again = decodeMessage(encodeMessage(message, { maximumSize: 65_507 }));
      if (again.options.length !== message.options.length) throw new Error('encoded differently');
      for (const kind of kinds) readOption(message, kind);
      linkSelection(readOption(message, relayAgent) ?? []);
    },
  },
  {
    name: 'capture',
    exercise(bytes) {
      for (const packet of readCapture(bytes)) {
        const datagram = udpOf(packet.bytes);
        if (datagram === undefined) continue;
        try {
          decodeMessage(datagram.payload);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }
    },
  },
];
