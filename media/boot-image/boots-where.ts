/** Which PCs start a boot manager, in a sentence or two (boot-standards 6.5). */
import { caName } from './signature.ts';
import type { LoaderFacts, SigningCa } from './types.ts';

const off = 'With Secure Boot off every UEFI PC of this architecture starts it.';

const trusts: Readonly<Record<SigningCa, string>> = {
  '2011': 'and has not revoked it, which is most PCs made before 2025; PCs that trust the CA of 2023 alone refuse it.',
  '2023': 'which new PCs do and older ones do after a firmware or Windows update; PCs without it refuse it.',
};

/** One line for people: what the certificate says, or that there is none. */
export function bootsWhere(loader: LoaderFacts): string {
  return `${withSecureBoot(loader)} ${off}`;
}

function withSecureBoot({ state, signingCas, signatures }: LoaderFacts): string {
  if (state === 'unsigned') return 'Not signed: with Secure Boot on no PC starts it.';
  if (state === 'unreadable') return 'Its signature cannot be read: with Secure Boot on no PC starts it.';
  if (state === 'broken') return 'Its signature does not fit the file: with Secure Boot on no PC starts it.';
  const [ca, second] = signingCas;
  if (ca !== undefined && second !== undefined) {
    return (
      `Signed by both CAs, ${caName(ca)} and ${caName(second)}: starts with Secure Boot on where the PC trusts one of them and has ` +
      'revoked neither.'
    );
  }
  if (ca !== undefined) {
    return `Signed by the CA of ${ca}: starts with Secure Boot on where the PC trusts ${caName(ca)}${ca === '2023' ? ',' : ''} ${trusts[ca]}`;
  }
  const issuers = [...new Set(signatures.map(({ signer }) => signer.issuer))].join(' and ');
  return signatures.every(({ signingCa }) => signingCa === 'other')
    ? `Signed by "${issuers}", a CA that PCs do not trust as sold: starts with Secure Boot on where it was enrolled.`
    : `Signed by Microsoft's CA for programs of others (${issuers}): starts with Secure Boot on where the PC trusts that CA; some do ` +
        'only after a change in the firmware setup.';
}
