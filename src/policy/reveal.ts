/** Secrets on their way to the asker: opened with the site's key, sealed to the asker's, or left out. */
import { type Problem, Secret } from '../core/index.ts';
import type { SealedText } from '../model/index.ts';
import { policyCode } from './codes.ts';
import type { SecretPort } from './types.ts';

/** Stands where a step has a secret that the asker does not get; opens with no key. */
export const WITHHELD: SealedText = { sealed: 'withheld' };

export interface Resealer {
  /** Undefined: withheld. `place` names the value, never what it is. */
  readonly reseal: (value: SealedText | Secret | string, place: string) => SealedText | undefined;
  readonly notes: () => readonly Problem[];
}

/** Reseals through the port; without one every secret is withheld, and each is noted once. */
export function resealer(port: SecretPort | undefined): Resealer {
  const withheld = new Set<string>();
  return {
    reseal: (value, place) => {
      if (!port) {
        withheld.add(place);
        return undefined;
      }
      const secret = secretOf(value, place, port);
      return { sealed: port.seal(secret, port.recipient) };
    },
    notes: () =>
      [...withheld].map((place) => ({
        code: policyCode.POLICY_SECRET_WITHHELD,
        severity: 'note',
        message: `${place}: the secret is not in this policy`,
      })),
  };
}

function secretOf(value: SealedText | Secret | string, place: string, port: SecretPort): Secret {
  if (typeof value === 'string') return new Secret(value);
  return value instanceof Secret ? value : port.open(value, place);
}
