import { createCipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/index.ts';
import { isSealedText, newSiteKeys, open, readSiteKeys, seal, writeSiteKeys } from '../../../src/protocol/index.ts';

/** Random bytes that a test can repeat. */
function repeatable(seed: string): (length: number) => Uint8Array {
  let count = 0;
  return (length) => createHash('shake256', { outputLength: length }).update(`${seed} ${count++}`).digest();
}

const { keys, seeds } = newSiteKeys(repeatable('site'));
const recipient = Buffer.from(keys.public.sealing, 'base64');

describe('sealed texts', () => {
  test('open again, whatever they hold', () => {
    const random = repeatable('texts');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const sealed = seal(new Secret(text), recipient, random);
        expect(isSealedText(sealed)).toBe(true);
        expect(open(sealed, keys.sealing, 'here').reveal()).toBe(text);
      }),
    );
  });

  test('never look alike, and say little about the length', () => {
    const random = repeatable('alike');
    const [a, b, c] = ['short', 'short', 'a password of some forty characters, about'].map((text) =>
      seal(new Secret(text), recipient, random),
    );
    expect(a).not.toBe(b);
    expect(a?.length).toBe(c?.length);
  });

  test('are what the description says, made here step by step', () => {
    // Not with our functions: raw keys, HKDF and GCM as RFC 7748, 5869 and the file's comment name them.
    const ephemeral = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), Buffer.alloc(32, 7)]),
      format: 'der',
      type: 'pkcs8',
    });
    const ephemeralPublic = createPublicKey(ephemeral).export({ format: 'der', type: 'spki' }).subarray(12);
    const shared = diffieHellman({ privateKey: ephemeral, publicKey: createPublicKey(keys.sealing) });
    const okm = Buffer.from(
      hkdfSync('sha256', shared, Buffer.concat([ephemeralPublic, recipient]), 'osdkit sealed text 1', 44),
    );
    const plain = Buffer.alloc(64);
    plain.writeUInt32LE(6, 0);
    plain.write('secret', 4);
    const cipher = createCipheriv('aes-256-gcm', okm.subarray(0, 32), okm.subarray(32));
    const sealed = Buffer.concat([ephemeralPublic, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    expect(open(`v1.${sealed.toString('base64url')}`, keys.sealing, 'here').reveal()).toBe('secret');
  });

  test('refuse another key, a changed character, another version, other text', () => {
    const sealed = seal(new Secret('x'), recipient, repeatable('refuse'));
    const other = newSiteKeys(repeatable('other')).keys;
    const code = (run: () => unknown): unknown => {
      try {
        run();
      } catch (error) {
        return (error as { code?: string }).code;
      }
      return undefined;
    };
    expect(code(() => open(sealed, other.sealing, 'a.yaml:3:5'))).toBe('PROTOCOL_KEY_WRONG');
    for (const at of [3, 40, 80, sealed.length - 3]) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(code(() => open(changed, keys.sealing, 'here'))).toBe('PROTOCOL_KEY_WRONG');
    }
    expect(code(() => open(sealed.replace('v1.', 'v2.'), keys.sealing, 'here'))).toBe('PROTOCOL_VERSION');
    expect(code(() => open('hunter2', keys.sealing, 'here'))).toBe('PROTOCOL_MALFORMED');
    expect(code(() => open(`v1.${'A'.repeat(40_000)}`, keys.sealing, 'here'))).toBe('PROTOCOL_MALFORMED');
  });
});

describe('the key file', () => {
  test('opens with its password alone, and holds no private half in the clear', async () => {
    const bytes = await writeSiteKeys(seeds, new Secret('a long password'), repeatable('file'));
    const again = await readSiteKeys(bytes, new Secret('a long password'), 'keys');
    expect(again.public).toEqual(keys.public);
    expect(again.sealing.export({ format: 'jwk' })).toEqual(keys.sealing.export({ format: 'jwk' }));
    const text = Buffer.from(bytes).toString('latin1');
    for (const part of [seeds.subarray(0, 32), seeds.subarray(32)]) {
      expect(text).not.toContain(Buffer.from(part).toString('base64').slice(0, 20));
    }
    await expect(readSiteKeys(bytes, new Secret('another'), 'keys')).rejects.toMatchObject({
      code: 'PROTOCOL_PASSWORD_WRONG',
    });
    const swapped = text.replace(keys.public.sealing, Buffer.alloc(32, 1).toString('base64'));
    await expect(readSiteKeys(Buffer.from(swapped), new Secret('a long password'), 'keys')).rejects.toMatchObject({
      code: 'PROTOCOL_PASSWORD_WRONG',
    });
  });

  test('refuses a cost that would eat the machine, and other files', async () => {
    const bytes = await writeSiteKeys(seeds, new Secret('p'), repeatable('file'));
    const text = Buffer.from(bytes).toString('utf8');
    const dear = Buffer.from(text.replace('"logN":17', '"logN":40'));
    await expect(readSiteKeys(dear, new Secret('p'), 'keys')).rejects.toMatchObject({ name: 'LimitError' });
    await expect(readSiteKeys(Buffer.from('{}'), new Secret('p'), 'keys')).rejects.toMatchObject({
      code: 'PROTOCOL_VERSION',
    });
  });
});
