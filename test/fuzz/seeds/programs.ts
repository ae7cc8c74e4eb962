/** Seeds of programs: typed from the specification, plain and signed. */
import { handMadePe } from '../../images/pe/hand-made-pe.ts';
import { microsoft, signed } from '../../images/pe/hand-made-signature.ts';
import type { NewSeed } from './seed-set.ts';

const program = {
  imports: ['KERNEL32.dll', 'WS2_32.dll'],
  delayImports: ['ole32.dll'],
  version: [10, 0, 26100, 1],
  strings: { FileDescription: 'Boot Manager' },
  securityVersion: Uint8Array.of(0, 0, 8, 0),
} as const;

export function programSeeds(): NewSeed[] {
  const wide = handMadePe({ ...program, certificates: 16 });
  const narrow = handMadePe({ ...program, wide: false, machine: 0x14c });
  const twice = signed(handMadePe(program), { issuer: microsoft['2011'] }, { issuer: microsoft['2023'] });
  return [
    { parser: 'pe', name: 'wide', bytes: wide },
    { parser: 'pe', name: 'narrow', bytes: narrow },
    { parser: 'pe-signatures', name: 'twice', bytes: twice },
  ];
}
