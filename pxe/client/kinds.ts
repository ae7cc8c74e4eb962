/**
 * The clients that are modelled, as a table: what their first message says and how patient they are. Sources: boot-standards 2.1, 2.2, 2.4,
 * 2.5, 2.6, 3.2; recorded messages of EDK2 and iPXE.
 */
import type { TftpOption } from '../tftp/index.ts';

export type ClientKind = 'bios' | 'uefi-x64' | 'uefi-arm64' | 'http' | 'http-arm64' | 'ipxe' | 'ipxe-uefi';

/** How offers are chosen from: PXE of EDK2 (old ROMs alike), HTTP Boot of EDK2, iPXE. */
export type Chooser = 'pxe' | 'http' | 'ipxe';

export interface ClientProfile {
  readonly words: string;
  readonly vendorClass: 'PXEClient' | 'HTTPClient';
  /** Option 93. */
  readonly architecture: number;
  /** Option 94, and the last digits of option 60. */
  readonly undi: readonly [major: number, minor: number];
  readonly chooser: Chooser;
  /** Option 55. */
  readonly asks: readonly number[];
  /** Option 57, bytes. */
  readonly maximumSize: number;
  readonly ipxe: boolean;
  /** How long it waits after each DISCOVER, milliseconds. */
  readonly discover: readonly number[];
  /** How long after each question to a boot server, milliseconds. */
  readonly bootServer: readonly number[];
  /** Port that questions to a boot server leave by. */
  readonly bootServerPort: 68 | 4011;
  /** Options of the request for the size, `null` where it asks for none; of the request for the file. */
  readonly sizeProbe: readonly TftpOption[] | null;
  readonly read: readonly TftpOption[];
}

const EDK2_ASKS = [
  1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 28, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60, 66, 67, 97, 128, 129, 130,
  131, 132, 133, 134, 135,
];
const IPXE_ASKS = [
  1, 3, 6, 7, 12, 15, 17, 26, 42, 43, 60, 66, 67, 119, 121, 128, 129, 130, 131, 132, 133, 134, 135, 175, 203,
];

const tftp = (...pairs: readonly (readonly [string, number])[]): readonly TftpOption[] =>
  pairs.map(([name, value]) => ({ name, value: String(value) }));

const edk2 = {
  undi: [3, 0],
  asks: EDK2_ASKS,
  maximumSize: 1472,
  ipxe: false,
  // PXE 2.1; EDK2 waits the whole first time even when an offer is there.
  discover: [4000, 8000, 16_000, 32_000],
  bootServer: [1000, 2000, 3000, 4000],
  bootServerPort: 4011,
  sizeProbe: tftp(['tsize', 0], ['blksize', 1468], ['windowsize', 4]),
  read: tftp(['blksize', 1468], ['windowsize', 4]),
} as const;

const uefi = (words: string, architecture: number): ClientProfile => ({
  ...edk2,
  words,
  architecture,
  vendorClass: 'PXEClient',
  chooser: 'pxe',
});

const http = (words: string, architecture: number): ClientProfile => ({
  ...edk2,
  words,
  architecture,
  vendorClass: 'HTTPClient',
  chooser: 'http',
});

const ipxe = (words: string, architecture: number, undi: readonly [number, number]): ClientProfile => ({
  words,
  architecture,
  undi,
  vendorClass: 'PXEClient',
  chooser: 'ipxe',
  asks: IPXE_ASKS,
  maximumSize: 1472,
  ipxe: true,
  discover: [1000, 2000, 4000, 8000],
  // It gives up after two seconds and goes on without.
  bootServer: [1000, 1000],
  bootServerPort: 68,
  sizeProbe: null,
  read: tftp(['blksize', 1432], ['tsize', 0]),
});

export const CLIENT_KINDS: Readonly<Record<ClientKind, ClientProfile>> = {
  bios: {
    ...edk2,
    words: 'BIOS with a PXE ROM',
    vendorClass: 'PXEClient',
    architecture: 0,
    undi: [2, 1],
    chooser: 'pxe',
    sizeProbe: tftp(['tsize', 0]),
    read: tftp(['blksize', 1456]),
  },
  'uefi-x64': uefi('UEFI x64, PXE', 7),
  'uefi-arm64': uefi('UEFI ARM64, PXE', 11),
  http: http('UEFI x64, HTTP Boot', 16),
  'http-arm64': http('UEFI ARM64, HTTP Boot', 19),
  ipxe: ipxe('iPXE on a BIOS', 0, [2, 1]),
  'ipxe-uefi': ipxe('iPXE on UEFI x64', 7, [3, 10]),
};
