/**
 * What a password is compared with where it is asked for, instead of the password: the PXE password of a point, in the bootstrap of
 * its boot images (PXE-03). Anyone who may start the image may read it, so a guess costs what scrypt costs: 128 MiB and half a second.
 * Text form: `scrypt.LOGN.R.P.` and base64url of salt (16) and key (32), with a dot between.
 */
import { scrypt, timingSafeEqual } from 'node:crypto';
import { FormatError, type Secret } from '../core/index.ts';
import { protocolCode } from './codes.ts';
import type { RandomBytes } from './site-key-forms.ts';
import { type ScryptCost, sealCost } from './variables-seal.ts';

const saltLength = 16;
const keyLength = 32;
const form = /^scrypt\.(\d{1,2})\.(\d{1,2})\.(\d{1,2})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;
/** Bytes that a reader lets scrypt touch: twice what a maker takes. */
const mostWork = 256 * 1024 * 1024;

/** The verifier of a password; `random` must be fresh for each. */
export async function makeVerifier(
  password: Secret,
  random: RandomBytes,
  cost: ScryptCost = sealCost,
): Promise<string> {
  const salt = random(saltLength);
  const key = await derive(password, salt, cost);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  return `scrypt.${cost.logN}.${cost.r}.${cost.p}.${text(salt)}.${text(key)}`;
}

/** Whether this is the password. Throws FormatError (`PROTOCOL_MALFORMED`) for what is no verifier, or one that would cost too much. */
export async function fitsVerifier(password: Secret, verifier: string): Promise<boolean> {
  const [, logN = '', r = '', p = '', salt = '', key = ''] = form.exec(verifier) ?? [];
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const lawful = cost.logN >= 1 && cost.r >= 1 && cost.p >= 1 && cost.logN < 16 * cost.r;
  if (key === '' || !lawful || 128 * 2 ** cost.logN * cost.r * cost.p > mostWork) {
    throw new FormatError(protocolCode.PROTOCOL_MALFORMED, 'a password verifier is not of a form that osdkit takes');
  }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), Buffer.from(key, 'base64url'));
}

async function derive(password: Secret, salt: Uint8Array, { logN, r, p }: ScryptCost): Promise<Buffer> {
  const text = Buffer.from(password.reveal().normalize('NFC'), 'utf8');
  const options = { N: 2 ** logN, r, p, maxmem: 128 * 2 ** logN * r + 64 * 1024 * 1024 };
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(text, salt, keyLength, options, (error, derived) => (error ? reject(error) : resolve(derived)));
  });
}
