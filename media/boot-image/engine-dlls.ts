/** Whether an image has every DLL that node.exe, the engine's runtime, imports (runtime.md 1.4). */
import { bootImageCode } from './codes.ts';
import type { BootImageFacts, BootImageProblem } from './types.ts';

/** Imports of node.exe 22 and 24 for x64, x86 and arm64; all must lie in Windows\System32 or beside node.exe. */
export const engineDlls = [
  'advapi32.dll',
  'crypt32.dll',
  'dbghelp.dll',
  'iphlpapi.dll',
  'kernel32.dll',
  'ole32.dll',
  'shell32.dll',
  'user32.dll',
  'userenv.dll',
  'winmm.dll',
  'ws2_32.dll',
] as const;

export interface EngineReadiness {
  readonly ready: boolean;
  readonly missing: readonly string[];
  readonly problems: readonly BootImageProblem[];
}

/** Names each missing DLL. Not an error before there is an engine on the medium. */
export function engineReadiness(facts: Pick<BootImageFacts, 'missingEngineDlls'>): EngineReadiness {
  const missing = facts.missingEngineDlls;
  return {
    ready: missing.length === 0,
    missing,
    problems: missing.map((name) => ({
      code: bootImageCode.BOOT_IMAGE_NO_ENGINE_DLL,
      severity: 'warning',
      message: `Windows\\System32\\${name} is not in the image: node.exe, which osdkit's engine needs, would not start (0xc0000135)`,
      hint: 'Take it from a Windows image of the same version and architecture.',
      path: `Windows/System32/${name}`,
    })),
  };
}
