/** A site in a scratch folder that can be booted from: a sample boot image, one computer, a deployment, a point. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readAll } from '../../../../images/bytes/index.ts';
import { sampleBootImage } from '../../../../images/sample/index.ts';
import { put, siteFolder } from '../site-folder.ts';

export interface NetworkSite {
  readonly folder: string;
  /** Another boot image of the same name, of a sample with so many bytes of filler. */
  replaceImage(size: number): Promise<void>;
  replaceWim(wim: Uint8Array): void;
  put(path: string, text: string): void;
}

/** The computer of the site. */
export const knownMac = '52:54:00:12:34:56';
export const knownClient = '525400123456';

export interface NetworkSiteOptions {
  readonly purpose?: 'required' | 'available';
  /** Lines of `pxe:` of the point besides `enabled`. */
  readonly pxe?: string;
  /** Bytes of filler in the sample. */
  readonly size?: number;
}

export async function networkSite(options: NetworkSiteOptions = {}): Promise<NetworkSite> {
  const { purpose = 'required', pxe = '', size = 1 << 20 } = options;
  const folder = siteFolder({
    'task-sequences/script.yaml':
      'id: ABC00010\nname: Script\nbootImage: pe-x64\nsteps:\n  - step: Run it\n    type: run-command-line\n    with: { CommandLine: cmd /c ver }\n',
    'devices/pc1.yaml': `name: PC1\nmacAddresses: ['${knownMac}']\n`,
    'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers:\n  devices: [PC1]\n',
    'deployments/d.yaml': `id: ABC20001\nname: Deploy\ntaskSequence: Script\ncollection: Lab\npurpose: ${purpose}\navailableTo: mediaAndPxe\n`,
    'distribution-points/dp1.yaml': `name: DP1\npxe:\n  enabled: true\n${pxe}`,
  });
  const replaceImage = async (bytes: number): Promise<void> => {
    replaceWim(await readAll(await sampleBootImage({ architecture: 'x64', size: bytes })));
  };
  const replaceWim = (wim: Uint8Array): void => {
    const sha256 = createHash('sha256').update(wim).digest('hex');
    const place = join(folder, 'content', 'sha256', sha256.slice(0, 2), sha256);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, wim);
    put(
      folder,
      'boot-images/pe.yaml',
      `id: ABC00001\nname: pe-x64\narchitecture: x64\ncontent: { sha256: ${sha256}, size: ${wim.length} }\ndistribution: { points: [DP1] }\n`,
    );
  };
  await replaceImage(size);
  return { folder, replaceImage, replaceWim, put: (path, text) => put(folder, path, text) };
}
