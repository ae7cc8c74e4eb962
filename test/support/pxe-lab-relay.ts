/**
 * A DHCP relay agent with option 82 (RFC 1542 section 4, RFC 3046), written from those texts and without code of the product:
 * `node --import tsx pxe-lab-relay.ts CLIENT-SIDE-ADDRESS SERVER...`. One line for each message that it passes on.
 */
import { createSocket } from 'node:dgram';

const [own = '', ...servers] = process.argv.slice(2);

/** Offsets in a BOOTP message (RFC 951), and of the options behind the magic cookie. */
const AT = { operation: 0, hops: 3, giaddr: 24, options: 240 } as const;
const RELAY_AGENT_INFORMATION = 82;
const END = 255;
/** Sub-option 1 circuit id, 2 remote id, with bytes that no text has. */
const INFORMATION = Buffer.from([RELAY_AGENT_INFORMATION, 10, 1, 3, 0x00, 0x07, 0xff, 2, 3, 0x52, 0x54, 0x00]);

const ownBytes = Buffer.from(own.split('.').map(Number));

/** Start of an option and of the END behind all; -1 when absent. */
function find(message: Buffer, code: number): number {
  for (let at = AT.options; at < message.length; ) {
    if (message[at] === code) return at;
    if (message[at] === END) return -1;
    at += message[at] === 0 ? 1 : 2 + (message[at + 1] ?? 0);
  }
  return -1;
}

/** A question with our address, one hop more, and option 82 as its last. */
function marked(question: Buffer): Buffer {
  const head = Buffer.from(question.subarray(0, find(question, END)));
  head[AT.hops] = (head[AT.hops] ?? 0) + 1;
  ownBytes.copy(head, AT.giaddr);
  return Buffer.concat([head, INFORMATION, Buffer.from([END])]);
}

/** An answer without option 82, padded to the 300 bytes that old clients want. */
function cleaned(answer: Buffer, at: number): Buffer {
  const rest = answer.subarray(at + INFORMATION.length);
  const message = Buffer.concat([answer.subarray(0, at), rest]);
  return Buffer.concat([message, Buffer.alloc(Math.max(0, 300 - message.length))]);
}

const socket = createSocket('udp4');
socket.on('message', (message, from) => {
  if (message.length <= AT.options) return;
  if (message[AT.operation] === 1) {
    if (!message.subarray(AT.giaddr, AT.giaddr + 4).equals(Buffer.alloc(4))) return;
    for (const server of servers) socket.send(marked(message), 67, server);
    console.log(`question passed on to ${servers.join(' and ')}`);
    return;
  }
  const at = find(message, RELAY_AGENT_INFORMATION);
  const same = at >= 0 && message.subarray(at, at + INFORMATION.length).equals(INFORMATION);
  const last = same && message[at + INFORMATION.length] === END;
  console.log(`answer of ${from.address}: option 82 ${last ? 'unchanged and last' : same ? 'unchanged' : 'lost'}`);
  socket.send(same ? cleaned(message, at) : message, 68, '255.255.255.255');
});
socket.bind(67, '0.0.0.0', () => {
  socket.setBroadcast(true);
  console.log('relay is ready');
});
