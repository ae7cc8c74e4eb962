/** Which product made a Windows PE image, told by what starts (boot-standards 1.5). The first rule that fits decides. */
import type { WimImage } from '../../images/wim/index.ts';
import type { Flavour } from './types.ts';

interface Evidence {
  readonly image: WimImage;
  /** winpeshl.ini, empty when absent. */
  readonly ini: string;
  /** startnet.cmd, empty when absent. */
  readonly startnet: string;
}

interface Rule {
  readonly flavour: Flavour;
  readonly reason: string;
  readonly fits: (evidence: Evidence) => boolean;
}

const has = (image: WimImage, path: string): boolean => image.find(path) !== undefined;

const rules: readonly Rule[] = [
  {
    flavour: 'configmgr',
    reason: 'sms\\bin holds TsBootShell.exe, the shell of Configuration Manager',
    fits: ({ image, ini }) =>
      /tsbootshell\.exe/i.test(ini) || ['x64', 'arm64', 'i386'].some((a) => has(image, `sms/bin/${a}/TsBootShell.exe`)),
  },
  {
    flavour: 'mdt',
    reason: 'bddrun.exe or LiteTouch.wsf starts, which belong to the Microsoft Deployment Toolkit',
    fits: ({ image, ini }) => /bddrun\.exe/i.test(ini) || has(image, 'Deploy/Scripts/LiteTouch.wsf'),
  },
  {
    flavour: 'osdcloud',
    reason: 'startnet.cmd starts OSDCloud',
    fits: ({ startnet }) => /OSDCloud/i.test(startnet),
  },
  {
    flavour: 'winre',
    reason: 'RecEnv.exe starts, the recovery environment',
    fits: ({ image, ini }) => /recenv\.exe/i.test(ini) || has(image, 'sources/recovery/RecEnv.exe'),
  },
  {
    flavour: 'setup',
    reason: 'setup.exe lies in the root and in sources, the installer of Windows',
    fits: ({ image }) => has(image, 'setup.exe') && has(image, 'sources/setup.exe'),
  },
];

/** The flavour and why; `plain` when no rule fits. */
export function flavourOf(evidence: Evidence): { readonly flavour: Flavour; readonly reason: string } {
  return rules.find((rule) => rule.fits(evidence)) ?? { flavour: 'plain', reason: 'no deployment product recognised' };
}
