/**
 * `\osdkit\variables`: the media variables, plain, or sealed as a whole where one of them is a secret. It lies on the medium
 * and inside its boot.wim.
 */
import * as z from 'zod';
import { FormatError, InputError, Secret } from '../core/index.ts';
import { isSecret, revealed, type Variable } from '../model/index.ts';
import { canonicalBytes } from './canonical-json.ts';
import { protocolCode } from './codes.ts';
import { mediaPath, protocolVersion } from './paths.ts';
import { readJsonContainer } from './read-json.ts';
import { form, sealHeader, variablesHeader, variablesMagic } from './variables-layout.ts';
import { decrypt, deriveKeys, encrypt, nonceOf, saltOf, sealCost } from './variables-seal.ts';

const document = z.strictObject({
  osdkit: z.literal(protocolVersion),
  variables: z.array(z.strictObject({ name: z.string(), value: z.string(), secret: z.boolean() })),
});

/** Sealed plaintexts are filled with spaces to a multiple of this, so that their length says little. */
const padding = 256;

/** The container, plain. Throws nothing; the caller has checked that no variable is a secret. */
export function writePlainVariables(variables: readonly Variable[]): Uint8Array {
  return Buffer.concat([headerBytes(form.plain, plaintextOf(variables).length), plaintextOf(variables)]);
}

/** The container sealed by a password; equal variables, password and media id give equal bytes. */
export async function writeSealedVariables(
  variables: readonly Variable[],
  password: Secret,
  mediaId: string,
): Promise<Uint8Array> {
  const text = plaintextOf(variables);
  const plaintext = new Uint8Array(Math.ceil((text.length + 1) / padding) * padding).fill(0x20);
  plaintext.set(text);
  const salt = saltOf(mediaId);
  const keys = await deriveKeys(password, salt, sealCost);
  const seal = { ...sealCost, zero: null, salt, nonce: new Uint8Array(12), tag: new Uint8Array(16) };
  const start = headerBytes(form.sealed, sealHeader.size + plaintext.length);
  const header = Buffer.concat([start, sealHeader.encode(seal)]);
  const nonce = nonceOf(keys, header, plaintext);
  const { ciphertext, tag } = encrypt(keys, nonce, header, plaintext);
  return Buffer.concat([start, sealHeader.encode({ ...seal, nonce, tag }), ciphertext]);
}

/** Whether a container is sealed. Throws FormatError (`PROTOCOL_MALFORMED`, `PROTOCOL_VERSION`). */
export function isSealed(bytes: Uint8Array): boolean {
  return readHeader(bytes).form === form.sealed;
}

/**
 * The variables in a container. Throws InputError (`PROTOCOL_PASSWORD_MISSING`, `PROTOCOL_PASSWORD_WRONG`), FormatError for
 * anything malformed.
 */
export async function readVariables(bytes: Uint8Array, password?: Secret): Promise<Variable[]> {
  const header = readHeader(bytes);
  const body = bytes.subarray(variablesHeader.size);
  const plaintext = header.form === form.plain ? body : await unseal(bytes, body, password);
  return readJsonContainer(plaintext, mediaPath.variables, document).variables.map(({ name, value, secret }) => ({
    name,
    value: secret ? new Secret(value) : value,
  }));
}

async function unseal(bytes: Uint8Array, body: Uint8Array, password: Secret | undefined): Promise<Uint8Array> {
  if (!password) {
    throw new InputError(protocolCode.PROTOCOL_PASSWORD_MISSING, `${mediaPath.variables} is sealed by a password`, {
      hint: 'Give the password of the medium with --password-file.',
    });
  }
  const seal = sealHeader.decode(body);
  const keys = await deriveKeys(password, seal.salt, seal);
  const blank = sealHeader.encode({ ...seal, nonce: new Uint8Array(12), tag: new Uint8Array(16) });
  const header = Buffer.concat([bytes.subarray(0, variablesHeader.size), blank]);
  const plaintext = decrypt(keys, seal.nonce, seal.tag, header, body.subarray(sealHeader.size));
  if (plaintext) return plaintext;
  throw new InputError(
    protocolCode.PROTOCOL_PASSWORD_WRONG,
    `${mediaPath.variables}: the password does not open it, or its bytes were changed`,
    { hint: 'Check the password; if it is right, the medium is damaged: run `osdkit media verify`.' },
  );
}

function readHeader(bytes: Uint8Array): { readonly form: number } {
  const header = variablesHeader.decode(bytes);
  const malformed = (what: string): FormatError =>
    new FormatError(protocolCode.PROTOCOL_MALFORMED, `${mediaPath.variables}: ${what}`);
  if (header.magic !== variablesMagic) throw malformed(`starts with other bytes than ${variablesMagic}`);
  if (header.version !== protocolVersion) {
    throw new FormatError(
      protocolCode.PROTOCOL_VERSION,
      `${mediaPath.variables}: version ${header.version}, this osdkit reads version ${protocolVersion}`,
      { hint: 'Read it with the osdkit that made it, or a newer one.' },
    );
  }
  if (header.form !== form.plain && header.form !== form.sealed) throw malformed(`form ${header.form} is unknown`);
  const length = bytes.length - variablesHeader.size;
  if (header.length !== length) throw malformed(`holds ${length} bytes, its header says ${header.length}`);
  return header;
}

function headerBytes(kind: number, length: number): Uint8Array {
  return variablesHeader.encode({ magic: variablesMagic, version: protocolVersion, form: kind, length });
}

function plaintextOf(variables: readonly Variable[]): Uint8Array {
  const list = variables.map((variable) => ({
    name: variable.name,
    value: revealed(variable),
    secret: isSecret(variable),
  }));
  return canonicalBytes({ osdkit: protocolVersion, variables: list });
}
