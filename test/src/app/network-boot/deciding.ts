/** A site in a folder, read as `serve` reads it, with the real decider over a state; boot images are published by name alone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ARCHITECTURES, type BootChoice, type BootClient, chooseLoader } from '../../../../pxe/boot/index.ts';
import { decideForSite, type Decision } from '../../../../src/app/network-boot/decide-rules.ts';
import { siteDecider } from '../../../../src/app/network-boot/decide-site.ts';
import type { PublishedImage, PublishedImages } from '../../../../src/app/network-boot/decide-types.ts';
import { clientPathKey } from '../../../../src/app/network-boot/identity-path.ts';
import { openWholeSite } from '../../../../src/app/open-site.ts';
import { operationContext } from '../../../../src/core/index.ts';
import type { Site, SiteObject } from '../../../../src/model/index.ts';
import { type BootStateStore, memoryBootState, openBootState } from '../../../../src/store/index.ts';
import { scratch } from '../../../support/scratch.ts';
import { IMAGES, INSTALL, SETTINGS } from '../../site/site-of.ts';

export const NOW = Date.parse('2026-11-21T12:00Z');
export const MINUTE = 60_000;
export const MAC = '00:15:5d:00:00:01';
export const GUID = '4c4c4544-0042-3510-8054-b4c04f583432';

const image = (id: string, name: string, architecture: string, more = '') => ({
  [`boot-images/${name}.yaml`]: `id: ${id}\nname: ${name}\narchitecture: ${architecture}\n${more}`,
});
const sequence = (id: string, name: string, bootImage: string) => ({
  [`task-sequences/${name}.yaml`]: INSTALL.replace('ABC00011', id)
    .replace('name: Install\n', `name: ${name}\n`)
    .replace('pe-x64', bootImage),
});

/** PC1 by both identifiers, PC2 by MAC, PC3 by GUID; images of three architectures, each with a sequence of its own. */
export const BASE: Readonly<Record<string, string>> = {
  ...IMAGES,
  ...image('ABC00003', 'pe-x86', 'x86'),
  ...image('ABC00004', 'pe-arm64', 'arm64'),
  'task-sequences/install.yaml': INSTALL,
  ...sequence('ABC00012', 'Install-x86', 'pe-x86'),
  ...sequence('ABC00013', 'Install-arm64', 'pe-arm64'),
  'devices/pc1.yaml': `name: PC1\nmacAddresses: ["${MAC.toUpperCase()}"]\nsmbiosGuid: ${GUID}\n`,
  'devices/pc2.yaml': 'name: PC2\nmacAddresses: ["00:15:5D:00:00:02"]\n',
  'devices/pc3.yaml': 'name: PC3\nsmbiosGuid: 4C4C4544-0042-3510-8054-B4C04F583433\n',
  'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC1, PC2, PC3] }\n',
};

/** A file of the one distribution point. */
export const point = (settings = ''): Record<string, string> => ({
  'distribution-points/dp1.yaml': `name: DP1\npxe:\n  enabled: true\n${settings}`,
});

export function deployment(id: string, purpose: 'required' | 'available', lines = ''): Record<string, string> {
  const given = lines.includes('taskSequence:') ? '' : 'taskSequence: Install\n';
  const collection = lines.includes('collection:') ? '' : 'collection: Lab\n';
  const to = lines.includes('availableTo:') ? '' : 'availableTo: mediaAndPxe\n';
  return {
    [`deployments/${id}.yaml`]: `id: ${id}\nname: D${id.slice(-1)}\npurpose: ${purpose}\n${given}${collection}${to}${lines}`,
  };
}

/** Clients by option 93. */
export const CODES = { bios: 0, uefiX86: 6, uefiX64: 7, uefiArm64: 11, httpX64: 16, httpArm64: 19 } as const;

export function client(
  kind: keyof typeof CODES | 'ipxeBios' | 'ipxeX64',
  changes: Partial<BootClient> = {},
): BootClient {
  const code = kind === 'ipxeBios' ? CODES.bios : kind === 'ipxeX64' ? CODES.uefiX64 : CODES[kind];
  const architecture = ARCHITECTURES[code];
  if (architecture === undefined) throw new Error(`no architecture ${code}`);
  const http = kind.startsWith('http');
  return {
    firmware: kind.startsWith('ipxe') ? 'ipxe' : http ? 'uefiHttp' : kind === 'bios' ? 'bios' : 'uefi',
    architecture,
    mac: MAC,
    guid: GUID,
    vendorClass: http ? 'HTTPClient' : 'PXEClient',
    ipxeHttp: kind.startsWith('ipxe'),
    maximumReply: 1472,
    quirks: [],
    ...changes,
  };
}

