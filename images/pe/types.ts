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
  /** `8.0`, of the resource BOOTMGRSECURITYVERSIONNUMBER: what revocation by version goes by (boot-standards 6.3). */
  readonly securityVersion?: string;
  /** Where the Authenticode signatures lie in the file; absent in an unsigned one. `readSignatures` reads them. */
  readonly certificateTable?: { readonly offset: number; readonly size: number };
}

/** What Authenticode has used; programs for UEFI have SHA-256. */
export type DigestAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/**
 * Microsoft's CA by the issuer of the signer's certificate: `2011` and `2023` sign Windows' own boot programs, the
 * `third-party` ones those of others; `other` is any other.
 */
export type SigningCa = '2011' | '2023' | 'third-party-2011' | 'third-party-2023' | 'other';

/** The certificate that signed. */
export interface PeSigner {
  /** Common names; empty where there is none. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** Thumbprint of the certificate, hexadecimal. */
  readonly sha1: string;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
}

export interface PeSignature {
  /** Of the entry, from the start of the file. */
  readonly offset: number;
  /** Bytes of the PKCS#7 data. */
  readonly size: number;
  readonly digestAlgorithm: DigestAlgorithm;
  /** The digest that was signed, hexadecimal. */
  readonly signedDigest: string;
  /** The digest of the file as it is. */
  readonly fileDigest: string;
  readonly digestMatches: boolean;
  /** The signer's key signed that digest, and the enclosed CA certificate, if there is one, signed the signer's. */
  readonly signatureValid: boolean;
  readonly signer: PeSigner;
  readonly signingCa: SigningCa;
}
