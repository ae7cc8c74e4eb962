/** Whose facts these are (SITE-07, UNK-04), and the collections that the device is in. The judgement is the one of `src/policy`. */
import { InputError } from '../core/index.ts';
import { normalGuid, normalMac, type Site, type SiteObject } from '../model/index.ts';
import { type Asker, askerOf, policyCode } from '../policy/index.ts';
import type { MachineFacts } from '../sequence/index.ts';
import { planCode } from './codes.ts';
import { found, type Found } from './findings.ts';

export interface Owner {
  /** The record, or the unknown computer that is the target; undefined: nobody's. */
  readonly device: SiteObject<'device'> | undefined;
  /** It has a record of its own. */
  readonly known: boolean;
  /** In words. */
  readonly identity: string;
  /** Of devices, in the order of the site. */
  readonly collections: readonly SiteObject<'collection'>[];
  readonly findings: readonly Found[];
}

/** All MAC addresses that the facts name, each once. */
export function macsOf({ macAddresses = [], networkAdapters = [] }: MachineFacts): string[] {
  return [...new Set([...macAddresses, ...networkAdapters.flatMap(({ mac }) => mac ?? [])].map(normalMac))];
}

/** By SMBIOS GUID, then MAC address; by name where the facts have neither. */
export function ownerOf(site: Site, facts: MachineFacts): Owner {
  const named = deviceByName(site, facts);
  const asker = askerFor(site, named ? withIdentifiers(facts, named) : facts);
  if (!asker) {
    const message = 'the facts do not say the architecture, and that decides what an unknown computer is offered';
    const findings = [found('warning', planCode.PLAN_IDENTITY, message)];
    return {
      device: undefined,
      known: false,
      identity: 'unknown computer of unknown architecture',
      collections: [],
      findings,
    };
  }
  const collections = [...asker.collections].filter(({ value }) => value.type === 'device');
  const findings: Found[] = [...asker.undecided].map(({ name }) =>
    found(
      'warning',
      planCode.PLAN_MEMBERSHIP,
      `whether the device is in the collection ${JSON.stringify(name)} is not known`,
    ),
  );
  const { identity, device } = asker;
  if (identity.kind === 'conflict') {
    const names = identity.devices.map((each) => JSON.stringify(each.name)).join(' and ');
    const message = `the devices ${names} of the site both match: nothing is offered to this computer (SITE-07)`;
    findings.push(found('error', planCode.PLAN_IDENTITY, message));
    return { device, known: false, identity: `conflict of ${names}`, collections, findings };
  }
  if (identity.kind === 'unknown') {
    return { device, known: false, identity: `unknown computer, as "${identity.target.name}"`, collections, findings };
  }
  const by = named ? 'its name alone' : identity.by === 'smbiosGuid' ? 'SMBIOS GUID' : 'MAC address';
  return { device, known: true, identity: `device "${identity.device.name}", by ${by}`, collections, findings };
}

/** Undefined: nobody can say which unknown computer it is. */
function askerFor(site: Site, facts: MachineFacts): Asker | undefined {
  try {
    return askerOf(site, facts, { kind: 'client' });
  } catch (error) {
    if (error instanceof InputError && error.code === policyCode.POLICY_FACTS) return undefined;
    throw error;
  }
}

function deviceByName(site: Site, facts: MachineFacts): SiteObject<'device'> | undefined {
  if (facts.name === undefined || facts.smbiosGuid !== undefined || macsOf(facts).length > 0) return undefined;
  const device = site.find('device', facts.name);
  return device?.builtIn === true ? undefined : device;
}

/** Described by hand, facts may have nothing but the name of a record. */
function withIdentifiers(facts: MachineFacts, { value }: SiteObject<'device'>): MachineFacts {
  const { macAddresses, smbiosGuid } = value;
  return {
    ...facts,
    ...(macAddresses === undefined ? {} : { macAddresses: [...macAddresses] }),
    ...(smbiosGuid === undefined ? {} : { smbiosGuid: normalGuid(smbiosGuid) }),
  };
}
