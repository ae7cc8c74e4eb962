/** What exists without a file: the built-in collections and the unknown computers (SITE-05, SITE-06, UNK-04). */
import type { Architecture, Collection, Device, SiteObject } from '../model/index.ts';

/** ConfigMgr's ids of its built-in collections; `aliases` are other names that people write. */
export const BUILT_IN_COLLECTIONS: readonly {
  readonly id: string;
  readonly name: string;
  readonly type: 'device' | 'user';
  readonly aliases: readonly string[];
}[] = [
  { id: 'SMS00001', name: 'All Systems', type: 'device', aliases: [] },
  { id: 'SMSDM003', name: 'All Desktop and Server Clients', type: 'device', aliases: [] },
  { id: 'SMS000US', name: 'All Unknown Computers', type: 'device', aliases: ['Unknown Computers'] },
  { id: 'SMS00002', name: 'All Users', type: 'user', aliases: [] },
  { id: 'SMS00004', name: 'All Users and User Groups', type: 'user', aliases: [] },
];

export const ALL_SYSTEMS = 'SMS00001';
export const ALL_CLIENTS = 'SMSDM003';
export const UNKNOWN_COMPUTERS = 'SMS000US';

/** One unknown computer per boot architecture: a target, never an identity. */
export const UNKNOWN_DEVICES: Readonly<Record<Architecture, string>> = {
  x86: 'x86 Unknown Computer',
  x64: 'x64 Unknown Computer',
  arm64: 'arm64 Unknown Computer',
};

export function builtInCollections(): SiteObject<'collection'>[] {
  return BUILT_IN_COLLECTIONS.map(({ id, name, type }) => {
    const value: Collection = { id, name, type };
    return { kind: 'collection', file: '', builtIn: true, name, id, value };
  });
}

export function builtInDevices(): SiteObject<'device'>[] {
  return Object.entries(UNKNOWN_DEVICES).map(([architecture, name]) => {
    const value: Device = { name, architecture: architecture as Architecture };
    return { kind: 'device', file: '', builtIn: true, name, id: undefined, value };
  });
}
