/** Relays, and what does not fit. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer, type BootChoice, classify } from '../../../pxe/boot/index.ts';
import { decodeMessage, rawOption } from '../../../pxe/dhcp/index.ts';
import { hex, reply, silence } from './replies.ts';
import { BROADCAST, choice, menu, OWN, received, second, settings, type Wanted } from './samples.ts';

describe('relays', () => {
  const relayed = (sub: readonly number[], wanted: Wanted = {}): Wanted => ({
    ...wanted,
    source: { address: '10.1.0.1', port: 67 },
    options: [{ code: 82, data: Uint8Array.from(sub) }],
    header: { giaddr: '10.1.0.1', hops: 1, ...wanted.header },
  });

  test('the reply goes to the relay, option 82 unchanged and last, hops and giaddr kept, broadcast asked for', () => {
    const sub = [1, 2, 9, 9, 200, 1, 7];
    const { message, to, codes } = reply(relayed(sub, { arch: 0 }));
    expect(to).toEqual({ address: '10.1.0.1', port: 67, broadcast: false });
    expect(codes.at(-1)).toBe(82);
    expect([...(rawOption(message, 82) ?? [])]).toEqual(sub);
    expect(message).toMatchObject({ hops: 1, giaddr: '10.1.0.1', flags: BROADCAST });
  });

  test('the server identifier that the relay wants (RFC 5107), and then siaddr is still ours', () => {
    const { message } = reply(relayed([11, 4, 10, 1, 0, 1]));
    expect(hex(rawOption(message, 54))).toBe('0a010001');
    expect(message.siaddr).toBe(OWN);
  });

  test('a client that chose the identifier of the relay has chosen us', () => {
    const options = [
      { code: 82, data: Uint8Array.of(11, 4, 10, 1, 0, 1) },
      { code: 54, data: Uint8Array.of(10, 1, 0, 1) },
    ];
    const wanted = second({ arch: 7, options, header: { giaddr: '10.1.0.1' } });
    expect(reply(wanted)).toMatchObject({ reason: 'acknowledged', to: { address: '10.1.0.1', port: 67 } });
  });
});

describe('limits', () => {
  test('a name of 128 characters is in option 67 alone; one of 255 is refused, as are names that are no plain text', () => {
    const named = (file: string) => choice({ files: { 'pxeboot.n12': file } });
    expect(reply({ arch: 0 }, named('a'.repeat(127)))).toMatchObject({ header: 'a'.repeat(127) });
    expect(reply({ arch: 0 }, named('a'.repeat(128)))).toMatchObject({ header: '', file: 'a'.repeat(128) });
    for (const file of ['a'.repeat(255), '', ' a', 'a ', 'ä', 'a\0b', '€']) {
      expect(silence({ arch: 0 }, named(file)), JSON.stringify(file)).toBe('fileNameUnfit');
    }
  });

  test('a reply that the client does not take is not sent', () => {
    const small = [{ code: 57, data: Uint8Array.of(2, 64) }];
    const circuit = {
      code: 82,
      data: Uint8Array.from({ length: 200 }, (_, index) => (index === 0 ? 1 : index === 1 ? 198 : 7)),
    };
    const wanted = { arch: 0, options: [...small, circuit], header: { giaddr: '10.1.0.1' } };
    expect(silence(wanted, choice({ files: { 'pxeboot.n12': 'a'.repeat(120) } }))).toBe('replyTooLarge');
    expect(silence(wanted, choice())).toBe('a reply: offered');
  });

  test('whatever comes in: one reply at most, no larger than the client takes, never an exception', () => {
    const start = received(second({ arch: 7 }));
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom(0, 6, 7, 11, 16),
        fc.constantFrom(1, 3, 8),
        fc.constantFrom<67 | 4011>(67, 4011),
        fc.constantFrom<BootChoice['purpose']>('required', 'available', 'none'),
        (tail, arch, type, port, purpose) => {
          const bytes = new Uint8Array(300 + tail.length);
          bytes.set([1, 1, 6]);
          bytes[33] = 1;
          const name = [60, 10, ...new TextEncoder().encode(arch === 16 ? 'HTTPClient' : 'PXEClient:')];
          bytes.set([0x63, 0x82, 0x53, 0x63, 53, 1, type, ...name, 93, 2, 0, arch, ...tail, 255], 236);
          let message: ReturnType<typeof decodeMessage>;
          try {
            message = decodeMessage(bytes);
          } catch {
            return;
          }
          const found = classify({ ...start, message, port }, settings);
          if (found.kind === 'ignored') return;
          const made = answer(found.request, choice({ purpose, menu }));
          if (made.kind === 'silence') return;
          expect(made.datagram.length).toBeLessThanOrEqual(found.request.client.maximumReply);
          expect(decodeMessage(made.datagram)).toEqual(made.message);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
