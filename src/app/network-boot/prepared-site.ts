/** Boot images of a site, as they are prepared for a distribution point: the site's bootstrap goes in, without any secret. */
import type { NetworkBootSpec } from '../../../media/network/index.ts';
import { InputError, type OperationContext } from '../../core/index.ts';
import type { PxeSettings, Site, SiteObject } from '../../model/index.ts';
import { mediumBootstrap } from '../../policy/index.ts';
import { writeBootstrap } from '../../protocol/index.ts';
import { appCode } from '../codes.ts';
import type { OpenedSite } from '../open-site.ts';
import { bootImageSource } from '../site-medium.ts';

type BootImageObject = SiteObject<'bootImage'>;
type PointObject = SiteObject<'distributionPoint'>;

/** The boot images that points offer: all but those with `pxe: false`, and only those that have content. */
export function offeredImages(site: Site): readonly BootImageObject[] {
  return site.all('bootImage').filter(({ value }) => value.pxe !== false && value.content?.sha256 !== undefined);
}

/**
 * What one of them is prepared from. Throws InputError (`APP_BOOT_IMAGE_CONTENT`) where its bytes are nowhere. `point`: the point that
 * serves; without it the first one of the site whose PXE is on, else none.
 */
export async function siteNetworkSpec(
  opened: OpenedSite,
  image: BootImageObject,
  point: PointObject | undefined,
  toolVersion: string,
  context: OperationContext,
): Promise<NetworkBootSpec> {
  const { id = '', name, value } = image;
  const { sha256 } = value.content ?? {};
  if (sha256 === undefined) {
    throw new InputError(
      appCode.APP_BOOT_IMAGE_CONTENT,
      `boot image ${JSON.stringify(name)}: the site has no content of it`,
    );
  }
  const settings = point?.value.pxe;
  return {
    bootImage: await bootImageSource(opened, name, value, context),
    bootImageName: `boot image ${name}`,
    sha256,
    ...(value.index === undefined ? {} : { index: value.index }),
    signingAuthority: settings?.signingAuthority ?? 'newest',
    bootstrap: networkBootstrap(opened.site, point, settings, { id, name }),
    toolVersion,
  };
}

/** As on media; the servers begin with the point that the computer started from. */
export function networkBootstrap(
  site: Site,
  point: PointObject | undefined,
  settings: PxeSettings | undefined,
  bootImage: { readonly id: string; readonly name: string },
): Uint8Array {
  const bootstrap = mediumBootstrap(site, {
    kind: 'bootable',
    variables: [],
    unattended: false,
    unknownComputers: settings?.unknownComputers ?? false,
    bootImage,
  });
  const own = bootstrap.servers.filter(({ name }) => name === point?.name);
  const others = bootstrap.servers.filter(({ name }) => name !== point?.name);
  const { passwordVerifier } = settings ?? {};
  const asked = passwordVerifier === undefined ? {} : { passwordVerifier };
  return writeBootstrap({ ...bootstrap, ...asked, servers: [...own, ...others] });
}
