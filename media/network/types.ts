/** What a boot image prepared for the network is: one image file, a few files beside it, and a document that says where each role lies. */
import * as z from 'zod';
import type { ByteSource } from '../../images/bytes/index.ts';

/** What a client may ask for. Fonts, policies and boot.stl are `beside`: the boot manager looks for them by name. */
export const networkRoles = [
  'boot.iso',
  'boot.wim',
  'boot.sdi',
  'bootmgfw.efi',
  'bootmgr.exe',
  'pxeboot.n12',
  'pxeboot.com',
  'abortpxe.com',
] as const;
export type NetworkRole = (typeof networkRoles)[number];

/** Ways to start by network. `biosDisc`: by an image file that something shows to a BIOS as a disc, as iPXE does. */
export const networkStarts = ['uefi', 'uefiHttp', 'bios', 'biosDisc', 'ipxe'] as const;
export type NetworkStart = (typeof networkStarts)[number];

/** Which of two signed loaders; `newest`: that of 2023 where the image has it. */
export type SigningAuthority = 'newest' | '2011' | '2023';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits');
const size = z.int().nonnegative();
/** A name of the folder: no separators, so that it never leads out of it. */
const fileName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected a plain file name');
/** Relative to the root of a medium: `efi/microsoft/boot/fonts/wgl4_boot.ttf`. */
const path = z.string().min(1).max(255);

const slice = z.strictObject({ file: fileName, offset: size, size, sha256 });

const problem = z.strictObject({
  code: z.string().max(64),
  severity: z.enum(['error', 'warning', 'note']),
  message: z.string().max(4000),
  hint: z.exactOptional(z.string().max(4000)),
});

/** `prepared.json` of the folder, canonical JSON. */
export const preparedImage = z.strictObject({
  osdkit: z.literal(1),
  kind: z.literal('network-boot'),
  /** Also the name of the folder. */
  key: sha256,
  source: z.strictObject({ sha256, size }),
  image: z.strictObject({
    index: z.int().positive(),
    name: z.string().max(1024),
    architecture: z.enum(['x64', 'arm64', 'x86']),
    version: z.string().max(64).nullable(),
  }),
  mediaId: sha256,
  /** Of UEFI; null where the image has none. */
  loader: z.strictObject({ signingCa: z.enum(['2011', '2023', 'unknown']), boots: z.string().max(1024) }).nullable(),
  /** Files of the folder, this document excepted. */
  files: z.array(z.strictObject({ name: fileName, size, sha256 })).min(1),
  roles: z.partialRecord(z.enum(networkRoles), slice),
  /** Files that are served by their path on a medium. */
  beside: z.array(z.strictObject({ path, ...slice.shape })),
  /** For which firmware it can be served; each that it cannot has a problem that says why. */
  starts: z.record(z.enum(networkStarts), z.boolean()),
  problems: z.array(problem),
});
export type PreparedImage = z.output<typeof preparedImage>;
export type PreparedSlice = z.output<typeof slice>;

export interface NetworkBootSpec {
  /** A WIM with a Windows PE in it. */
  readonly bootImage: ByteSource;
  /** For messages. */
  readonly bootImageName: string;
  /** Of the bytes of the WIM. */
  readonly sha256: string;
  /** From 1; without it the boot index, else the only Windows PE in it. */
  readonly index?: number;
  readonly signingAuthority: SigningAuthority;
  /** Of a site: the bytes of its bootstrap document. */
  readonly bootstrap?: Uint8Array;
  readonly toolVersion: string;
}
