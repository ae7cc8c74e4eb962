/** Recorded messages of others encode to the bytes that they were decoded from. */
import { describe, expect, test } from 'vitest';
import { encodeMessage } from '../../../pxe/dhcp/index.ts';
import { captures, haveCaptures, recordedMessages } from '../captures.ts';

describe.skipIf(!haveCaptures)('messages of real firmware and servers (../shared/captures)', () => {
  test.each(captures)('%s: every message encodes to its own bytes', (name) => {
    const messages = recordedMessages(name);
    expect(messages.length).toBeGreaterThanOrEqual(4);
    for (const {
      number,
      datagram: { payload, cut },
      message,
    } of messages) {
      expect(cut, `packet ${number} is whole`).toBe(false);
      expect(encodeMessage(message, { minimumSize: payload.length }), `packet ${number}`).toEqual(payload);
    }
  });
});
