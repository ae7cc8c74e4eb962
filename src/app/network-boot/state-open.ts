/** The state of a site: `state/osdkit.db` in its folder, not in git. */
import { join } from 'node:path';
import { fileSizes } from '../../../images/bytes/index.ts';
import { type BootStateStore, memoryBootState, openBootState } from '../../store/index.ts';

const NAME = 'osdkit.db';

export function statePlace(site: string): string {
  return join(site, 'state', NAME);
}

/** Runs `work` with the state of a site, and closes it. `make`: where there is none it is made; else work finds an empty one. */
export async function withState<T>(
  site: string,
  make: boolean,
  work: (state: BootStateStore) => Promise<T>,
): Promise<T> {
  const there = make || ((await fileSizes(join(site, 'state')))?.has(NAME) ?? false);
  const state = there ? await openBootState(statePlace(site)) : memoryBootState();
  try {
    return await work(state);
  } finally {
    await state.close();
  }
}
