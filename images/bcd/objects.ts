/** Objects that every Windows knows: their ids, bcdedit's names for them, and what an object's type says. */

/** Ids of well-known objects by bcdedit's alias (Microsoft's BCD reference; found on media: boot-chain.md 1). */
export const wellKnownObject = {
  bootmgr: '{9dea862c-5cdd-4e70-acc1-f32b344d4795}',
  fwbootmgr: '{a5a30fa2-3d06-4e9f-b5f4-a01df9d1fcba}',
  memdiag: '{b2721d73-1db4-4c62-bf78-c548a880142d}',
  ntldr: '{466f5a88-0af2-4f76-9038-095b170dc21c}',
  current: '{fa926493-6f1c-4193-a414-58f0b2456d1e}',
  badmemory: '{5189b25c-5558-4bf2-bca4-289b11bd29e2}',
  dbgsettings: '{4636856e-540f-4170-a130-a84776f4c654}',
  emssettings: '{0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9}',
  globalsettings: '{7ea2e1ac-2e61-4728-aaa3-896d9d0a9f0e}',
  bootloadersettings: '{6efb52bf-1766-41db-a6b3-0ee5eff72bd7}',
  resumeloadersettings: '{1afa9c49-16ab-4a5c-901b-212802da9460}',
  hypervisorsettings: '{7ff607e0-4395-11db-b0de-0800200c9a66}',
  ramdiskoptions: '{ae5534e0-a924-466c-b836-758539a3ee3a}',
} as const;

/** Objects of Microsoft's installation media that have no alias; our stores use the same ids. */
export const mediaObject = {
  loader: '{7619dcc9-fafe-11d9-b411-000476eba25f}',
  ramdiskOptions: '{7619dcc8-fafe-11d9-b411-000476eba25f}',
} as const;

/** Types of the objects that we write. */
export const objectType = {
  bootManager: 0x10100002,
  osLoader: 0x10200003,
  deviceOptions: 0x30000000,
} as const;

const aliases = new Map<string, string>(Object.entries(wellKnownObject).map(([alias, id]) => [id, `{${alias}}`]));

/** `{bootmgr}` for a well-known id, else the id. */
export function objectAlias(id: string): string {
  return aliases.get(id) ?? id;
}

/** The program that an application object, or an object to be inherited by applications, is for: the low 20 bits. */
export type ApplicationKind =
  | 'fwbootmgr'
  | 'bootmgr'
  | 'osloader'
  | 'resume'
  | 'memdiag'
  | 'ntldr'
  | 'bootsector'
  | 'startup';

const applications: Readonly<Record<number, ApplicationKind>> = {
  1: 'fwbootmgr',
  2: 'bootmgr',
  3: 'osloader',
  4: 'resume',
  5: 'memdiag',
  6: 'ntldr',
  8: 'bootsector',
  9: 'startup',
};

/** 1 application, 2 to be inherited, 3 device options: the upper four bits of the type. */
function objectClass(type: number): number {
  return type >>> 28;
}

/** Which program an object is for; undefined for device options and settings that all programs inherit. */
export function applicationKind(type: number): ApplicationKind | undefined {
  return objectClass(type) === 3 ? undefined : applications[type & 0xfffff];
}

const titles: Readonly<Record<ApplicationKind, string>> = {
  fwbootmgr: 'Firmware Boot Manager',
  bootmgr: 'Windows Boot Manager',
  osloader: 'Windows Boot Loader',
  resume: 'Resume from Hibernate',
  memdiag: 'Windows Memory Tester',
  ntldr: 'Windows Legacy OS Loader',
  bootsector: 'Real-mode Boot Sector',
  startup: 'Startup Application',
};

const settingsTitles: Readonly<Record<string, string>> = {
  [wellKnownObject.badmemory]: 'RAM Defects',
  [wellKnownObject.dbgsettings]: 'Debugger Settings',
  [wellKnownObject.emssettings]: 'EMS Settings',
  [wellKnownObject.globalsettings]: 'Global Settings',
  [wellKnownObject.bootloadersettings]: 'Boot Loader Settings',
  [wellKnownObject.resumeloadersettings]: 'Resume Loader Settings',
  [wellKnownObject.hypervisorsettings]: 'Hypervisor Settings',
};

/** The heading that bcdedit prints above an object. */
export function objectTitle(id: string, type: number): string {
  const kind = applicationKind(type);
  if (objectClass(type) === 1 && kind !== undefined) return titles[kind];
  if (objectClass(type) === 2) return settingsTitles[id] ?? 'Inherited Settings';
  if (objectClass(type) === 3) return 'Device options';
  return `Object of type 0x${type.toString(16)}`;
}
