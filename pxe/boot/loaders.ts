/** PXE-09 of behaviours.md as one table: firmware x purpose x files that are there -> what the client gets. */
import type { Firmware } from './client.ts';
import type { BootChoice, BootFile, Purpose } from './decider.ts';
import type { Reason } from './reasons.ts';

interface Alternative {
  readonly file: BootFile;
  /** A setting that must hold; absent: always. */
  readonly when?: 'menu' | 'preferLoaderUrl' | 'fastReturn';
  /** Shown behind the prompt and menu of option 43. */
  readonly menu?: true;
}

interface Cell {
  /** The first whose file is there and whose setting holds. */
  readonly alternatives: readonly Alternative[];
  /** Why there is silence when none is. */
  readonly otherwise: Reason;
}

export const LOADERS: Readonly<Record<Firmware, Readonly<Record<Purpose, Cell>>>> = {
  bios: {
    required: { alternatives: [{ file: 'pxeboot.n12' }, { file: 'ipxe' }], otherwise: 'notServable' },
    // pxeboot.com asks for F12 by itself; without a key the next boot device has its turn. iPXE comes back for a script with a prompt.
    available: { alternatives: [{ file: 'pxeboot.com' }, { file: 'ipxe' }], otherwise: 'notServable' },
    none: { alternatives: [{ file: 'abortpxe.com', when: 'fastReturn' }], otherwise: 'nothingDeployed' },
  },
  uefi: {
    required: { alternatives: [{ file: 'bootmgfw.efi' }], otherwise: 'notServable' },
    available: { alternatives: [{ file: 'bootmgfw.efi', when: 'menu', menu: true }], otherwise: 'needsStart' },
    none: { alternatives: [], otherwise: 'nothingDeployed' },
  },
  uefiHttp: {
    required: {
      alternatives: [{ file: 'loaderUrl', when: 'preferLoaderUrl' }, { file: 'imageUrl' }],
      otherwise: 'notServable',
    },
    available: { alternatives: [], otherwise: 'needsStart' },
    none: { alternatives: [], otherwise: 'nothingDeployed' },
  },
  ipxe: {
    required: { alternatives: [{ file: 'bootScript' }], otherwise: 'notServable' },
    available: { alternatives: [{ file: 'promptScript' }], otherwise: 'notServable' },
    none: { alternatives: [{ file: 'exitScript' }], otherwise: 'nothingDeployed' },
  },
};

export type Loader =
  | { readonly kind: 'boot'; readonly file: string }
  | { readonly kind: 'menu'; readonly file: string }
  | { readonly kind: 'silence'; readonly reason: Reason };

/** What a client with this firmware gets for a choice. */
export function chooseLoader(firmware: Firmware, choice: BootChoice): Loader {
  const { alternatives, otherwise } = LOADERS[firmware][choice.purpose];
  const holds = { menu: choice.menu !== null, preferLoaderUrl: choice.preferLoaderUrl, fastReturn: choice.fastReturn };
  for (const { file, when, menu } of alternatives) {
    const path = choice.files[file];
    if (path !== undefined && (when === undefined || holds[when])) return { kind: menu ? 'menu' : 'boot', file: path };
  }
  return { kind: 'silence', reason: otherwise };
}
