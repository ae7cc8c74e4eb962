/** A site as its owner makes it: boot images, computers of four kinds, a sequence, a deployment, a point that answers network boot. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { done, newSite } from '../cli/site-commands.ts';
import { sampleWim } from './pxe-images.ts';

/** The computers of the site, all in the collection Lab. */
export const MAC = {
  bios: '52:54:00:aa:01:01',
  ipxe: '52:54:00:aa:01:02',
  x64: '52:54:00:aa:01:03',
  arm64: '52:54:00:aa:01:04',
} as const;

export interface PxeSite {
  readonly folder: string;
  /** Writes a file of the site. */
  put(path: string, text: string): void;
  /** The settings `pxe:` of the only point, one line each. */
  point(...settings: string[]): void;
  /** Offers the sequences to the computers of their architecture, or to another collection. */
  deploy(purpose: 'required' | 'available', collection?: string): void;
}

/** Both architectures: a sequence's boot image is x64, that for arm64 has a sequence of its own. */
export async function makePxeSite(): Promise<PxeSite> {
  const folder = await newSite();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put(
    'devices.csv',
    `name,mac\n${Object.entries(MAC)
      .map(([name, mac]) => `${name},${mac}\n`)
      .join('')}`,
  );
  for (const architecture of ['x64', 'arm64'] as const) {
    await done(['image', 'import', await sampleWim(architecture), '--site', folder, '--name', `PE ${architecture}`]);
  }
  for (const architecture of ['x64', 'arm64'] as const) {
    const steps = 'steps:\n  - step: Run it\n    type: run-command-line\n    with: { CommandLine: cmd /c ver }\n';
    const id = architecture === 'x64' ? 'ABC10010' : 'ABC10011';
    put(
      `task-sequences/${architecture}.yaml`,
      `id: ${id}\nname: For ${architecture}\nbootImage: PE ${architecture}\n${steps}`,
    );
    const members = Object.keys(MAC).filter((name) => (name === 'arm64') === (architecture === 'arm64'));
    put(
      `collections/${architecture}.yaml`,
      `id: ABC1002${architecture === 'x64' ? 0 : 1}\nname: ${architecture}\ntype: device\nmembers: { devices: [${members.join(', ')}] }\n`,
    );
  }
  const point = (...settings: string[]) =>
    put(
      'distribution-points/dp1.yaml',
      ['name: DP1', 'pxe:', '  enabled: true', ...settings.map((line) => `  ${line}`), ''].join('\n'),
    );
  const deploy = (purpose: 'required' | 'available', collection?: string) => {
    for (const architecture of ['x64', 'arm64']) {
      const id = architecture === 'x64' ? 'ABC20001' : 'ABC20002';
      put(
        `deployments/${architecture}.yaml`,
        `id: ${id}\nname: For ${architecture}\ntaskSequence: For ${architecture}\ncollection: ${collection ?? architecture}\npurpose: ${purpose}\navailableTo: mediaAndPxe\n`,
      );
    }
  };
  point();
  return { folder, put, point, deploy };
}
