/** A password's verifier: what fits it, and what is refused unread. */
import { scryptSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../../src/core/index.ts';
import { fitsVerifier, makeVerifier } from '../../../src/protocol/index.ts';

const cost = { logN: 10, r: 8, p: 1 };
const random = (length: number) => new Uint8Array(length).fill(7);

describe('PXE-03: the verifier of a password', () => {
  test('fits its password alone, whichever way its letters are composed', async () => {
    const verifier = await makeVerifier(new Secret('Zürich 1'), random, cost);
    expect(await fitsVerifier(new Secret('Zürich 1'), verifier)).toBe(true);
    expect(await fitsVerifier(new Secret('Zu\u0308rich 1'), verifier)).toBe(true);
    expect(await fitsVerifier(new Secret('zürich 1'), verifier)).toBe(false);
    expect(await fitsVerifier(new Secret(''), verifier)).toBe(false);
    expect(verifier).not.toContain('rich');
  });

  test('is scrypt as RFC 7914 has it, with a salt of its own', async () => {
    const verifier = await makeVerifier(new Secret('pw'), random, cost);
    const key = scryptSync('pw', Buffer.alloc(16, 7), 32, { N: 1024, r: 8, p: 1 }).toString('base64url');
    expect(verifier).toBe(`scrypt.10.8.1.${Buffer.alloc(16, 7).toString('base64url')}.${key}`);
    const other = await makeVerifier(new Secret('pw'), (length) => new Uint8Array(length).fill(8), cost);
    expect(other).not.toBe(verifier);
  });

  test.each([
    '',
    'pw',
    'scrypt.10.8.1.short.short',
    `scrypt.30.8.1.${'A'.repeat(22)}.${'B'.repeat(43)}`,
    `scrypt.17.8.9.${'A'.repeat(22)}.${'B'.repeat(43)}`,
    `scrypt.0.0.0.${'A'.repeat(22)}.${'B'.repeat(43)}`,
  ])('%j is refused', async (verifier) => {
    await expect(fitsVerifier(new Secret('pw'), verifier)).rejects.toMatchObject({ code: 'PROTOCOL_MALFORMED' });
  });
});
