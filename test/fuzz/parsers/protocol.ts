/** Mutations of our own containers: manifest, media document, plain and sealed variables. */
import { Secret } from '../../../src/core/index.ts';
import { isSealed, readManifest, readMediaDocument, readVariables } from '../../../src/protocol/index.ts';
import type { Parser } from '../parser.ts';

/** Of the sealed seed. */
export const fuzzPassword = 'correct horse';

export const protocolParsers: readonly Parser[] = [
  { name: 'manifest', exercise: (bytes) => void readManifest(bytes) },
  { name: 'media-document', exercise: (bytes) => void readMediaDocument(bytes) },
  {
    name: 'variables',
    inputCodes: ['PROTOCOL_PASSWORD_WRONG', 'PROTOCOL_PASSWORD_MISSING'],
    async exercise(bytes, { password }) {
      isSealed(bytes);
      await readVariables(bytes, password === undefined ? undefined : new Secret(String(password)));
    },
  },
];
