/**
 * Sealing: scrypt (RFC 7914) and AES-256-GCM, deterministic in the way of SIV (product principle 6). The salt comes from the
 * media id, the nonce is an HMAC over the whole plaintext under a key from that scrypt: equal inputs give equal bytes,
 * different plaintexts do not share a nonce, and nothing outside the sealed part tests a guess without the full scrypt.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, scrypt } from 'node:crypto';
import { LimitError, type Secret } from '../core/index.ts';
import { protocolCode } from './codes.ts';

export interface ScryptCost {
  /** log2 of N. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and about half a second a guess. */
export const sealCost: ScryptCost = { logN: 17, r: 8, p: 1 };

/**
 * Bytes that scrypt may touch for a reader, all its `p` passes together: twice what sealing takes. Above that a hostile medium
 * could eat the memory and the time of the reader.
 */
const mostWork = 256 * 1024 * 1024;

export interface Keys {
  readonly cipher: Buffer;
  readonly nonce: Buffer;
}

/** Both keys from a password. Throws LimitError for a cost above 256 MiB, or one that RFC 7914 (section 2) does not allow. */
export async function deriveKeys(password: Secret, salt: Uint8Array, cost: ScryptCost): Promise<Keys> {
  const memory = 128 * 2 ** cost.logN * cost.r;
  // N < 2^(128 r / 8), which only small r break: OpenSSL calls that a lack of memory.
  const lawful = cost.logN >= 1 && cost.r >= 1 && cost.p >= 1 && cost.logN < 16 * cost.r;
  if (!lawful || memory * cost.p > mostWork) {
    throw new LimitError(
      protocolCode.PROTOCOL_MALFORMED,
      `sealed variables: scrypt cost N=2^${cost.logN}, r=${cost.r}, p=${cost.p} is outside what osdkit accepts`,
      { details: { work: memory * cost.p, limit: mostWork } },
    );
  }
  const text = Buffer.from(password.reveal().normalize('NFC'), 'utf8');
  const options = { N: 2 ** cost.logN, r: cost.r, p: cost.p, maxmem: memory + 64 * 1024 * 1024 };
  const key = await new Promise<Buffer>((resolve, reject) => {
    scrypt(text, salt, 64, options, (error, derived) => (error ? reject(error) : resolve(derived)));
  });
  return { cipher: key.subarray(0, 32), nonce: key.subarray(32, 64) };
}

/** The salt of a medium: bound to its media id and to this purpose. */
export function saltOf(mediaId: string): Uint8Array {
  return createHash('sha256').update(`osdkit variables salt 1\n${mediaId}`).digest();
}

/** The nonce for a plaintext: the first 12 bytes of HMAC-SHA-256 over header and plaintext. */
export function nonceOf(keys: Keys, header: Uint8Array, plaintext: Uint8Array): Uint8Array {
  return createHmac('sha256', keys.nonce).update(header).update(plaintext).digest().subarray(0, 12);
}

/** AES-256-GCM with the header as additional data. */
export function encrypt(
  keys: Keys,
  nonce: Uint8Array,
  header: Uint8Array,
  plaintext: Uint8Array,
): { readonly ciphertext: Uint8Array; readonly tag: Uint8Array } {
  const cipher = createCipheriv('aes-256-gcm', keys.cipher, nonce);
  cipher.setAAD(header);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { ciphertext, tag: cipher.getAuthTag() };
}

/** The plaintext, or undefined when password, header or ciphertext are not what was sealed. */
export function decrypt(
  keys: Keys,
  nonce: Uint8Array,
  tag: Uint8Array,
  header: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-gcm', keys.cipher, nonce, { authTagLength: 16 });
  decipher.setAAD(header);
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined;
  }
}
