/** Ports of the decision: what is published (`published-*.ts`) goes in, `BootDecider` of `pxe/boot` comes out. */
import type { BootChoice, BootClient, BootFile } from '../../../pxe/boot/index.ts';

/** One version of a boot image as it is served now. */
export interface PublishedImage {
  /** Id of the site's boot image; without a site any text that stays. */
  readonly bootImage: string;
  readonly name: string;
  /** The part of its paths that names this version: 8 hexadecimal digits. */
  readonly version: string;
  readonly architecture: 'x64' | 'x86' | 'arm64';
  /**
   * TFTP paths and URLs for this client by the server's address that it asked; files that the image lacks are left out. Paths name
   * the client by `clientPathKey`.
   */
  filesFor(client: BootClient, ownAddress: string): Readonly<Partial<Record<BootFile, string>>>;
  /** Why a client gets no file to start from, and what to do; undefined: it gets one. */
  whyNot(client: Pick<BootClient, 'firmware' | 'architecture'>): string | undefined;
}

export interface PublishedImages {
  /** Of a boot image by its id; a text where there is none, that says why: it is being prepared, or what failed. */
  find(bootImage: string): PublishedImage | string;
  /** What clients get for which nothing is deployed: `abortpxe.com` of any image for BIOS, the script that ends iPXE. */
  common(client: BootClient, ownAddress: string): Readonly<Partial<Record<BootFile, string>>>;
}

/** The decider of a site. It is asked on the main thread. */
export interface SiteDecider {
  decide(client: BootClient, ownAddress: string): Promise<BootChoice>;
}
