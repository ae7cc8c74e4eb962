/**
 * A secret sealed to one recipient: a `!secret` scalar of a site (recipient: the site's sealing key), a variable in a policy
 * (recipient: the device that asked). X25519 with an ephemeral key (RFC 7748), HKDF-SHA-256 (RFC 5869), AES-256-GCM. Text
 * form: `v1.` and base64url of ephemeral public key (32), ciphertext, tag (16).
 */
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { FormatError, InputError, Secret } from '../core/index.ts';
import { protocolCode } from './codes.ts';
import { type RandomBytes, rawPublicKey, sealingKeyFromSeed } from './site-key-forms.ts';

const version = 'v1.';
const keyLength = 32;
const tagLength = 16;
/** Secrets are filled with zero bytes to a multiple of this, so that the length says little. */
const padding = 64;
/** Sealed texts longer than this are refused unread: a value has at most 4000 characters. */
const longest = 32 * 1024;

/** Key and nonce: each ephemeral key is used once, so the pair never repeats. */
function derive(
  shared: Uint8Array,
  ephemeral: Uint8Array,
  recipient: Uint8Array,
): { key: Uint8Array; nonce: Uint8Array } {
  const bytes = Buffer.from(
    hkdfSync('sha256', shared, Buffer.concat([ephemeral, recipient]), 'osdkit sealed text 1', keyLength + 12),
  );
  return { key: bytes.subarray(0, keyLength), nonce: bytes.subarray(keyLength) };
}

/**
 * Seals `secret` (UTF-8) so that only the holder of the private half of `recipient` (32 bytes, X25519) can open it. `random`
 * gives the ephemeral key: it must be fresh for every call.
 */
export function seal(secret: Secret, recipient: Uint8Array, random: RandomBytes): string {
  const ephemeral = sealingKeyFromSeed(random(keyLength));
  const ephemeralPublic = rawPublicKey(ephemeral);
  const shared = diffieHellman({ privateKey: ephemeral, publicKey: publicSealingKey(recipient) });
  const { key, nonce } = derive(shared, ephemeralPublic, recipient);
  const text = Buffer.from(secret.reveal(), 'utf8');
  const plain = Buffer.alloc(Math.ceil((text.length + 4) / padding) * padding);
  plain.writeUInt32LE(text.length, 0);
  text.copy(plain, 4);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return version + Buffer.concat([ephemeralPublic, sealed]).toString('base64url');
}

/** Whether a text has the outer form of a sealed one; says nothing about who can open it. */
export function isSealedText(text: string): boolean {
  return text.length <= longest && /^v1\.[A-Za-z0-9_-]{130,}$/.test(text);
}

/**
 * Opens a sealed text. Throws FormatError (`PROTOCOL_MALFORMED`, `PROTOCOL_VERSION`) for another form, InputError
 * (`PROTOCOL_KEY_WRONG`) when it was sealed to another key or changed. `place` says where the text was.
 */
export function open(text: string, privateKey: KeyObject, place: string): Secret {
  if (!text.startsWith(version) && /^v\d+\./.test(text)) {
    throw new FormatError(
      protocolCode.PROTOCOL_VERSION,
      `${place}: sealed with a version that this osdkit does not know`,
    );
  }
  if (!isSealedText(text)) {
    throw new FormatError(protocolCode.PROTOCOL_MALFORMED, `${place}: not a sealed secret`, {
      hint: 'Seal it again: osdkit secret seal.',
    });
  }
  const bytes = Buffer.from(text.slice(version.length), 'base64url');
  const ephemeral = bytes.subarray(0, keyLength);
  const recipient = rawPublicKey(privateKey);
  try {
    const shared = diffieHellman({ privateKey, publicKey: publicSealingKey(ephemeral) });
    const { key, nonce } = derive(shared, ephemeral, recipient);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
    decipher.setAuthTag(bytes.subarray(-tagLength));
    const plain = Buffer.concat([decipher.update(bytes.subarray(keyLength, -tagLength)), decipher.final()]);
    const length = plain.readUInt32LE(0);
    if (length > plain.length - 4) throw new RangeError('length');
    return new Secret(plain.toString('utf8', 4, 4 + length));
  } catch (error) {
    throw new InputError(protocolCode.PROTOCOL_KEY_WRONG, `${place}: this key does not open the secret`, {
      hint: 'It was sealed to the key of another site, or its text was changed: enter the secret again.',
      cause: error,
    });
  }
}

/** SubjectPublicKeyInfo around 32 raw bytes (RFC 8410). Throws for another length. */
function publicSealingKey(raw: Uint8Array): KeyObject {
  if (raw.length !== keyLength) throw new RangeError(`an X25519 key has ${keyLength} bytes, not ${raw.length}`);
  const spki = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), raw]);
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}
