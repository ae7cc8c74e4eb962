/** Which device of the site a boot client is, and under which key its state is kept (SITE-07, UNK-04, UNK-05). */
import type { BootClient } from '../../../pxe/boot/index.ts';
import type { Architecture, Site } from '../../model/index.ts';
import { guidTells, identify, type Identity, macTells } from '../../site/index.ts';
import type { BootSubject } from '../../store/index.ts';

export interface WhoAsks {
  readonly identity: Identity;
  /** Null: an unknown computer that nothing tells from others, or a conflict. */
  readonly subject: BootSubject | null;
}

export type Hardware = Pick<BootClient, 'mac' | 'guid'>;

/** The identity of a client; `architecture` is that of the unknown computer where the site has no record. */
export function whoAsks(site: Site, { mac, guid }: Hardware, architecture: Architecture): WhoAsks {
  const identity = identify(site, {
    architecture,
    ...(mac === null ? {} : { macAddresses: [mac] }),
    ...(guid === null ? {} : { smbiosGuid: guid }),
  });
  return { identity, subject: subjectOf(site, identity, { mac, guid }) };
}

function subjectOf(site: Site, identity: Identity, hardware: Hardware): BootSubject | null {
  if (identity.kind === 'conflict') return null;
  const own = telling(site, hardware);
  if (identity.kind === 'known') return { subject: deviceSubject(identity.device.name), ...own };
  const subject = own.guid === null ? own.mac && `mac/${own.mac}` : `guid/${own.guid}`;
  return subject === null ? null : { subject, ...own };
}

export function deviceSubject(name: string): string {
  return `device/${name.trim().toLowerCase()}`;
}

/** The identifiers that tell computers apart: not those of docks, not the GUIDs that boards have from the factory. */
export function telling(site: Site, { mac, guid }: Hardware): Hardware {
  return {
    mac: mac !== null && macTells(site, mac) ? mac : null,
    guid: guid !== null && guidTells(site, guid) ? guid : null,
  };
}
