/** Who asks: identity (SITE-07, UNK-04), and the collections that the computer is in, by record and facts. */
import { InputError } from '../core/index.ts';
import type { Site } from '../model/index.ts';
import type { MachineFacts } from '../sequence/index.ts';
import { identify, type Identity, membershipsOf, membersOf } from '../site/index.ts';
import { policyCode } from './codes.ts';
import type { CollectionObject, DeviceObject } from './site-objects.ts';
import type { PolicyMedium } from './types.ts';

export interface Asker {
  readonly identity: Identity;
  /** The record, or the unknown computer that is the target; undefined: a conflict, nobody's. */
  readonly device: DeviceObject | undefined;
  readonly collections: ReadonlySet<CollectionObject>;
  /** Whose rules could not be decided for lack of facts: the computer is in none of them. */
  readonly undecided: ReadonlySet<CollectionObject>;
}

/**
 * The asker with these facts. Throws InputError (`POLICY_FACTS`) for a computer that the site does not know and whose architecture
 * the facts do not say.
 */
export function askerOf(site: Site, facts: MachineFacts, medium: PolicyMedium): Asker {
  const identity = identityOf(site, facts);
  const device =
    identity.kind === 'known' ? identity.device : identity.kind === 'unknown' ? identity.target : undefined;
  if (!device) return { identity, device, collections: new Set(), undecided: new Set() };
  // What Windows PE calls itself says nothing about a computer with a record.
  const found = membershipsOf(site, device, { ...facts, name: device.name });
  const collections = new Set<CollectionObject>();
  const undecided = new Set<CollectionObject>();
  for (const collection of site.all('collection')) {
    const ofUser = collection.value.type === 'user';
    if (ofUser ? isUserIn(site, collection, medium) : found.collections.has(collection)) collections.add(collection);
    else if (!ofUser && found.undecided.has(collection)) undecided.add(collection);
  }
  return { identity, device, collections, undecided };
}

function identityOf(site: Site, facts: MachineFacts): Identity {
  const adapters = (facts.networkAdapters ?? []).flatMap(({ mac }) => (mac === undefined ? [] : [mac]));
  const macAddresses = [...(facts.macAddresses ?? []), ...adapters];
  const identity = identify(site, {
    macAddresses,
    architecture: facts.architecture ?? 'x64',
    ...(facts.smbiosGuid === undefined ? {} : { smbiosGuid: facts.smbiosGuid }),
  });
  if (identity.kind !== 'unknown' || facts.architecture !== undefined) return identity;
  throw new InputError(
    policyCode.POLICY_FACTS,
    'the site does not know this computer, and its facts do not say its architecture',
    { hint: 'Give `architecture` (x64, x86, arm64): it decides which unknown computer it is.' },
  );
}

/** Every user is in the built-in collections of users. */
function isUserIn(site: Site, collection: CollectionObject, medium: PolicyMedium): boolean {
  if (medium.kind !== 'client' || medium.user === undefined) return false;
  return collection.builtIn || membersOf(site, collection).users.has(medium.user.toLowerCase());
}
