/** `pxe clear`: required deployments that were delivered are offered again (PXE-04). */
import * as z from 'zod';
import { InputError } from '../../core/index.ts';
import { membersOf } from '../../site/index.ts';
import type { BootDelivery } from '../../store/index.ts';
import { findObject } from '../find-object.ts';
import { openSite, siteOption } from '../open-site.ts';
import { useCase } from '../use-case.ts';
import { networkBootCode } from './codes.ts';
import { namedComputer, subjectsOfDevices, subjectsOfNamed } from './identity-named.ts';
import { withState } from './state-open.ts';

export interface ClearedState {
  /** Computer or collection. */
  readonly of: string;
  readonly delivered: readonly BootDelivery[];
  readonly tries: number;
  readonly starts: number;
}

export const pxeClear = useCase({
  name: 'pxe clear',
  summary: 'let required deployments that were delivered be offered again',
  effect: 'write',
  input: z.strictObject({
    /** Name, MAC address or GUID. */
    computer: z.string().min(1).optional(),
    collection: z.string().min(1).optional(),
    site: siteOption,
  }),
  async run({ computer, collection, site: folder }, _services, context): Promise<ClearedState> {
    if ((computer === undefined) === (collection === undefined)) {
      throw new InputError(networkBootCode.PXE_COMPUTER, 'give either a computer or --collection');
    }
    const { site } = await openSite(folder, context);
    return withState(folder, true, async (state) => {
      if (computer !== undefined) {
        const named = await namedComputer(site, state, computer);
        return { of: named.shown, ...(await state.clear(subjectsOfNamed(site, named))) };
      }
      const found = findObject(site, collection ?? '', ['collection']);
      const devices = [...membersOf(site, found).devices].filter(({ builtIn }) => !builtIn);
      if (devices.length === 0) {
        throw new InputError(networkBootCode.PXE_COMPUTER, `${found.name} has no device of the site in it`, {
          hint: 'Unknown computers are cleared one by one: osdkit pxe clear MAC.',
        });
      }
      const of = `${found.name} (${devices.length} ${devices.length === 1 ? 'device' : 'devices'})`;
      return { of, ...(await state.clear(subjectsOfDevices(site, devices))) };
    });
  },
});
