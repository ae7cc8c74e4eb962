/** Microsoft's CAs of UEFI programs, by the common name that a signer's certificate has as its issuer (boot-standards 6.1). */
import type { SigningCa } from './types.ts';

const issuers: ReadonlyMap<string, SigningCa> = new Map<string, SigningCa>([
  ['Microsoft Windows Production PCA 2011', '2011'],
  ['Windows UEFI CA 2023', '2023'],
  // For programs of others: shim, option ROMs.
  ['Microsoft Corporation UEFI CA 2011', 'third-party-2011'],
  ['Microsoft UEFI CA 2023', 'third-party-2023'],
]);

/** Which CA a signer's issuer is; `other` for one that PCs do not trust as they are sold. */
export function signingCaOf(issuer: string): SigningCa {
  return issuers.get(issuer) ?? 'other';
}
