/** The computer that a person means: a device of the site by name, or any by MAC address or SMBIOS GUID. */
import { InputError } from '../../core/index.ts';
import { normalGuid, normalMac, type Site, type SiteObject } from '../../model/index.ts';
import { identify } from '../../site/index.ts';
import type { BootStateStore, BootSubject, BootSubjects, ClientRecord } from '../../store/index.ts';
import { appCode } from '../codes.ts';
import { findObject } from '../find-object.ts';
import { networkBootCode } from './codes.ts';
import { deviceSubject, type Hardware, telling, whoAsks } from './identity-subject.ts';

type DeviceObject = SiteObject<'device'>;

export interface NamedComputer {
  /** For messages. */
  readonly shown: string;
  /** The record of the site; null: it has none. */
  readonly device: DeviceObject | null;
  /** What it asks with: what was typed, completed from its record and from when it asked last. */
  readonly hardware: Hardware;
  /** When it asked last; null: never, or it was forgotten. */
  readonly seen: ClientRecord | null;
}

const MAC = /^([0-9A-Fa-f]{2}([:-]?[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{4}(\.[0-9A-Fa-f]{4}){2})$/;
const GUID = /^\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?$/;

/**
 * Throws InputError (`APP_OBJECT`) for what is neither name, MAC address nor GUID, `PXE_CONFLICT` for one that several devices have.
 * A name goes before an address of the same look.
 */
export async function namedComputer(site: Site, state: BootStateStore, text: string): Promise<NamedComputer> {
  const typed = text.trim();
  const byName = site.find('device', typed);
  if (byName?.value !== undefined && !byName.builtIn) return ofDevice(byName, state);
  const mac = MAC.test(typed) ? normalMac(typed).toLowerCase() : null;
  const guid = GUID.test(typed) ? normalGuid(typed).toLowerCase() : null;
  if (mac === null && guid === null) return ofDevice(findDevice(site, typed), state);
  const seen = await state.client(mac ?? guid ?? '');
  const hardware = { mac: mac ?? seen?.mac ?? null, guid: guid ?? seen?.guid ?? null };
  const { identity } = whoAsks(site, hardware, 'x64');
  if (identity.kind === 'known')
    return { shown: `${identity.device.name} (${typed})`, device: identity.device, hardware, seen };
  return { shown: typed, device: null, hardware, seen };
}

function findDevice(site: Site, text: string): DeviceObject {
  try {
    const found = findObject(site, text, ['device']);
    if (!found.builtIn) return found;
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== appCode.APP_OBJECT) throw error;
    const { hint } = error;
    const message = `${error.message}, and it is no MAC address and no GUID`;
    throw new InputError(error.code, message, hint === undefined ? {} : { hint });
  }
  throw new InputError(networkBootCode.PXE_COMPUTER, `${JSON.stringify(text)} stands for all unknown computers`, {
    hint: 'Give the MAC address or GUID of the one that is meant: osdkit pxe clients lists those that asked.',
  });
}

async function ofDevice(device: DeviceObject, state: BootStateStore): Promise<NamedComputer> {
  const { macAddresses = [], smbiosGuid } = device.value;
  const macs = macAddresses.map((each) => normalMac(each).toLowerCase());
  const guid = smbiosGuid === undefined ? null : normalGuid(smbiosGuid).toLowerCase();
  let seen = guid === null ? null : await state.client(guid);
  for (const mac of macs) seen ??= await state.client(mac);
  const mac = macs.find((each) => each === seen?.mac) ?? macs[0] ?? seen?.mac ?? null;
  return { shown: device.name, device, hardware: { mac, guid: guid ?? seen?.guid ?? null }, seen };
}

/** The subject that its state is kept under. Throws InputError (`PXE_COMPUTER`) where nothing tells it from others. */
export function subjectOfNamed(site: Site, { device, hardware, shown }: NamedComputer): BootSubject {
  const own = telling(site, hardware);
  if (device) return { subject: deviceSubject(device.name), ...own };
  const { identity, subject } = whoAsks(site, hardware, 'x64');
  if (subject !== null) return subject;
  const why =
    identity.kind === 'conflict'
      ? `several devices have it: ${identity.devices.map(({ name }) => name).join(', ')}`
      : 'it is on the list of duplicates, so it means no computer';
  throw new InputError(networkBootCode.PXE_COMPUTER, `${shown}: ${why}`, {
    hint: 'Give the name of the device, or its GUID.',
  });
}

/** All records that belong to these devices and addresses; those of the list of duplicates belong to nobody. */
export function subjectsOfDevices(site: Site, devices: readonly DeviceObject[]): BootSubjects {
  const identifiers = devices.map(({ value }) => ({
    macs: (value.macAddresses ?? []).map((mac) => normalMac(mac).toLowerCase()),
    guids: value.smbiosGuid === undefined ? [] : [normalGuid(value.smbiosGuid).toLowerCase()],
  }));
  const kept = (kind: 'mac' | 'guid', values: readonly string[]): string[] =>
    values.filter((value) => telling(site, { mac: null, guid: null, [kind]: value })[kind] !== null);
  return {
    subjects: devices.map(({ name }) => deviceSubject(name)),
    macs: kept(
      'mac',
      identifiers.flatMap(({ macs }) => macs),
    ),
    guids: kept(
      'guid',
      identifiers.flatMap(({ guids }) => guids),
    ),
  };
}

/** As `subjectsOfDevices`, of one computer. */
export function subjectsOfNamed(site: Site, named: NamedComputer): BootSubjects {
  const { subject, mac, guid } = subjectOfNamed(site, named);
  const { subjects, macs, guids } = subjectsOfDevices(site, named.device ? [named.device] : []);
  return {
    subjects: [...new Set([subject, ...subjects])],
    macs: [...new Set([...(mac === null ? [] : [mac]), ...macs])],
    guids: [...new Set([...(guid === null ? [] : [guid]), ...guids])],
  };
}

/** Whether the site has a record of it, by any identifier. */
export function isKnown(site: Site, hardware: Hardware): boolean {
  return (
    identify(site, {
      architecture: 'x64',
      ...(hardware.mac === null ? {} : { macAddresses: [hardware.mac] }),
      ...(hardware.guid === null ? {} : { smbiosGuid: hardware.guid }),
    }).kind !== 'unknown'
  );
}
