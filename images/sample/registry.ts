/** The two hives by which an image is known as Windows PE (boot-standards 1.4): values as there, nothing more. */
import { newValue, writeHive, type NewKey, type NewValue } from '../hive/index.ts';

/** What the sample says of its version everywhere. */
export const sampleVersion = { major: 10, minor: 0, build: 26100, spBuild: 1, spLevel: 0 } as const;

const key = (name: string, values: readonly NewValue[], subkeys: readonly NewKey[] = []): NewKey => ({
  name,
  values,
  subkeys,
});

/** Windows\System32\config\SYSTEM: `Setup` starts winpeshl.exe; FBWF holds the scratch space in MiB. */
export function systemHive(): Uint8Array {
  const controlSet = key(
    'ControlSet001',
    [],
    [key('Control', []), key('Services', [], [key('FBWF', [newValue.dword('WinPECacheThreshold', 32)])])],
  );
  const select = ['Current', 'Default', 'LastKnownGood'].map((name) => newValue.dword(name, 1));
  const setup = [
    newValue.string('CmdLine', 'winpeshl.exe'),
    newValue.dword('SetupType', 2),
    newValue.dword('SystemSetupInProgress', 1),
  ];
  const root = key(
    'ROOT',
    [],
    [controlSet, key('Select', [...select, newValue.dword('Failed', 0)]), key('Setup', setup)],
  );
  return writeHive(root, { fileName: 'SYSTEM' });
}

/** Windows\System32\config\SOFTWARE. */
export function softwareHive(): Uint8Array {
  const { major, minor, build, spBuild } = sampleVersion;
  const current = key(
    'CurrentVersion',
    [
      newValue.string('CurrentBuild', String(build)),
      newValue.dword('CurrentMajorVersionNumber', major),
      newValue.dword('CurrentMinorVersionNumber', minor),
      newValue.string('EditionID', 'WindowsPE'),
      newValue.string('InstallationType', 'WindowsPE'),
      newValue.string('ProductName', 'osdkit sample, not Windows'),
      newValue.dword('UBR', spBuild),
    ],
    [
      key('WinPE', [
        newValue.string('InstRoot', 'X:\\'),
        newValue.string('Version', `${major}.${minor}.${build}.${spBuild}`),
      ]),
    ],
  );
  const root = key('ROOT', [], [key('Microsoft', [], [key('Windows NT', [], [current])])]);
  return writeHive(root, { fileName: 'SOFTWARE' });
}
