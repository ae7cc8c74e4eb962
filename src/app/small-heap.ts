/**
 * A heap that stays near what is in use, for work over very many small objects. V8 lets a small heap become four times what
 * lives in it before it looks for garbage, and keeps 32 MiB for what was just made: 100,000 files then take more for garbage than for
 * themselves. This is no limit: what lives may grow as it likes.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Of each half of the space for new objects. In a smaller one, what lives but for a moment ends among the old ones. */
const newSpace = 4 * 1024 * 1024;
const lookEvery = 10;

/**
 * Runs `work`; until it has ended, old objects may become twice what lived at the last collection, and the space for new ones grows
 * to 8 MiB and no more. Flags of the whole process, both read by V8 whenever it decides (as of Node 20 to 24).
 */
export async function inSmallHeap<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--heap-growing-percent=100');
  const timer = setInterval(holdNewSpace, lookEvery);
  holdNewSpace();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    setFlagsFromString('--heap-growing-percent=0');
    setFlagsFromString('--semi-space-growth-factor=2');
  }
}

/** Again and again: V8 puts the factor back whenever it makes the heap of a thread. */
function holdNewSpace(): void {
  const { space_size: size = 0 } = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space') ?? {};
  if (size >= 2 * newSpace) setFlagsFromString('--semi-space-growth-factor=1');
}
