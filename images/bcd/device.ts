/** Device elements: decoding and encoding. Kinds that are not known keep their bytes. */
import { FormatError } from '../../src/core/index.ts';
import { decodeUtf16le, encodeUtf16le, formatGuid, parseGuid, viewOf } from '../bytes/index.ts';
import { bcdCode } from './codes.ts';
import {
  deviceHeader,
  deviceType,
  flagHasPath,
  guidSize,
  localRamdisk,
  partitionFields,
  partitionScheme,
  pathFields,
  plainDeviceSize,
  ramdiskFields,
} from './layout.ts';
import type { BcdDevice } from './types.ts';

/** A RAM disk on a RAM disk on a disc is the deepest that makes sense. */
const deepest = 4;

/** The device and options object of a device element's data. FormatError (`BCD_DEVICE`) when lengths do not fit. */
export function decodeDeviceElement(data: Uint8Array): { readonly device: BcdDevice; readonly options: string | null } {
  if (data.length < guidSize + deviceHeader.size) {
    throw damaged(`at least ${guidSize + deviceHeader.size} bytes`, `${data.length} bytes`);
  }
  const guid = data.subarray(0, guidSize);
  const options = guid.every((byte) => byte === 0) ? null : `{${formatGuid(guid)}}`;
  return { device: decodeDevice(data.subarray(guidSize), 1), options };
}

/** The data of a device element. Throws InputError for a malformed GUID. */
export function encodeDeviceElement(device: BcdDevice, options: string | null): Uint8Array {
  const guid = options === null ? new Uint8Array(guidSize) : parseGuid(options);
  return joined([guid, encodeDevice(device)]);
}

function decodeDevice(data: Uint8Array, depth: number): BcdDevice {
  const { type, size } = deviceHeader.decode(data);
  if (size < deviceHeader.size || size > data.length) {
    throw damaged(`a descriptor of ${deviceHeader.size} to ${data.length} bytes`, `size ${size}`);
  }
  const descriptor = data.subarray(0, size);
  const body = descriptor.subarray(deviceHeader.size);
  if (type === deviceType.boot) return { kind: 'boot' };
  if (type === deviceType.partition && body.length >= partitionFields.size) {
    const { partition, scheme, disk } = partitionFields.decode(body);
    if (scheme === partitionScheme.gpt) {
      return { kind: 'gpt-partition', partition: formatGuid(partition), disk: formatGuid(disk) };
    }
    if (scheme === partitionScheme.mbr) {
      const offset = viewOf(partition).getBigUint64(0, true);
      return { kind: 'mbr-partition', offset, signature: viewOf(disk).getUint32(0, true) };
    }
  }
  if (type === deviceType.local && body.length >= ramdiskFields.size + pathFields.size) {
    const { localKind } = ramdiskFields.decode(body);
    if (localKind === localRamdisk) return decodeRamdisk(body.subarray(ramdiskFields.size), depth);
  }
  return { kind: 'other', type, descriptor };
}

function decodeRamdisk(data: Uint8Array, depth: number): BcdDevice {
  const { length } = pathFields.decode(data);
  if (length < pathFields.size + deviceHeader.size || length > data.length) {
    throw damaged(`a path descriptor of at most ${data.length} bytes`, `length ${length}`);
  }
  if (depth >= deepest) throw damaged(`at most ${deepest} devices inside each other`, 'more');
  const rest = data.subarray(pathFields.size, length);
  const parent = decodeDevice(rest, depth + 1);
  const path = decodeUtf16le(rest.subarray(deviceHeader.decode(rest).size));
  const end = path.indexOf('\0');
  return { kind: 'ramdisk', parent, path: end < 0 ? path : path.slice(0, end) };
}

function encodeDevice(device: BcdDevice): Uint8Array {
  switch (device.kind) {
    case 'boot':
      return descriptorOf(deviceType.boot, 0, new Uint8Array(plainDeviceSize - deviceHeader.size));
    case 'ramdisk': {
      const rest = joined([encodeDevice(device.parent), encodeUtf16le(`${device.path}\0`)]);
      const length = pathFields.size + rest.length;
      const path = pathFields.encode({ sourceKind: 1, length, pathKind: 5 });
      const fields = ramdiskFields.encode({ localKind: localRamdisk, imageBase: 0n, imageSize: 0n, imageOffset: 0 });
      return descriptorOf(deviceType.local, flagHasPath, joined([fields, path, rest]));
    }
    case 'gpt-partition': {
      const { partition, disk } = device;
      return partitionDescriptor(parseGuid(partition), partitionScheme.gpt, parseGuid(disk));
    }
    case 'mbr-partition': {
      const [partition, disk] = [new Uint8Array(guidSize), new Uint8Array(guidSize)];
      viewOf(partition).setBigUint64(0, device.offset, true);
      viewOf(disk).setUint32(0, device.signature, true);
      return partitionDescriptor(partition, partitionScheme.mbr, disk);
    }
    default:
      return device.descriptor;
  }
}

function partitionDescriptor(partition: Uint8Array, scheme: number, disk: Uint8Array): Uint8Array {
  const fields = partitionFields.encode({ partition, unused: null, scheme, disk, end: null });
  return descriptorOf(deviceType.partition, 0, fields);
}

function descriptorOf(type: number, flags: number, body: Uint8Array): Uint8Array {
  return joined([deviceHeader.encode({ type, flags, size: deviceHeader.size + body.length, unused: null }), body]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function damaged(expected: string, actual: string): FormatError {
  return new FormatError(bcdCode.BCD_DEVICE, `BCD device element: expected ${expected}, found ${actual}`, {
    details: { structure: 'BCD device element', expected, actual },
  });
}
