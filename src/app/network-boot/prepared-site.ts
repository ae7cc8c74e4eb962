/** Boot images of a site, as they are prepared for a distribution point: the site's bootstrap goes in, without any secret. */
import { preparedKey, type NetworkBootSpec } from '../../../media/network/index.ts';
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

/** The part of a specification that needs no bytes of the image; undefined where the site has no content of it. */
function specFacts(
  site: Site,
  { id = '', name, value }: BootImageObject,
  point: PointObject | undefined,
): Pick<NetworkBootSpec, 'sha256' | 'index' | 'signingAuthority' | 'bootstrap'> | undefined {
  const sha256 = value.content?.sha256;
  if (sha256 === undefined) return undefined;
  const settings = point?.value.pxe;
  return {
    sha256,
    ...(value.index === undefined ? {} : { index: value.index }),
    signingAuthority: settings?.signingAuthority ?? 'newest',
    bootstrap: networkBootstrap(site, point, settings, { id, name }),
  };
}

/** Keys of all images that the points of a site may serve. */
export function networkKeys(site: Site): ReadonlySet<string> {
  const points = site.all('distributionPoint').filter(({ value }) => value.pxe?.enabled === true);
  const facts = offeredImages(site).flatMap((image) => points.map((point) => specFacts(site, image, point)));
  return new Set(facts.flatMap((one) => (one === undefined ? [] : [preparedKey(one)])));
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
  const { name, value } = image;
  const facts = specFacts(opened.site, image, point);
  if (facts === undefined) {
    throw new InputError(
      appCode.APP_BOOT_IMAGE_CONTENT,
      `boot image ${JSON.stringify(name)}: the site has no content of it`,
    );
  }
  const bootImage = await bootImageSource(opened, name, value, context);
  return { ...facts, bootImage, bootImageName: `boot image ${name}`, toolVersion };
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
