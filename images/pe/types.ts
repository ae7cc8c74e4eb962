/** What osdkit wants to know of a program. */

/** Names of the machines that Windows boot files have had; any other is its number. */
export type PeMachine = 'x86' | 'x64' | 'arm64' | 'arm' | number;

/** Subsystems that matter here (PE Format, "Windows Subsystem"). */
export const subsystem = {
  windowsGui: 2,
  windowsConsole: 3,
  efiApplication: 10,
  /** `bootmgr.efi`, `winload.efi`: started by the boot manager, never by firmware. */
  windowsBootApplication: 16,
} as const;

export interface PeVersion {
  /** `10.0.26100.1`, of the fixed part, which is what Windows compares. */
  readonly fileVersion: string;
  readonly productVersion: string;
  /** Strings of the first language: `FileDescription`, `ProductVersion`, `OriginalFilename`, ... */
  readonly strings: ReadonlyMap<string, string>;
}

export interface PeSection {
  readonly name: string;
  /** RVA. */
  readonly address: number;
  readonly virtualSize: number;
  readonly fileOffset: number;
  readonly fileSize: number;
}

export interface PeFile {
  readonly machine: PeMachine;
  /** See `subsystem`. */
  readonly subsystem: number;
  readonly format: 'pe32' | 'pe32plus';
  readonly isDll: boolean;
  /** As stored: seconds since 1970, or a hash where the build is reproducible. */
  readonly timestamp: number;
  readonly sections: readonly PeSection[];
  /** DLL names as written, in the order of the table. */
  readonly imports: readonly string[];
  /** DLLs loaded at the first call: a start does not need them. */
  readonly delayImports: readonly string[];
  readonly version?: PeVersion;
  /** Where the Authenticode signatures lie in the file; absent in an unsigned one. Not read here. */
  readonly certificateTable?: { readonly offset: number; readonly size: number };
}
