/** `pxe clients`: computers that asked, the newest first, with what they were told. */
import * as z from 'zod';
import { openSite, siteOption } from '../open-site.ts';
import { useCase } from '../use-case.ts';
import { isKnown } from './identity-named.ts';
import { withState } from './state-open.ts';

export interface ListedClient {
  readonly mac: string | null;
  readonly guid: string | null;
  readonly architecture: string;
  readonly firmware: string;
  readonly identity: string;
  /** IP address that it loaded files from last. */
  readonly address: string | null;
  readonly code: string;
  readonly text: string;
  readonly deployment: string | null;
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** When the boot image was delivered last; null: not since the newest offer. */
  readonly delivered: string | null;
}

/** As many as are looked through; the state holds at most 20,000. */
const ALL = 20_000;
const time = (at: number): string => new Date(at).toISOString();

export const pxeClients = useCase({
  name: 'pxe clients',
  summary: 'list the computers that asked to boot from the network, and what they were told',
  effect: 'read',
  input: z.strictObject({
    site: siteOption,
    /** Those that wait for `pxe approve`. */
    waiting: z.boolean().default(false),
    /** Those that the site has no record of. */
    unknown: z.boolean().default(false),
    most: z.int().min(1).max(ALL).default(100),
  }),
  async run({ site: folder, waiting, unknown, most }, _services, context): Promise<readonly ListedClient[]> {
    const { site } = await openSite(folder, context);
    return withState(folder, false, async (state) => {
      const approvals = waiting ? await state.approvals() : [];
      const clients = await state.clients(waiting || unknown ? ALL : most);
      return clients
        .filter((client) => !(waiting || unknown) || !isKnown(site, client))
        .filter(
          (client) => !waiting || (client.code === 'waitingApproval' && !approvals.some((each) => isOf(each, client))),
        )
        .slice(0, most)
        .map(
          ({
            mac,
            guid,
            architecture,
            firmware,
            identity,
            code,
            text,
            deployment,
            at,
            firstSeen,
            delivered,
            address,
          }) => ({
            mac,
            guid,
            architecture,
            firmware,
            identity,
            address,
            code,
            text,
            deployment,
            firstSeen: time(firstSeen),
            lastSeen: time(at),
            delivered: delivered === null ? null : time(delivered),
          }),
        );
    });
  },
});

interface Identifiers {
  readonly mac: string | null;
  readonly guid: string | null;
}

function isOf(approval: Identifiers, client: Identifiers): boolean {
  if (approval.guid !== null && client.guid !== null) return approval.guid === client.guid;
  return approval.mac !== null && approval.mac === client.mac;
}
