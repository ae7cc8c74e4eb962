/** Bootstrap and policy documents: form, limits, signature; the signature judged without our functions. */
import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { FormatError, LimitError } from '../../../src/core/index.ts';
import {
  isSignedBy,
  newSiteKeys,
  POLICY_LIMIT,
  type PolicyDocument,
  readBootstrap,
  readPolicy,
  signDocument,
  writeBootstrap,
  writePolicy,
} from '../../../src/protocol/index.ts';

const { keys } = newSiteKeys((length) => new Uint8Array(length).fill(9));
const other = newSiteKeys((length) => new Uint8Array(length).fill(8)).keys;

const policy: PolicyDocument = {
  osdkit: 1,
  kind: 'policy',
  site: { code: 'ABC', name: 'Test' },
  made: '2026-11-21T12:00:00.000Z',
  start: 'pxe',
  identity: { kind: 'known', name: 'PC1', by: 'macAddress' },
  recipient: null,
  deployments: [],
  choice: { kind: 'nothing', text: 'none' },
  sequences: [],
  variables: [{ name: 'Zoë', value: 'ü', hidden: false, origin: 'site', overridden: [] }],
  content: [],
  updates: [],
  users: [],
  notes: [],
  signature: '',
};

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const codeOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    return (error as FormatError).code;
  }
  return 'none';
};

describe('signatures', () => {
  const signed = signDocument(policy, keys.signing);

  test('are Ed25519 over the canonical text with an empty signature', () => {
    // Keys in the order of code units, no spaces: RFC 8785 for what is in here, written by hand.
    const text =
      '{"choice":{"kind":"nothing","text":"none"},"content":[],"deployments":[],"identity":{"by":"macAddress","kind":"known","name":"PC1"},' +
      '"kind":"policy","made":"2026-11-21T12:00:00.000Z","notes":[],"osdkit":1,"recipient":null,"sequences":[],"signature":"",' +
      '"site":{"code":"ABC","name":"Test"},"start":"pxe","updates":[],"users":[],' +
      '"variables":[{"hidden":false,"name":"Zoë","origin":"site","overridden":[],"value":"ü"}]}';
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(keys.public.signing, 'base64').toString('base64url') };
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    expect(verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signed.signature, 'base64'))).toBe(true);
  });

  test('hold for their key alone, and for nothing that was changed', () => {
    expect(isSignedBy(signed, keys.public.signing)).toBe(true);
    expect(isSignedBy(signed, other.public.signing)).toBe(false);
    expect(isSignedBy(policy, keys.public.signing)).toBe(false);
    expect(isSignedBy({ ...signed, site: { code: 'ABD', name: 'Test' } } as PolicyDocument, keys.public.signing)).toBe(
      false,
    );
    expect(isSignedBy({ ...signed, signature: 'AAAA' }, keys.public.signing)).toBe(false);
    expect(isSignedBy(signed, 'no key')).toBe(false);
    expect(isSignedBy(readPolicy(writePolicy(signed)), keys.public.signing)).toBe(true);
  });
});

describe('a hostile policy', () => {
  test('of another version, kind or form is refused by name', () => {
    expect(codeOf(() => readPolicy(bytes({ ...policy, osdkit: 2 })))).toBe('PROTOCOL_VERSION');
    for (const wrong of [
      { ...policy, kind: 'bootstrap' },
      { ...policy, extra: 1 },
      { ...policy, start: 'usb' },
      { ...policy, variables: [{ ...policy.variables[0], value: 'x'.repeat(4001) }] },
      { ...policy, identity: { kind: 'known' } },
      [],
      null,
    ]) {
      expect(['PROTOCOL_MALFORMED', 'PROTOCOL_VERSION']).toContain(codeOf(() => readPolicy(bytes(wrong))));
    }
    expect(codeOf(() => readPolicy(new Uint8Array([0xff, 0xfe])))).toBe('PROTOCOL_MALFORMED');
  });

  test('too large or too deep is refused before it is parsed', () => {
    expect(() => readPolicy(new Uint8Array(POLICY_LIMIT + 1).fill(0x20))).toThrow(LimitError);
    const deep = `{"osdkit":1,"sequences":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(codeOf(() => readPolicy(new TextEncoder().encode(deep)))).toBe('PROTOCOL_LIMIT');
    // Brackets in texts are no depth.
    const texts = { ...policy, notes: [{ code: 'X', severity: 'note', message: `"${'['.repeat(3000)}\\` }] };
    expect(readPolicy(bytes(texts)).notes[0]?.message.length).toBe(3002);
  });

  test('too large is not written either', () => {
    const steps = Array.from({ length: 40 }, (_, index) => ({ step: `${index}`, description: 'x'.repeat(1 << 20) }));
    expect(() =>
      writePolicy({ ...policy, sequences: [{ id: 'ABC00001', name: 'T', bootImage: null, steps }] }),
    ).toThrow(LimitError);
  });
});

describe('a bootstrap', () => {
  const bootstrap = {
    site: { code: 'ABC', name: 'Test', signing: keys.public.signing },
    servers: [{ name: 'DP1', url: 'http://dp1' }],
    bootImage: { id: 'ABC00001', name: 'pe' },
    unknownComputers: true,
    unattended: false,
    variables: { A: 'b' },
  };

  test('is read back as it was written, and refused in any other form', () => {
    expect(readBootstrap(writeBootstrap(bootstrap))).toEqual({ osdkit: 1, kind: 'bootstrap', ...bootstrap });
    expect(codeOf(() => readBootstrap(bytes({ osdkit: 1, kind: 'policy' })))).toBe('PROTOCOL_MALFORMED');
    expect(codeOf(() => readBootstrap(bytes({ osdkit: 1, kind: 'bootstrap', ...bootstrap, secrets: {} })))).toBe(
      'PROTOCOL_MALFORMED',
    );
    expect(codeOf(() => readBootstrap(bytes({ osdkit: 3 })))).toBe('PROTOCOL_VERSION');
  });
});
