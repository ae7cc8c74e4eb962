/**
 * The keys of a site: Ed25519 signs what the site hands out, X25519 opens its `!secret` scalars. The public halves stand in
 * site.yaml, the private ones in a key file sealed by a password (scrypt, AES-256-GCM), which never goes into git.
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { InputError, type Secret } from '../core/index.ts';
import { canonicalBytes } from './canonical-json.ts';
import { protocolCode } from './codes.ts';
import { protocolVersion } from './paths.ts';
import { readJsonContainer } from './read-json.ts';
import { type RandomBytes, rawPublicKey, sealingKeyFromSeed, signingKeyFromSeed } from './site-key-forms.ts';
import { deriveKeys, sealCost } from './variables-seal.ts';

/** Public halves, base64 of 32 bytes, as site.yaml has them. */
export interface SitePublicKeys {
  readonly signing: string;
  readonly sealing: string;
}

export interface SiteKeys {
  readonly public: SitePublicKeys;
  readonly signing: KeyObject;
  readonly sealing: KeyObject;
}

const base64 = z.base64().max(1024);
const keyFile = z.strictObject({
  osdkit: z.literal(protocolVersion),
  kind: z.literal('site keys'),
  public: z.strictObject({ signing: base64, sealing: base64 }),
  sealed: z.strictObject({
    scrypt: z.strictObject({ logN: z.int(), r: z.int(), p: z.int() }),
    salt: base64,
    nonce: base64,
    data: base64,
  }),
});

/** Makes keys from fresh random bytes: two seeds of 32. */
export function newSiteKeys(random: RandomBytes): { readonly keys: SiteKeys; readonly seeds: Uint8Array } {
  const seeds = new Uint8Array([...random(32), ...random(32)]);
  return { keys: keysOf(seeds), seeds };
}

function keysOf(seeds: Uint8Array): SiteKeys {
  const signing = signingKeyFromSeed(seeds.subarray(0, 32));
  const sealing = sealingKeyFromSeed(seeds.subarray(32, 64));
  const text = (key: KeyObject): string => Buffer.from(rawPublicKey(key)).toString('base64');
  return { public: { signing: text(signing), sealing: text(sealing) }, signing, sealing };
}

/** The key file: canonical JSON, private halves sealed by the password. */
export async function writeSiteKeys(seeds: Uint8Array, password: Secret, random: RandomBytes): Promise<Uint8Array> {
  const { public: publicKeys } = keysOf(seeds);
  const salt = random(32);
  const nonce = random(12);
  const keys = await deriveKeys(password, salt, sealCost);
  const cipher = createCipheriv('aes-256-gcm', keys.cipher, nonce);
  cipher.setAAD(canonicalBytes({ ...publicKeys }));
  const data = Buffer.concat([cipher.update(seeds), cipher.final(), cipher.getAuthTag()]);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return canonicalBytes({
    osdkit: protocolVersion,
    kind: 'site keys',
    public: { ...publicKeys },
    sealed: { scrypt: { ...sealCost }, salt: text(salt), nonce: text(nonce), data: text(data) },
  });
}

/**
 * Opens a key file. `name` is its path for messages. Throws FormatError for another form, LimitError for a cost that would eat
 * the machine, InputError (`PROTOCOL_PASSWORD_WRONG`) when the password does not open it or its bytes were changed.
 */
export async function readSiteKeys(bytes: Uint8Array, password: Secret, name: string): Promise<SiteKeys> {
  const { public: publicKeys, sealed } = readJsonContainer(bytes, name, keyFile);
  const of = (text: string): Buffer => Buffer.from(text, 'base64');
  const keys = await deriveKeys(password, of(sealed.salt), sealed.scrypt);
  const data = of(sealed.data);
  try {
    const decipher = createDecipheriv('aes-256-gcm', keys.cipher, of(sealed.nonce), { authTagLength: 16 });
    decipher.setAAD(canonicalBytes({ ...publicKeys }));
    decipher.setAuthTag(data.subarray(-16));
    const seeds = Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]);
    return keysOf(seeds);
  } catch (error) {
    throw new InputError(protocolCode.PROTOCOL_PASSWORD_WRONG, `${name}: the password does not open the site's keys`, {
      hint: 'Check the password; if it is right, the file was changed: restore it from your backup.',
      cause: error,
    });
  }
}
