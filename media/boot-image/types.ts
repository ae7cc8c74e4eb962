/** What a boot image is, as plain data for `image inspect --json`, and what is taken from it. */
import type { Problem } from '../../src/core/index.ts';
import type { PeSignature } from '../../images/pe/index.ts';
import type { DirectoryNode } from '../../images/tree/index.ts';
import type { WimImage } from '../../images/wim/index.ts';

export type Architecture = 'x64' | 'arm64' | 'x86';
/**
 * Microsoft Windows Production PCA 2011, or Windows UEFI CA 2023: by the signer's certificate; for an unsigned loader by its
 * folder in Windows\Boot, `EFI` or `EFI_EX`.
 */
export type SigningCa = '2011' | '2023';
/** Ways to start. */
export type Start = 'uefi-media' | 'bios-media' | 'uefi-network' | 'bios-network';
export type Flavour = 'configmgr' | 'mdt' | 'osdcloud' | 'setup' | 'winre' | 'plain';

/** `error`: no medium can be made; `warning`: something is lost; `note`: good to know. */
export interface BootImageProblem extends Problem {
  /** In the image or in the folder of --boot-files. */
  readonly path?: string;
}

/** One test of "is it Windows PE" (boot-standards 1.4). `undefined`: could not be told. */
export interface WinpeTest {
  readonly name: 'edition' | 'programs' | 'registry';
  readonly passed: boolean | undefined;
  readonly reason: string;
}

export interface BootFileState {
  /** Id of the row of `bootFiles`. */
  readonly id: string;
  /** Path in the image; for folders, the folder. Undefined when absent. */
  readonly path: string | undefined;
  /** Bytes; of all files for a folder. */
  readonly size: number;
}

export interface ProgramFacts {
  readonly path: string;
  readonly machine: string;
  readonly version: string | undefined;
}

/** A UEFI boot manager and who signed it. */
export interface LoaderFacts {
  readonly path: string;
  /** `broken`: signed, but the file was changed afterwards or the signature is not the signer's. */
  readonly state: 'signed' | 'unsigned' | 'broken' | 'unreadable';
  /** What its folder stands for. */
  readonly folderCa: SigningCa | undefined;
  /** By certificate where there is one that can be read, else by folder; empty for any other CA. */
  readonly signingCas: readonly SigningCa[];
  /** As in the certificate table. */
  readonly signatures: readonly PeSignature[];
  /** `8.0`; what revocation by version goes by (boot-standards 6.3). */
  readonly securityVersion: string | undefined;
  /** Why it could not be read. */
  readonly unreadable?: { readonly code: string; readonly message: string };
}

export interface BootImageFacts {
  /** From 1. */
  readonly index: number;
  readonly name: string;
  readonly description: string;
  readonly isWinpe: boolean;
  readonly winpeTests: readonly WinpeTest[];
  /** Undefined when nothing tells it, or when XML data and programs disagree. */
  readonly architecture: Architecture | undefined;
  /** `10.0.26100.1`, from the XML data, else from the boot manager. */
  readonly version: string | undefined;
  readonly build: number | undefined;
  readonly edition: string | undefined;
  readonly installationType: string | undefined;
  readonly productName: string | undefined;
  readonly languages: readonly string[];
  readonly defaultLanguage: string | undefined;
  readonly programs: readonly ProgramFacts[];
  readonly flavour: Flavour;
  /** Why that flavour. */
  readonly flavourReason: string;
  /** Text of Windows\System32\winpeshl.ini; undefined when absent or too large. */
  readonly winpeshlIni: string | undefined;
  readonly startnetCmd: string | undefined;
  /** `Setup\CmdLine` of the registry, the first program that starts: `winpeshl.exe`. */
  readonly setupCommand: string | undefined;
  /** MiB of the writable overlay in RAM; undefined when the image does not say. */
  readonly scratchSpace: number | undefined;
  readonly bootFiles: readonly BootFileState[];
  /** Boot managers of a Windows PE image; of another image they are not read. */
  readonly loaders: readonly LoaderFacts[];
  /** CAs that signed a boot manager of the image: by `loaders`, else by the folders that hold one. */
  readonly signingCas: readonly SigningCa[];
  readonly starts: Readonly<Record<Start, boolean>>;
  /** Of the DLLs that node.exe imports, those that are not in Windows\System32. */
  readonly missingEngineDlls: readonly string[];
  readonly problems: readonly BootImageProblem[];
}

export interface BootImage {
  readonly facts: BootImageFacts;
  readonly image: WimImage;
}

export interface InspectOptions {
  /** From 1; without it the bootable image if it is Windows PE, else the only Windows PE image. */
  readonly index?: number;
  /** Refuse an image of another architecture. */
  readonly architecture?: Architecture;
}

export interface SelectOptions {
  /** Default: 2011, or 2023 where only that is there. */
  readonly signingCa?: SigningCa;
  /** A folder (`readDirectory`) laid out as a medium or as Windows\Boot; its files come before those of the image. */
  readonly bootFiles?: DirectoryNode;
}

export interface LoaderChoice {
  /** `unknown` for an unsigned loader that came from a medium's folder, and for one signed by any other CA. */
  readonly signingCa: SigningCa | 'unknown';
  readonly facts: LoaderFacts;
  readonly from: 'image' | 'boot-files';
  readonly path: string;
  /** Path on the medium: `EFI/BOOT/BOOTX64.EFI`. */
  readonly target: string;
  /** Of the version resource. */
  readonly version: string | undefined;
  /** One sentence: which PCs start it with Secure Boot on. */
  readonly boots: string;
}

export interface SelectedFile {
  /** Path on the medium, `/` between segments. */
  readonly target: string;
  readonly from: 'image' | 'boot-files';
  readonly path: string;
  readonly size: number;
}

export interface BootFileSelection {
  /** The files at their places on the medium. */
  readonly tree: DirectoryNode;
  readonly files: readonly SelectedFile[];
  readonly loader: LoaderChoice;
  /** Whether the medium can start by BIOS: `bootmgr` is in the tree. */
  readonly bios: boolean;
  /** All that is worth telling about a medium of these files, what `facts.problems` says of it included; never an error. */
  readonly problems: readonly BootImageProblem[];
}

/** Of an image without a UEFI boot manager: what BIOS uses, and the network. */
export interface BiosFileSelection extends Omit<BootFileSelection, 'loader'> {
  readonly loader: undefined;
}
