/** `pxe approve`: an unknown computer that waits may start (PXE-09: an approved device boots without a key press, once). */
import * as z from 'zod';
import { InputError } from '../../core/index.ts';
import { openSite, siteOption } from '../open-site.ts';
import { useCase } from '../use-case.ts';
import { networkBootCode } from './codes.ts';
import { namedComputer, subjectOfNamed, subjectsOfNamed } from './identity-named.ts';
import { withState } from './state-open.ts';

export interface ApprovedComputer {
  readonly computer: string;
  readonly approved: boolean;
  /** Approvals that were there and are not any more. */
  readonly revoked: number;
}

export const pxeApprove = useCase({
  name: 'pxe approve',
  summary: 'let an unknown computer that waits for approval start',
  effect: 'write',
  input: z.strictObject({
    /** MAC address or GUID. */
    computer: z.string().min(1),
    revoke: z.boolean().default(false),
    site: siteOption,
    who: z.string().min(1),
    /** UTC, ISO 8601. */
    now: z.iso.datetime(),
  }),
  async run({ computer, revoke, site: folder, who, now }, _services, context): Promise<ApprovedComputer> {
    const { site } = await openSite(folder, context);
    return withState(folder, true, async (state) => {
      const named = await namedComputer(site, state, computer);
      if (named.device && !revoke) {
        throw new InputError(
          networkBootCode.PXE_COMPUTER,
          `${named.shown} is a device of the site: it needs no approval`,
          {
            hint: 'osdkit pxe why says what it boots; osdkit pxe start lets an available deployment go.',
          },
        );
      }
      if (revoke) {
        const revoked = await state.disapprove(subjectsOfNamed(site, named));
        return { computer: named.shown, approved: false, revoked };
      }
      await state.approve({ ...subjectOfNamed(site, named), by: who, at: Date.parse(now) });
      return { computer: named.shown, approved: true, revoked: 0 };
    });
  },
});
