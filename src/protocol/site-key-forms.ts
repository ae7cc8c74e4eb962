/** Raw 32-byte forms of Ed25519 and X25519 keys (RFC 8410): the fixed bytes around them are the same for every key. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** So many fresh random bytes; given in, so that tests can repeat a run. */
export type RandomBytes = (length: number) => Uint8Array;

const pkcs8 = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' } as const;

/** The Ed25519 private key of a 32-byte seed. */
export function signingKeyFromSeed(seed: Uint8Array): KeyObject {
  return privateKey('ed25519', seed);
}

/** The X25519 private key of 32 bytes. */
export function sealingKeyFromSeed(seed: Uint8Array): KeyObject {
  return privateKey('x25519', seed);
}

/** The 32 bytes of the public half. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
}

function privateKey(kind: keyof typeof pkcs8, seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw new RangeError(`a key has 32 bytes, not ${seed.length}`);
  return createPrivateKey({
    key: Buffer.concat([Buffer.from(pkcs8[kind], 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });
}
