/** A large site: 10,000 devices in `devices.csv`, 500 collections, 200 task sequences, 100 deployments. */
import type { SiteFile } from '../../src/site/index.ts';

export const siteScale = { devices: 10_000, collections: 500, sequences: 200, deployments: 100 } as const;

const id = (number: number) => `ABC${number.toString(36).toUpperCase().padStart(5, '0')}`;

function sequence(index: number): string {
  const steps = Array.from(
    { length: 30 },
    (_, step) => `      - step: Step ${step}
        type: ${step % 3 === 0 ? 'run-command-line' : 'set-task-sequence-variable'}
        condition:
          - variable: _SMSTSInWinPE
            equals: "false"
        with: ${step % 3 === 0 ? `{ CommandLine: "cmd /c echo ${step}" }` : `{ VariableName: Step${step}, VariableValue: "${index}" }`}
`,
  ).join('');
  return `id: ${id(100_000 + index)}
name: Sequence ${index}
bootImage: pe-x64
steps:
  - group: Prepare
    steps:
      - step: Partition Disk 0
        type: format-and-partition-disk
        with: { DiskIndex: 0, Partitions: [{ Type: Primary, Size: 100, SizeUnits: Percent }] }
      - step: Apply
        type: apply-operating-system-image
        with: { ImagePackageID: win11, ImageIndex: 1 }
  - group: Configure
    steps:
${steps}`;
}

/** The files of the site, always the same. */
export function largeSite(): SiteFile[] {
  const { devices, collections, sequences, deployments } = siteScale;
  const lines = Array.from({ length: devices }, (_, index) => {
    const mac = (0x155d_0000_0000 + index).toString(16).padStart(12, '0');
    return `PC${index},${mac},,S${index},pc${index}`;
  });
  const each = (count: number, path: (index: number) => string, text: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => ({ path: path(index), text: text(index) }));
  return [
    { path: 'site.yaml', text: 'osdkit: 1\nsiteCode: ABC\nname: Large\n' },
    { path: 'boot-images/pe.yaml', text: `id: ${id(1)}\nname: pe-x64\narchitecture: x64\n` },
    { path: 'operating-systems/win11.yaml', text: `id: ${id(2)}\nname: win11\n` },
    { path: 'devices.csv', text: `name,mac,smbiosGuid,serial,variable:OSDComputerName\n${lines.join('\n')}\n` },
    ...each(
      collections,
      (index) => `collections/c${index}.yaml`,
      (index) => {
        const members = Array.from({ length: 20 }, (_, at) => `    - PC${(index * 20 + at) % devices}\n`).join('');
        const include = index % 10 === 9 ? `  include: [Collection ${index - 1}, Collection ${index - 2}]\n` : '';
        return `id: ${id(1000 + index)}\nname: Collection ${index}\ntype: device\nmembers:\n  devices:\n${members}${include}variables:\n  Ring: "${index}"\n`;
      },
    ),
    ...each(sequences, (index) => `task-sequences/folder${index % 10}/s${index}.yaml`, sequence),
    ...each(
      deployments,
      (index) => `deployments/d${index}.yaml`,
      (index) =>
        `id: ${id(200_000 + index)}\nname: Deployment ${index}\ntaskSequence: Sequence ${index}\ncollection: Collection ${index}\npurpose: required\navailableTo: mediaAndPxe\n`,
    ),
  ];
}
