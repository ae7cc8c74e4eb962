/** Datagrams at the port for requests: who gets an answer, and which. */
import { describe, expect, test } from 'vitest';
import { errorPacket, judgeRequest, readPacket } from '../../../pxe/tftp/index.ts';

const judge = (text: string) => judgeRequest(new Uint8Array(Buffer.from(text, 'latin1')));

function answer(text: string): unknown {
  const judgement = judge(text);
  return judgement.kind === 'refused' ? readPacket(judgement.bytes) : judgement.kind;
}

test.each(['octet', 'OCTET', 'netascii', 'NetAscii'])('a read in mode %s', (mode) => {
  expect(judge(`\0\x01\\Boot\\BCD\0${mode}\0tsize\x000\0`)).toMatchObject({
    kind: 'read',
    name: 'boot/bcd',
    request: { name: '\\Boot\\BCD', options: [{ name: 'tsize', value: '0' }] },
  });
});

describe('requests that are refused', () => {
  test.each([
    ['\0\x02a\0octet\0', 2, 'takes no files'],
    ['\0\x01a\0mail\0', 4, 'mode'],
    ['\0\x01../a\0octet\0', 2, '..'],
    ['\0\x01a\0octet\0tsize\0', 4, 'no value'],
    ['\0\x01\0', 4, '3 bytes'],
    ['\0\x01', 4, '2 bytes'],
  ])('%j', (text, code, reason) => {
    expect(answer(text)).toEqual({ kind: 'error', code, message: expect.stringContaining(reason) as string });
  });
});

test.each(['', '\0', '\0\x03\0\x01abc', '\0\x04\0\x01', '\0\x05\0\0x\0', '\0\x06tsize\x000\0', '\0\x09aaa', 'hello'])(
  '%j gets no answer',
  (text) => {
    expect(answer(text)).toBe('dropped');
  },
);

test.each([
  `\0\x01a\0${'\x01'.repeat(1500)}\0`,
  `\0\x01a\0octet\0${'\x01'.repeat(1500)}\0`,
  `\0\x01${'../'.repeat(500)}\0a\0`,
])('a long request is refused in few words: %#', (text) => {
  const judgement = judge(text);
  expect(judgement.kind === 'refused' && judgement.bytes.length).toBeLessThan(200);
});

test('an error packet holds a message of any kind', () => {
  expect(readPacket(errorPacket(1, 'no\0such'))).toEqual({ kind: 'error', code: 1, message: 'no such' });
});
