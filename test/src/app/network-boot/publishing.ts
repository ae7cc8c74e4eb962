/** Prepared images of a test file, published; what a client gets for a name as it asks. */
import { readSync } from 'node:fs';
import { ARCHITECTURES, type BootClient, type Firmware } from '../../../../pxe/boot/index.ts';
import { findRoute, indexRoutes, type RouteTable, type ServedFile } from '../../../../pxe/content/index.ts';
import { publishedName } from '../../../../pxe/tftp/index.ts';
import type { PublishedImage } from '../../../../src/app/network-boot/decide-types.ts';
import { prepareImage, type PreparedFolder } from '../../../../src/app/network-boot/prepared-image.ts';
import {
  openPublisher,
  type Publisher,
  type PublishSource,
} from '../../../../src/app/network-boot/published-images.ts';
import { PUBLISH_DEFAULTS, type PublishSettings } from '../../../../src/app/network-boot/published-settings.ts';
import { operationContext } from '../../../../src/core/index.ts';
import { sampleWim, specOf, wimOf } from '../../../media/network/preparing.ts';

export const key = '525400aa0001';
export const guidKey = `g${'0123456789abcdef'.repeat(2)}`;
export const own = '10.77.0.1';
export const settings: PublishSettings = { ...PUBLISH_DEFAULTS, http: { scheme: 'http', port: 8080 } };

const codes: Record<Firmware, number> = { bios: 0, uefi: 7, uefiHttp: 16, ipxe: 7 };

export function client(firmware: Firmware, changed: Partial<BootClient> = {}): BootClient {
  const architecture = ARCHITECTURES[codes[firmware]];
  if (!architecture) throw new Error('no architecture');
  return {
    firmware,
    architecture,
    mac: '52:54:00:aa:00:01',
    guid: null,
    vendorClass: firmware === 'uefiHttp' ? 'HTTPClient' : 'PXEClient',
    ipxeHttp: true,
    maximumReply: 1472,
    quirks: [],
    ...changed,
  };
}

export interface TestImages {
  readonly x64: PreparedFolder;
  readonly arm64: PreparedFolder;
  readonly old: PreparedFolder;
  readonly noBios: PreparedFolder;
  readonly noUefi: PreparedFolder;
}

export async function prepareTestImages(place: string): Promise<TestImages> {
  const prepared = async (wim: Uint8Array) => prepareImage(place, await specOf(wim), operationContext());
  return {
    x64: await prepared(await sampleWim('x64')),
    arm64: await prepared(await sampleWim('arm64')),
    old: await prepared(await sampleWim('x64', 200_000)),
    noBios: await prepared(await wimOf({ 'Windows/Boot/PXE/pxeboot.n12': undefined })),
    noUefi: await prepared(await wimOf({ 'Windows/Boot/EFI/bootmgfw.efi': undefined })),
  };
}

export const source = (prepared: PreparedFolder, bootImage = 'ABC00001'): PublishSource => ({
  bootImage,
  name: 'PE',
  prepared,
});

export function published(prepared: PreparedFolder, changed: Partial<PublishSettings> = {}, active = 0): Publisher {
  const publisher = openPublisher(['tftp', 'http'], () => active, { removeOld: false });
  publisher.replace([source(prepared)], { ...settings, ...changed });
  return publisher;
}

export function imageOf(publisher: Publisher): PublishedImage {
  const image = publisher.find('ABC00001');
  if (typeof image === 'string') throw new Error(image);
  return image;
}

function bytesOf({ at, size }: ServedFile): Uint8Array {
  if (at.kind === 'memory') return Uint8Array.from(at.bytes);
  const bytes = new Uint8Array(size);
  readSync(at.fd, bytes, 0, size, at.offset);
  return bytes;
}

/** What a client gets for a name as it asks, by TFTP or HTTP. */
export async function asked(publisher: Publisher, path: string, table: RouteTable = publisher.table) {
  const route = findRoute(indexRoutes(table), publishedName(path), null);
  if (route === null) return null;
  const file = route.content === 'made' ? await publisher.make(route.name, route.client ?? '') : route.content;
  return file && { file, bytes: bytesOf(file) };
}
