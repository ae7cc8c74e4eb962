/**
 * The bytes of a device element (REG_BINARY of 1100.., 2100.., 3100..): 16 bytes of an options object's GUID, then a device
 * descriptor. Measured on Microsoft media: boot-chain.md 1.1; partitions: the prototype that is told there and public
 * BCD tools agree, not tried on a boot manager.
 */
import { at, bytes, reserved, struct, u32le, u64le } from '../bytes/index.ts';

export const guidSize = 16;

/** Device descriptor types. */
export const deviceType = { local: 0, boot: 5, partition: 6, locate: 8 } as const;

export const deviceHeader = struct('BCD device descriptor', 16, {
  type: at(0, u32le),
  flags: at(4, u32le), // 1 where a path follows
  size: at(8, u32le), // of the descriptor, this header included
  unused: at(12, reserved(4)),
});

/** Of a descriptor without a path. */
export const plainDeviceSize = 72;
export const flagHasPath = 1;

/** Behind the header of a local device that is a RAM disk; a path and its parent device follow. */
export const ramdiskFields = struct('BCD ramdisk descriptor', 24, {
  localKind: at(0, u32le), // 3
  imageBase: at(4, u64le), // these three are filled in memory; garbage on some media
  imageSize: at(12, u64le),
  imageOffset: at(20, u32le),
});
export const localRamdisk = 3;

/** A path on another device: the parent's descriptor and the path (UTF-16LE with NUL) follow. */
export const pathFields = struct('BCD path descriptor', 12, {
  sourceKind: at(0, u32le), // 1
  length: at(4, u32le), // of these 12 bytes, parent and path
  pathKind: at(8, u32le), // 5
});

/** Behind the header of a partition. */
export const partitionFields = struct('BCD partition descriptor', 56, {
  partition: at(0, bytes(16)), // GUID, or the byte offset in its first half
  unused: at(16, reserved(4)),
  scheme: at(20, u32le),
  disk: at(24, bytes(16)), // GUID, or the MBR signature in its first dword
  end: at(40, reserved(16)),
});
export const partitionScheme = { gpt: 0, mbr: 1 } as const;
