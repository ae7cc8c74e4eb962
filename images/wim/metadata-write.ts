/**
 * Writes a metadata resource (D.5): security block, root, then each folder's children back to back, folders in pre-order as
 * wimlib writes them; an empty folder gets a list that holds only the terminator.
 */
import { alignUp, encodeUtf16le, viewOf } from '../bytes/index.ts';
import { dentryFixed, securityFixed, streamFixed } from './layout.ts';
import { hashBytes } from './sha1.ts';
import type { Dentry, DentryStream } from './dentry-types.ts';

const terminatorSize = 8;

/** A security block without descriptors. */
export const emptySecurity: Uint8Array = securityFixed.encode({ totalLength: securityFixed.size, count: 0 });

/** The resource as bytes. `security` is a whole block, padded to 8; the root must be a folder. */
export function encodeMetadata(security: Uint8Array, root: Dentry): Uint8Array {
  const rootStart = alignUp(security.length, 8);
  const childrenStart = rootStart + dentrySpace(root) + terminatorSize;
  const bytes = new Uint8Array(childrenStart + listSpace(root.children ?? []));
  bytes.set(security);
  writeDentry(bytes, rootStart, root, childrenStart);
  writeList(bytes, childrenStart, root.children ?? []);
  return bytes;
}

/** Writes the list of a folder and all lists below; returns the offset behind them. */
function writeList(bytes: Uint8Array, start: number, children: readonly Dentry[]): number {
  let at = start;
  let below = start + listOwnSpace(children);
  for (const child of children) {
    const list = child.children; // asked for once: a capture makes it anew each time
    writeDentry(bytes, at, child, list ? below : 0);
    at += dentrySpace(child);
    if (list) below = writeList(bytes, below, list);
  }
  return below;
}

function writeDentry(bytes: Uint8Array, offset: number, dentry: Dentry, subdirOffset: number): void {
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

function dentrySpace(dentry: Dentry): number {
  return dentry.streams.reduce((sum, stream) => sum + streamSpace(stream), alignUp(dentryLength(dentry), 8));
}

/** A list itself, with its terminator. */
function listOwnSpace(children: readonly Dentry[]): number {
  return children.reduce((sum, child) => sum + dentrySpace(child), terminatorSize);
}

/** A folder's list and all lists below. */
function listSpace(children: readonly Dentry[]): number {
  return children.reduce((sum, child) => {
    const list = child.children;
    return list ? sum + listSpace(list) : sum;
  }, listOwnSpace(children));
}
