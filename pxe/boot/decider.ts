/** The port to the decision: what this client boots. `src/app` implements it with policy and the state store. */
import type { BootClient } from './client.ts';

/** Files that may be there for a client; names are roles, values are TFTP paths or URLs. */
export type BootFile =
  | 'pxeboot.n12'
  | 'pxeboot.com'
  | 'abortpxe.com'
  | 'bootmgfw.efi'
  | 'ipxe'
  | 'imageUrl'
  | 'loaderUrl'
  | 'bootScript'
  | 'promptScript'
  | 'exitScript';

/** `required` also stands for an approved device and for one that `pxe start` let go. */
export type Purpose = 'required' | 'available' | 'none';

export interface BootMenu {
  /** Shown while the client waits for a key. */
  readonly prompt: string;
  /** 1..254 seconds; then the first item, the next local device, is taken. */
  readonly timeout: number;
  readonly localText: string;
  readonly bootText: string;
}

export interface BootChoice {
  readonly purpose: Purpose;
  /** What is served to this client. `pxeboot.n12` and `.com` only where `bootmgr.exe` lies beside them. */
  readonly files: Readonly<Partial<Record<BootFile, string>>>;
  /** For UEFI PXE; `null` where the setting does not ask for it. */
  readonly menu: BootMenu | null;
  /** HTTP Boot of the loader where its build reads over HTTP and the setting asks for it. */
  readonly preferLoaderUrl: boolean;
  /** BIOS with nothing deployed: give back to the BIOS at once instead of silence. */
  readonly fastReturn: boolean;
  /** Reason code and text of the decision itself, for `pxe why`. */
  readonly why: { readonly code: string; readonly text: string };
}

export interface BootDecider {
  /**
   * Decides anew at each call and keeps nothing; `advance` keeps the choice for the length of an exchange. URLs name the
   * server by `ownAddress`, which the client reaches.
   */
  decide(client: BootClient, ownAddress: string): Promise<BootChoice>;
}
