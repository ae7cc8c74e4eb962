/** One dentry with its streams as bytes (D.5). */
import { alignUp, encodeUtf16le, viewOf } from '../bytes/index.ts';
import { dentryFixed, streamFixed } from './layout.ts';
import { hashBytes } from './sha1.ts';
import type { Dentry, DentryStream } from './dentry-types.ts';

/** Writes a dentry into zeroed bytes; `subdirOffset` is where the list of its children is in the resource, 0 for none. */
export function writeDentry(bytes: Uint8Array, offset: number, dentry: Dentry, subdirOffset: number): void {
  const name = encodeUtf16le(dentry.name);
  const shortName = encodeUtf16le(dentry.shortName);
  dentryFixed.encodeInto(bytes, offset, {
    length: BigInt(dentryLength(dentry)),
    attributes: dentry.attributes,
    securityId: dentry.securityId,
    subdirOffset: BigInt(subdirOffset),
    reserved: dentry.reserved,
    created: dentry.created,
    accessed: dentry.accessed,
    modified: dentry.modified,
    hash: hashBytes(dentry.hash),
    unknown: dentry.unknown,
    reparseOrLink: reparseOrLink(dentry),
    streamCount: dentry.streams.length,
    shortNameBytes: shortName.length,
    nameBytes: name.length,
  });
  let at = offset + dentryFixed.size;
  bytes.set(name, at);
  at += nameSpace(dentry.name);
  bytes.set(shortName, at);
  at += nameSpace(dentry.shortName);
  bytes.set(dentry.taggedItems, alignUp(at - offset, 8) + offset);
  at = offset + alignUp(dentryLength(dentry), 8);
  for (const stream of dentry.streams) {
    const streamName = encodeUtf16le(stream.name);
    streamFixed.encodeInto(bytes, at, {
      length: BigInt(streamSpace(stream)),
      reserved: 0n,
      hash: hashBytes(stream.hash),
      nameBytes: streamName.length,
    });
    bytes.set(streamName, at + streamFixed.size);
    at += streamSpace(stream);
  }
}

function reparseOrLink(dentry: Dentry): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = viewOf(bytes);
  if (dentry.reparse) {
    view.setUint32(0, dentry.reparse.tag, true);
    view.setUint16(4, dentry.reparse.reserved, true);
    view.setUint16(6, dentry.reparse.flags, true);
  } else view.setBigUint64(0, dentry.hardLinkGroup, true);
  return bytes;
}

/** A name and its NUL; nothing for an empty name. */
const nameSpace = (name: string): number => (name === '' ? 0 : 2 * name.length + 2);

function dentryLength({ name, shortName, taggedItems }: Dentry): number {
  return alignUp(dentryFixed.size + nameSpace(name) + nameSpace(shortName), 8) + taggedItems.length;
}

function streamSpace(stream: DentryStream): number {
  return alignUp(streamFixed.size + nameSpace(stream.name), 8);
}

/** How many bytes a dentry takes with its streams. */
export function dentrySpace(dentry: Dentry): number {
  return dentry.streams.reduce((sum, stream) => sum + streamSpace(stream), alignUp(dentryLength(dentry), 8));
}
