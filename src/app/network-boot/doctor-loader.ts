/** What firmware would say of a loader that a simulated client got: its machine, and who signed it. */
import { memorySource } from '../../../images/bytes/index.ts';
import { readPe, readSignatures, subsystem } from '../../../images/pe/index.ts';
import type { JudgedLoader } from '../../../pxe/client/index.ts';
import { FormatError } from '../../core/index.ts';

/** Judges the bytes of a program for a machine. A file that is no program does not fit. */
export async function judgeLoader(bytes: Uint8Array, machine: 'x64' | 'arm64'): Promise<JudgedLoader> {
  const source = memorySource(bytes);
  try {
    const program = await readPe(source);
    if (program.machine !== machine)
      return { fits: false, text: `it is a program for ${program.machine}, the firmware for ${machine}` };
    if (program.subsystem !== subsystem.efiApplication) {
      return { fits: false, text: `it is no EFI application (subsystem ${program.subsystem})` };
    }
    const signatures = await readSignatures(source);
    return { fits: true, text: `${machine} EFI application, ${signersWords(signatures)}` };
  } catch (problem) {
    if (problem instanceof FormatError) return { fits: false, text: problem.message };
    throw problem;
  }
}

function signersWords(signatures: Awaited<ReturnType<typeof readSignatures>>): string {
  if (signatures.length === 0) return 'not signed: with Secure Boot on no PC starts it';
  const broken = signatures.some(({ digestMatches, signatureValid }) => !digestMatches || !signatureValid);
  const issuers = signatures.map(({ signer }) => JSON.stringify(signer.issuer)).join(' and ');
  return broken
    ? `its signature of ${issuers} does not fit: with Secure Boot on no PC starts it`
    : `signed under ${issuers}: with Secure Boot on PCs start it that trust that`;
}
