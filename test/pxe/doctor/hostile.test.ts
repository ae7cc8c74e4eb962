/** Captures that are damaged, cut, shuffled or made to mislead: the doctor ends in words, quickly, without control characters. */
import { expect, test } from 'vitest';
import { FormatError } from '../../../src/core/index.ts';
import { explain, explanationText, recordedPackets, type SeenPacket } from '../../../pxe/doctor/index.ts';
import { CLIENT_KINDS, type ClientKind, datagramOf, discoverMessage } from '../../../pxe/client/index.ts';
import { randomFractions } from '../../support/random-numbers.ts';
import { BOOT, CLIENT, scene, toLoader } from './scene.ts';

const whole = toLoader()
  .probe('boot\\bootmgfw.efi', 3000)
  .file('boot\\bootmgfw.efi', 3000)
  .file('\\boot\\BCD', 900)
  .http('GET', '/boot.iso', 200, 3000)
  .pcap();

test('2000 captures with changed bytes: no exception, no control character', () => {
  const random = randomFractions(6);
  for (let round = 0; round < 2000; round++) {
    const bytes = whole.slice();
    // Behind the file header and the first record header: those are the business of pxe/capture.
    for (let change = 0; change < 1 + random() * 40; change++) {
      const at = 40 + Math.floor(random() * (bytes.length - 40));
      bytes[at] = Math.floor(random() * 256);
    }
    let text = '';
    try {
      text = explanationText(explain(recordedPackets(bytes)));
    } catch (problem) {
      // The first packet's own header is broken: no capture at all.
      if (!(problem instanceof FormatError)) throw problem;
    }
    expect(/[^\x20-\x7e\n]/.exec(text), `round ${round}`).toBeNull();
  }
});

test('a capture that breaks off is explained as far as it goes, and says so', () => {
  let seen = 0;
  for (let length = 600; length < whole.length; length += 97) {
    const packets = [...recordedPackets(whole.subarray(0, length))];
    const { findings } = explain(packets);
    const broken = packets.at(-1)?.kind === 'broken';
    expect(findings.some(({ text }) => text.includes('breaks off'))).toBe(broken);
    seen += broken ? 1 : 0;
  }
  expect(seen).toBeGreaterThan(50);
});

test('names that steer terminals are shown as text', () => {
  const steering = '\u001b[2J\u0007\r\nrm -rf';
  const text = explanationText(
    scene()
      .discover()
      .offer({ file: steering })
      .tftp('up', 2000, { kind: 'read', name: steering, mode: 'octet', options: [] })
      .http('GET', '/\u001b]0;x', 200, 5)
      .explain(),
  );
  expect(/[^\x20-\x7e\n]/.exec(text)).toBeNull();
});

/** As if it were captured: to the boot server. */
const udp = (sourceAddress: string, sourcePort: number, targetPort: number, payload: Uint8Array, number: number) =>
  ({
    kind: 'udp',
    number,
    at: number,
    udp: { sourceAddress, sourcePort, targetAddress: BOOT, targetPort, payload, length: payload.length, cut: false },
  }) as const;

const asks = (kind: ClientKind): Uint8Array =>
  datagramOf(
    discoverMessage({
      profile: CLIENT_KINDS[kind],
      identity: { mac: '020000000001', guid: null },
      xid: 1,
      ciaddr: '0.0.0.0',
    }),
  );

test('floods stay within their limits: 30,000 questions, 20,000 transfers', () => {
  const packets: SeenPacket[] = [];
  const question = asks('bios');
  for (let number = 1; number <= 30_000; number++) {
    const payload = Uint8Array.from(question);
    new DataView(payload.buffer).setUint32(4, number >> 4);
    payload[30] = number & 0xff;
    packets.push(udp('0.0.0.0', 68, 67, payload, number));
  }
  const request = Buffer.from('\0\x01a\0octet\0', 'latin1');
  for (let number = 0; number < 20_000; number++)
    packets.push(udp(CLIENT, 1024 + number, 69, request, 30_001 + number));
  const { exchanges } = explain(packets);
  expect(exchanges.length).toBeGreaterThan(255);
  // A time of its own would be a judge of the computer; the test's own limit is enough against quadratic work.
}, 20_000);

test('one computer that asks 150,000 times within one attempt, and 20,000 times anew', () => {
  const question = asks('bios');
  const same = Array.from({ length: 150_000 }, (_, index) => udp('0.0.0.0', 68, 67, question, index + 1));
  expect(explain(same).exchanges).toHaveLength(1);
  // Another firmware each time is another attempt.
  const kinds = [question, asks('uefi-x64')];
  const anew = Array.from({ length: 20_000 }, (_, index) => {
    const payload = Uint8Array.from(kinds[index % 2] ?? question);
    new DataView(payload.buffer).setUint32(4, index);
    return udp('0.0.0.0', 68, 67, payload, index + 1);
  });
  expect(explain(anew).exchanges).toHaveLength(20_000);
}, 20_000);
