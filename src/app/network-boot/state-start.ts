/** `pxe start`: an available deployment goes without a prompt, for firmware that can show none (PXE-09). */
import * as z from 'zod';
import { InputError, silentLog } from '../../core/index.ts';
import { offersFor } from '../../policy/index.ts';
import { findObject } from '../find-object.ts';
import { openWholeSite, siteOption } from '../open-site.ts';
import { useCase } from '../use-case.ts';
import { networkBootCode } from './codes.ts';
import { namedComputer, subjectOfNamed } from './identity-named.ts';
import { parseDuration } from './serve-duration.ts';
import { withState } from './state-open.ts';

export interface StartedComputer {
  readonly computer: string;
  /** Null: the one that policy prefers when it asks. */
  readonly deployment: { readonly id: string; readonly name: string } | null;
  /** ISO 8601, UTC. */
  readonly expires: string;
}

export const pxeStart = useCase({
  name: 'pxe start',
  summary: 'let an available deployment start without a prompt at the next network boot',
  effect: 'write',
  input: z.strictObject({
    computer: z.string().min(1),
    deployment: z.string().min(1).optional(),
    /** `4h`, `30m`. */
    for: z.string().default('4h'),
    site: siteOption,
    /** Who lets it go. */
    who: z.string().min(1),
    /** UTC, ISO 8601. */
    now: z.iso.datetime(),
  }),
  async run(request, _services, context): Promise<StartedComputer> {
    const seconds = parseDuration(request.for);
    if (seconds === undefined) {
      throw new InputError(networkBootCode.PXE_DURATION, `${JSON.stringify(request.for)} is no duration`, {
        hint: 'Write it as 4h or 90m, at most 24 days.',
      });
    }
    const { site } = await openWholeSite(request.site, { ...context, log: silentLog });
    const wanted = request.deployment === undefined ? undefined : findObject(site, request.deployment, ['deployment']);
    const at = Date.parse(request.now);
    return withState(request.site, true, async (state) => {
      const named = await namedComputer(site, state, request.computer);
      const subject = subjectOfNamed(site, named);
      if (wanted) {
        const { delivered } = await state.read(subject, at);
        refuseUnoffered(
          named,
          wanted.value.id,
          delivered.map(({ deployment }) => deployment),
        );
      }
      const expires = at + seconds * 1000;
      await state.start({ ...subject, deployment: wanted?.value.id ?? null, by: request.who, at, expires });
      const deployment = wanted ? { id: wanted.value.id, name: wanted.name } : null;
      return { computer: named.shown, deployment, expires: new Date(expires).toISOString() };
    });

    /** Only of a device: which architecture an unknown computer has is known when it asks. */
    function refuseUnoffered(named: Awaited<ReturnType<typeof namedComputer>>, id: string, delivered: string[]): void {
      if (named.device === null) return;
      const { mac, guid } = named.hardware;
      const { deployments } = offersFor(site, {
        facts: { ...(mac === null ? {} : { macAddresses: [mac] }), ...(guid === null ? {} : { smbiosGuid: guid }) },
        medium: { kind: 'pxe', unknownComputers: true },
        time: { now: at, zoneOffset: 0 },
        offeredByPxe: delivered,
      });
      const judged = deployments.find((each) => each.id === id);
      if (judged?.offered === true) return;
      const why = judged?.reasons.find(({ holds }) => !holds)?.text ?? 'the site has no such deployment';
      throw new InputError(networkBootCode.PXE_NOT_OFFERED, `${id} is not offered to ${named.shown}: ${why}`);
    }
  },
});
