/** Small sites for tests: files by path, with what every site has. */
import { type LoadedSite, loadSite } from '../../../src/site/index.ts';

export const SETTINGS = 'osdkit: 1\nsiteCode: ABC\nname: Test\n';

export const SCRIPT = `id: ABC00010
name: Script
steps:
  - step: Run it
    type: run-command-line
    with: { CommandLine: cmd /c ver }
`;

/** Partitions, applies an image. */
export const INSTALL = `id: ABC00011
name: Install
bootImage: pe-x64
steps:
  - group: Install
    steps:
      - step: Partition
        type: format-and-partition-disk
        with: { DiskIndex: 0, Partitions: [{ Type: Primary, Size: 100, SizeUnits: Percent }] }
      - step: Apply
        type: apply-operating-system-image
        with: { ImagePackageID: win11, ImageIndex: 1 }
`;

export const IMAGES = {
  'boot-images/pe.yaml': 'id: ABC00001\nname: pe-x64\narchitecture: x64\n',
  'operating-systems/win11.yaml': 'id: ABC00002\nname: win11\n',
};

/** A collection with this many devices in it, and the devices. */
export function labOf(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => `PC${index + 1}`);
  const mac = (index: number) => (0x155d000000 + index).toString(16).padStart(12, '0');
  return {
    'devices.csv': `name,mac\n${names.map((name, index) => `${name},${mac(index)}\n`).join('')}`,
    'collections/lab.yaml': `id: ABC00020\nname: Lab\ntype: device\nmembers:\n  csv: lab.csv\n`,
    'lab.csv': `name\n${names.map((name) => `${name}\n`).join('')}`,
  };
}

export function siteOf(files: Readonly<Record<string, string>>, settings = SETTINGS): LoadedSite {
  return loadSite(Object.entries({ 'site.yaml': settings, ...files }).map(([path, text]) => ({ path, text })));
}

/** The codes and places of problems as `file:line CODE`. */
export function told(loaded: LoadedSite, severity?: string): string[] {
  return loaded.problems
    .filter((problem) => severity === undefined || problem.severity === severity)
    .map(({ file, line, code }) => `${file}:${line} ${code}`);
}
