/** Mutations of our own containers: manifest, media document, plain and sealed variables. */
import { InputError, Secret } from '../../../src/core/index.ts';
import {
  isSealed,
  isSignedBy,
  newSiteKeys,
  open,
  readBootstrap,
  readFolderListing,
  readManifest,
  readMediaDocument,
  readPolicy,
  readVariables,
} from '../../../src/protocol/index.ts';
import type { Parser } from '../parser.ts';

/** Of the sealed seed. */
export const fuzzPassword = 'correct horse';

/** Keys of the seeds: the same in every process. */
export const { keys: fuzzKeys } = newSiteKeys((length) => new Uint8Array(length).fill(9));

export const protocolParsers: readonly Parser[] = [
  { name: 'manifest', exercise: (bytes) => void readManifest(bytes) },
  { name: 'media-document', exercise: (bytes) => void readMediaDocument(bytes) },
  {
    name: 'policy',
    text: true,
    exercise(bytes) {
      isSignedBy(readPolicy(bytes), fuzzKeys.public.signing);
    },
  },
  { name: 'bootstrap', text: true, exercise: (bytes) => void readBootstrap(bytes) },
  { name: 'folder-listing', text: true, exercise: (bytes) => void readFolderListing(bytes, 'listing') },
  {
    // A form that is right and does not open is an answer, too; what opens must be the secret.
    name: 'sealed-text',
    exercise(bytes) {
      try {
        const secret = open(new TextDecoder().decode(bytes), fuzzKeys.sealing, 'place');
        if (secret.reveal() !== fuzzPassword) throw new Error('another secret');
      } catch (error) {
        if (!(error instanceof InputError && error.code === 'PROTOCOL_KEY_WRONG')) throw error;
      }
    },
  },
  {
    name: 'variables',
    inputCodes: ['PROTOCOL_PASSWORD_WRONG', 'PROTOCOL_PASSWORD_MISSING'],
    async exercise(bytes, { password }) {
      isSealed(bytes);
      await readVariables(bytes, password === undefined ? undefined : new Secret(String(password)));
    },
  },
];