/** Every file, with names that say whose they are. */
export function published(missing: Readonly<Record<string, string>> = {}): PublishedImages {
  const known: readonly PublishedImage[] = (
    [
      ['ABC00001', 'x64', '11111111'],
      ['ABC00003', 'x86', '33333333'],
      ['ABC00004', 'arm64', '44444444'],
    ] as const
  ).map(([bootImage, architecture, version]) => ({
    bootImage,
    name: `pe-${architecture}`,
    version,
    architecture,
    filesFor(asking, ownAddress) {
      const at = `b/${version}/${clientPathKey(asking)}`;
      return {
        'pxeboot.n12': `${at}/pxeboot.n12`,
        'pxeboot.com': `${at}/pxeboot.com`,
        'bootmgfw.efi': `${at}/bootmgfw.efi`,
        imageUrl: `http://${ownAddress}/${at}/boot.iso`,
        loaderUrl: `http://${ownAddress}/${at}/bootmgfw.efi`,
        bootScript: `${at}/boot.ipxe`,
        promptScript: `${at}/prompt.ipxe`,
      };
    },
    whyNot: () => undefined,
  }));
  return {
    find: (id) => missing[id] ?? known.find(({ bootImage }) => bootImage === id) ?? 'it is not prepared',
    common: () => ({ 'abortpxe.com': 'abortpxe.com', exitScript: 'exit.ipxe' }),
  };
}

export interface Deciding {
  /** The site's. */
  readonly folder: string;
  readonly site: Site;
  readonly point: SiteObject<'distributionPoint'>;
  readonly state: BootStateStore;
  /** Moves the clock. */
  pass(milliseconds: number): void;
  now(): number;
  ask(asking: BootClient): Promise<BootChoice>;
  /** Code of the reason, and what the firmware gets: file, `menu FILE` or `silence REASON`. */
  told(asking: BootClient): Promise<string>;
  /** The boot image reached the client. */
  delivers(asking: BootClient, version?: string): Promise<string | null>;
  /** The decision alone, nothing written down. */
  decision(asking: BootClient): Promise<Decision>;
}

/** Writes the files over those of BASE, reads them as a site, and decides over them. Throws where the site has errors. */
export async function deciding(
  files: Readonly<Record<string, string>>,
  options: {
    readonly settings?: string;
    readonly images?: PublishedImages;
    readonly state?: BootStateStore | 'file';
  } = {},
): Promise<Deciding> {
  const folder = scratch();
  const all = { 'site.yaml': SETTINGS + (options.settings ?? ''), ...BASE, ...point(), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { site } = await openWholeSite(folder, operationContext());
  const [dp] = site.all('distributionPoint');
  if (dp === undefined) throw new Error('the site has no distribution point');
  const { images = published() } = options;
  const given = options.state ?? memoryBootState();
  const state = given === 'file' ? await openBootState(join(folder, 'state', 'osdkit.db')) : given;
  let at = NOW;
  const decider = siteDecider({ site, point: dp, images, state, now: () => at });
  const ask = (asking: BootClient) => decider.decide(asking, '10.0.0.1');
  return {
    folder,
    site,
    point: dp,
    state,
    pass: (milliseconds) => void (at += milliseconds),
    now: () => at,
    ask,
    async told(asking) {
      const choice = await ask(asking);
      const loader = chooseLoader(asking.firmware, choice);
      const gets = loader.kind === 'silence' ? `silence ${loader.reason}` : loader.file;
      return `${choice.why.code}: ${loader.kind === 'menu' ? `menu ${gets}` : gets}`;
    },
    delivers: async (asking, version = '11111111') =>
      (await state.deliver(clientPathKey(asking), version, at))?.deployment ?? null,
    async decision(asking) {
      const record = { delivered: [], tries: [], start: null, approval: null };
      return decideForSite({ site, point: dp, images, client: asking, record, at });
    },
  };
}
