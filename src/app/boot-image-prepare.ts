/** `boot-image prepare`: a boot image made ready for network boot ahead of time, and what it can be served for. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { digestSources, openFile } from '../../images/bytes/index.ts';
import type { NetworkBootSpec, PreparedImage } from '../../media/network/index.ts';
import type { OperationContext } from '../core/index.ts';
import { findObject } from './find-object.ts';
import type { PreparedFolder } from './network-boot/prepared-image.ts';
import { pointOf } from './network-boot/serve-point.ts';
import { openWholeSite } from './open-site.ts';
import { useCase } from './use-case.ts';

const input = z.strictObject({
  /** WIM file; with `site` the name or id of a boot image. */
  image: z.string().min(1),
  site: z.string().min(1).optional(),
  /** Name of the distribution point that will serve it; without it the only one that answers network boot. */
  point: z.string().min(1).optional(),
  output: z.string().min(1).optional(),
  index: z.int().positive().optional(),
  signingCa: z.enum(['newest', '2011', '2023']).optional(),
  /** Read every byte of one that is ready. */
  verify: z.boolean().default(false),
});

export interface PreparedBootImage extends Pick<PreparedFolder, 'folder' | 'made'> {
  readonly bootImage: string;
  readonly prepared: PreparedImage;
}

export const bootImagePrepare = useCase({
  name: 'boot-image prepare',
  summary: 'make a boot image ready for network boot, once for each version',
  effect: 'write',
  input,
  async run(request, services, context): Promise<PreparedBootImage> {
    const { site, image, output } = request;
    const { preparedPlace, prepareImage } = await import('./network-boot/prepared-image.ts');
    if (site !== undefined) {
      const { spec, name } = await specOfSite(site, request, services.version, context);
      const prepared = await prepareImage(output ?? preparedPlace(site), spec, context, request);
      return { bootImage: name, ...prepared };
    }
    await using file = await openFile(image);
    const [sha256 = ''] = await digestSources([file], context, 'reading the boot image');
    const spec: NetworkBootSpec = {
      bootImage: file,
      bootImageName: image,
      sha256,
      signingAuthority: request.signingCa ?? 'newest',
      toolVersion: services.version,
      ...(request.index === undefined ? {} : { index: request.index }),
    };
    const prepared = await prepareImage(resolve(output ?? 'osdkit-network-boot'), spec, context, request);
    return { bootImage: image, ...prepared };
  },
});

/** As `osdkit serve` prepares it for the point. */
async function specOfSite(
  folder: string,
  { image, point: named, signingCa, index }: z.infer<typeof input>,
  toolVersion: string,
  context: OperationContext,
): Promise<{ readonly spec: NetworkBootSpec; readonly name: string }> {
  const opened = await openWholeSite(folder, context);
  const object = findObject(opened.site, image, ['bootImage']);
  // A site without a point that answers can be prepared for the day when it has one.
  const any = opened.site.all('distributionPoint').some(({ value }) => value.pxe?.enabled === true);
  const point = named === undefined && !any ? undefined : pointOf(opened.site, named);
  const { siteNetworkSpec } = await import('./network-boot/prepared-site.ts');
  const spec = await siteNetworkSpec(opened, object, point, toolVersion, context);
  return {
    spec: {
      ...spec,
      ...(signingCa === undefined ? {} : { signingAuthority: signingCa }),
      ...(index === undefined ? {} : { index }),
    },
    name: object.name,
  };
}
