/** One prepared image as it is served: its names, and which of them a client is told. */
import { networkRoles, versionPart, type PreparedImage } from '../../../media/network/index.ts';
import type { BootClient, BootFile } from '../../../pxe/boot/index.ts';
import type { Route } from '../../../pxe/content/index.ts';
import { clientPathKey } from './identity-path.ts';
import type { PublishedImage } from './decide-types.ts';
import { roleClass, sliceFile, withRemedy } from './published-files.ts';
import { clientPath, madeNames, scriptTargets } from './published-made.ts';
import type { PublishSettings } from './published-settings.ts';

/** Boot managers that read over HTTP by themselves begin with Windows 11 (boot-chain 10: 28000 does, 19041 does not). */
const firstHttpBuild = 22_000;

/** Names by which a boot manager may ask for what the BCD names otherwise: as on a medium. */
const aliases = { 'boot.wim': ['sources/boot.wim'], 'boot.sdi': ['boot/boot.sdi'] } as const;

/** All names of an image; `descriptorOf` gives the open file behind a name of its folder. */
export function routesOf(prepared: PreparedImage, descriptorOf: (file: string) => number): readonly Route[] {
  const folder = `b/${versionPart(prepared.key)}/*/`;
  const routes: Route[] = madeNames.map((name) => ({ name: folder + name, content: 'made' }));
  for (const role of networkRoles) {
    const slice = prepared.roles[role];
    if (!slice) continue;
    const file = sliceFile(descriptorOf(slice.file), slice, roleClass[role]);
    // iPXE reads from the image file what it needs: it has booted it when it has boot.wim.
    const wim = role === 'boot.iso' ? prepared.roles['boot.wim'] : undefined;
    const content = wim ? { ...file, decisive: { offset: wim.offset, size: wim.size } } : file;
    const others: readonly string[] = role === 'boot.wim' || role === 'boot.sdi' ? aliases[role] : [];
    routes.push(...[role, ...others].map((name) => ({ name: folder + name, content })));
  }
  for (const slice of prepared.beside) {
    const content = sliceFile(descriptorOf(slice.file), slice, 'other');
    routes.push(...namesBeside(slice.path).map((name) => ({ name: folder + name, content })));
  }
  return routes;
}

/** BIOS looks for fonts in another folder; an image without a BIOS boot manager for media has them in one alone. */
function namesBeside(path: string): readonly string[] {
  const [, font] = /^efi\/microsoft\/boot\/fonts\/([^/]+)$/.exec(path) ?? [];
  return font === undefined ? [path] : [path, `boot/fonts/${font}`];
}

/** The image as decisions see it. */
export function publishedImage(
  bootImage: string,
  name: string,
  prepared: PreparedImage,
  settings: PublishSettings,
): PublishedImage {
  return {
    bootImage,
    name,
    version: versionPart(prepared.key),
    architecture: prepared.image.architecture,
    filesFor: (client, ownAddress) => filesFor(prepared, settings, client, ownAddress),
    whyNot: (client) => whyNot(prepared, settings, client),
  };
}

const usualPort = { http: 80, https: 443, tftp: 69 } as const;

/** Addresses of everybody's files below a server, and of a client's. */
export function baseUrl({ http, tftpPort }: PublishSettings, client: BootClient, ownAddress: string): string {
  const at = (scheme: 'http' | 'https' | 'tftp', port: number): string =>
    `${scheme}://${ownAddress}${port === usualPort[scheme] ? '' : `:${port}`}/`;
  return http && (client.firmware !== 'ipxe' || client.ipxeHttp) ? at(http.scheme, http.port) : at('tftp', tftpPort);
}

function filesFor(
  prepared: PreparedImage,
  settings: PublishSettings,
  client: BootClient,
  ownAddress: string,
): Partial<Record<BootFile, string>> {
  const { roles, starts } = prepared;
  const key = clientPathKey(client);
  const files: Partial<Record<BootFile, string>> = {};
  const path = (name: string): string => clientPath(prepared, key, name);
  const url = (name: string): string => baseUrl(settings, client, ownAddress) + path(name).replaceAll('\\', '/');
  if (starts.bios) {
    if (roles['pxeboot.n12']) files['pxeboot.n12'] = path('pxeboot.n12');
    if (roles['pxeboot.com']) files['pxeboot.com'] = path('pxeboot.com');
  }
  if (roles['abortpxe.com']) files['abortpxe.com'] = path('abortpxe.com');
  if (starts.uefi) files['bootmgfw.efi'] = path('bootmgfw.efi');
  if (starts.uefiHttp && settings.http) {
    files.imageUrl = url('boot.iso');
    if (readsHttp(prepared)) files.loaderUrl = url('bootmgfw.efi');
  }
  const { efi, bios } = scriptTargets(prepared, key, settings);
  // Without a script for it iPXE would come back for nothing.
  if (settings.ipxe && bios !== null) files.ipxe = ipxePath(settings.ipxe.name).replaceAll('/', '\\');
  if ((client.architecture.platform === 'bios' ? bios : efi) !== null) {
    files.bootScript = url('boot.ipxe');
    files.promptScript = url('prompt.ipxe');
  }
  files.exitScript = url('exit.ipxe');
  return files;
}

/** The name of the user's iPXE program: everybody's. */
export function ipxePath(name: string): string {
  return `ipxe/${name}`.toLowerCase();
}

function readsHttp({ image: { version } }: PreparedImage): boolean {
  const build = Number(version?.split('.')[2] ?? Number.NaN);
  return !(build < firstHttpBuild);
}

/** The same for each firmware: what it needs is there, or the problem of the image that says what lacks. */
function whyNot(
  prepared: PreparedImage,
  settings: PublishSettings,
  client: Pick<BootClient, 'firmware' | 'architecture'>,
): string | undefined {
  const { starts } = prepared;
  const bios = client.architecture.platform === 'bios';
  const { efi, bios: ofBios } = scriptTargets(prepared, '', settings);
  const script = (bios ? ofBios : efi) !== null;
  const served: Readonly<Record<BootClient['firmware'], boolean>> = {
    bios: starts.bios || (settings.ipxe !== null && script),
    uefi: starts.uefi,
    uefiHttp: starts.uefiHttp && settings.http !== null,
    ipxe: script,
  };
  if (served[client.firmware]) return undefined;
  const wanted = bios ? 'NETWORK_BOOT_NO_BIOS' : 'NETWORK_BOOT_NO_UEFI';
  const told = prepared.problems.find(({ code }) => code === wanted);
  const lacking = told && withRemedy(told.message, told.hint);
  const byHttp = client.firmware === 'uefiHttp' || client.firmware === 'ipxe';
  if (byHttp && !settings.http && (bios ? starts.biosDisc : starts.uefiHttp)) return 'nothing is served by HTTP';
  return lacking ?? `boot image ${prepared.image.name} (${prepared.image.architecture}) has no files for this firmware`;
}
