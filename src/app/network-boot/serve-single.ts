/** Who boots what without a site: every computer that asks gets the one image, where it is of its architecture. */
import type { BootChoice, BootClient } from '../../../pxe/boot/index.ts';
import type { PublishedImages, SiteDecider } from './decide-types.ts';

/** The boot image that `publishSingle` publishes. */
export const singleImage = 'single';

/** An x64 PC in BIOS mode says x86; a UEFI PC starts programs of its own architecture alone. */
export function runsOn(image: 'x64' | 'x86' | 'arm64', { architecture }: BootClient): boolean {
  if (architecture.platform === 'bios') return image !== 'arm64';
  return architecture.cpu === image;
}

export function singleDecider(images: PublishedImages): SiteDecider {
  const none = (client: BootClient, ownAddress: string, code: string, text: string): BootChoice => ({
    purpose: 'none',
    files: images.common(client, ownAddress),
    menu: null,
    preferLoaderUrl: false,
    fastReturn: true,
    why: { code, text },
  });
  return {
    async decide(client, ownAddress) {
      const image = images.find(singleImage);
      if (typeof image === 'string') return none(client, ownAddress, 'imageMissing', image);
      if (!runsOn(image.architecture, client)) {
        const text = `the boot image is for ${image.architecture}, the computer says ${client.architecture.name}`;
        return none(client, ownAddress, 'architecture', text);
      }
      const lacking = image.whyNot(client);
      return {
        purpose: 'required',
        files: image.filesFor(client, ownAddress),
        menu: null,
        preferLoaderUrl: false,
        fastReturn: false,
        why: { code: 'everyComputer', text: lacking ?? `every computer boots ${image.name}` },
      };
    },
  };
}
