/** Which architectures of Windows PE a client can start (configmgr-formats 3.7.5, PXE-05). */
import type { BootClient } from '../../../pxe/boot/index.ts';
import type { Architecture } from '../../model/index.ts';

/**
 * The exact one first, then what is compatible. UEFI starts its own alone. A BIOS cannot tell whether its processor has 64 bits (code 0
 * is every PC with a BIOS): x64 unless the record of the device says x86, then x86. Empty: none.
 */
export function architecturesFor(
  { platform, cpu }: Pick<BootClient['architecture'], 'platform' | 'cpu'>,
  ofRecord?: Architecture,
): readonly Architecture[] {
  if (platform === 'bios') return ofRecord === 'x86' ? ['x86'] : ['x64', 'x86'];
  return platform === 'uefi' && cpu !== 'other' ? [cpu] : [];
}
