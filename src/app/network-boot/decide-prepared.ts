/** What a server would publish of a site's boot images, read from what is prepared; nothing is made and nothing is opened for long. */
import { join } from 'node:path';
import { type PreparedImage, preparedKey } from '../../../media/network/index.ts';
import { type OperationContext, OsdkitError } from '../../core/index.ts';
import type { SiteObject } from '../../model/index.ts';
import type { OpenedSite } from '../open-site.ts';
import type { PublishedImage, PublishedImages } from './decide-types.ts';
import { clientPathKey } from './identity-path.ts';
import { openPrepared, preparedPlace } from './prepared-image.ts';
import { offeredImages, siteNetworkSpec } from './prepared-site.ts';
import { publishedImage } from './published-image.ts';
import { PUBLISH_DEFAULTS } from './published-settings.ts';

export interface PreparedImages extends PublishedImages {
  /** Ids of boot images that are not prepared yet: their files are those that an image usually has. */
  readonly assumed: ReadonlyMap<string, string>;
}

/** Published as a server with defaults does, HTTP included. */
export async function preparedImages(
  opened: OpenedSite,
  point: SiteObject<'distributionPoint'>,
  toolVersion: string,
  context: OperationContext,
): Promise<PreparedImages> {
  const found = new Map<string, PublishedImage>();
  const assumed = new Map<string, string>();
  const settings = { ...PUBLISH_DEFAULTS, http: { scheme: 'http', port: 80 } as const };
  const offered = offeredImages(opened.site);
  const preparedOf = async (image: SiteObject<'bootImage'>): Promise<PreparedImage | string> => {
    try {
      const spec = await siteNetworkSpec(opened, image, point, toolVersion, context);
      const key = preparedKey(spec);
      const prepared = await openPrepared(join(preparedPlace(opened.place), key), key, context);
      return prepared ?? 'it is not prepared yet; a server does it when it starts';
    } catch (error) {
      if (error instanceof OsdkitError) return error.message;
      throw error;
    }
  };
  for (const image of opened.site.all('bootImage')) {
    const { name, value } = image;
    const known = offered.includes(image) ? await preparedOf(image) : 'it has no content, or is not for PXE';
    if (typeof known === 'string') assumed.set(value.id, known);
    else found.set(value.id, publishedImage(value.id, name, known, settings));
    if (!found.has(value.id)) found.set(value.id, usualImage(value.id, name, value.architecture));
  }
  return {
    assumed,
    find: (bootImage) => found.get(bootImage) ?? 'the site has no such boot image',
    common: () => ({ 'abortpxe.com': 'abortpxe.com', exitScript: 'exit.ipxe' }),
  };
}

function usualImage(bootImage: string, name: string, architecture: PublishedImage['architecture']): PublishedImage {
  const version = '00000000';
  return {
    bootImage,
    name,
    version,
    architecture,
    filesFor(client) {
      const at = `b/${version}/${clientPathKey(client)}/`;
      const bios = { 'pxeboot.n12': `${at}pxeboot.n12`, 'pxeboot.com': `${at}pxeboot.com` };
      return {
        ...(architecture === 'arm64' ? {} : bios),
        'bootmgfw.efi': `${at}bootmgfw.efi`,
        imageUrl: `${at}boot.iso`,
        loaderUrl: `${at}bootmgfw.efi`,
        bootScript: `${at}boot.ipxe`,
        promptScript: `${at}prompt.ipxe`,
      };
    },
    whyNot: () => undefined,
  };
}
