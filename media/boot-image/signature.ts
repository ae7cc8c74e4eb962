/** Who signed a UEFI boot manager: by its certificate, and by its folder only where it has none (boot-standards 6.4). */
import { FormatError, UnsupportedFeatureError } from '../../src/core/index.ts';
import type { ByteSource } from '../../images/bytes/index.ts';
import { peCode, readPe, readSignatures } from '../../images/pe/index.ts';
import { bootImageCode } from './codes.ts';
import type { BootImageProblem, LoaderFacts, SigningCa } from './types.ts';

const names: Readonly<Record<SigningCa, string>> = {
  '2011': 'Microsoft Windows Production PCA 2011',
  '2023': 'Windows UEFI CA 2023',
};

/** Common name of the CA. */
export function caName(ca: SigningCa): string {
  return names[ca];
}

/**
 * Reads the signatures of a boot manager. What cannot be read is told in the facts. Throws UnsupportedFeatureError of a WIM
 * that osdkit cannot read at all.
 */
export async function readLoader(
  content: ByteSource,
  path: string,
  folderCa: SigningCa | undefined,
): Promise<LoaderFacts> {
  const byFolder = folderCa === undefined ? [] : [folderCa];
  const base = { path, folderCa, signatures: [], securityVersion: undefined } as const;
  try {
    const { securityVersion } = await readPe(content);
    const signatures = await readSignatures(content);
    if (signatures.length === 0) return { ...base, state: 'unsigned', signingCas: byFolder, securityVersion };
    const cas = signatures.map(({ signingCa }) => signingCa).filter((ca) => ca === '2011' || ca === '2023');
    const whole = signatures.every((one) => one.digestMatches && one.signatureValid);
    return {
      ...base,
      state: whole ? 'signed' : 'broken',
      signingCas: [...new Set(cas)],
      signatures,
      securityVersion,
    };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    if (error instanceof UnsupportedFeatureError && error.code.startsWith('WIM_')) throw error;
    const { code, message } = error;
    return { ...base, state: 'unreadable', signingCas: byFolder, unreadable: { code, message } };
  }
}

/** What is wrong with the signature of a boot manager; a damaged program itself is told as such elsewhere. */
export function signatureProblems(loader: LoaderFacts): readonly BootImageProblem[] {
  const { path, state, folderCa, signingCas, signatures, unreadable } = loader;
  const problems: BootImageProblem[] = [];
  const warn = (code: string, message: string, hint: string) =>
    problems.push({ code, severity: 'warning', message: `${path}: ${message}`, hint, path });
  const again = 'With Secure Boot on firmware refuses it. Take the file from its source again.';
  if (state === 'broken') {
    const changed = signatures.some(({ digestMatches }) => !digestMatches);
    warn(
      bootImageCode.BOOT_IMAGE_SIGNATURE,
      changed
        ? 'the file is not what was signed: it was changed or damaged afterwards'
        : "the signature was not made with the key of the signer's certificate",
      again,
    );
  }
  if (unreadable && isOfSignature(unreadable.code)) {
    warn(bootImageCode.BOOT_IMAGE_SIGNATURE, `its signature cannot be read: ${unreadable.message}`, again);
  }
  if (signatures.length > 0 && folderCa !== undefined && !signingCas.includes(folderCa)) {
    const issuers = signatures.map(({ signer }) => `"${signer.issuer}"`).join(' and ');
    warn(
      bootImageCode.BOOT_IMAGE_SIGNING_CA_DISAGREES,
      `it lies where loaders signed by the CA of ${folderCa} do, its certificate is issued by ${issuers}`,
      'The certificate is what firmware goes by, and osdkit too.',
    );
  }
  return problems;
}

/** Codes of `signatureProblems`. */
export const signatureCodes: readonly string[] = [
  bootImageCode.BOOT_IMAGE_SIGNATURE,
  bootImageCode.BOOT_IMAGE_SIGNING_CA_DISAGREES,
];

/** Other codes of `readPe` are told by the check of the program itself. */
function isOfSignature(code: string): boolean {
  return code === peCode.PE_SIGNATURE || code === peCode.PE_LIMIT || !code.startsWith('PE_');
}
