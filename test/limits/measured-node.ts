/** Runs a program of ours in a Node of its own with a small heap, and measures the most memory that it ever had. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, scratch } from '../support/tools.ts';

/** What the product promises for images of any size, MiB: heap given to V8, and resident memory of the whole process. */
export const heapLimit = 96;
export const memoryLimit = 150;

export interface Measured {
  readonly stdout: string;
  /** Peak resident set of the process with all its threads, MiB (`getrusage`). */
  readonly peak: number;
  readonly seconds: number;
}

// Runs in the measured process before anything else; at its end the system's own figure goes to a file.
const preload = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs';
  process.on('exit', () => writeFileSync(process.env.OSDKIT_TEST_PEAK, String(process.resourceUsage().maxRSS)));
`)}`;

/**
 * Runs `node script ...args` with so many MiB of heap, or as much as Node likes. Throws when it fails, as it does when
 * the heap is not enough.
 */
export async function measuredNode(
  script: string,
  args: readonly string[],
  folder: string,
  heap: number | 'free' = heapLimit,
): Promise<Measured> {
  const peakFile = join(scratch(), 'peak');
  const start = performance.now();
  const flags = [...(heap === 'free' ? [] : [`--max-old-space-size=${heap}`]), `--import=${preload}`];
  const { stdout } = await run(process.execPath, [...flags, script, ...args], {
    cwd: folder,
    env: { OSDKIT_TEST_PEAK: peakFile },
    timeout: 170_000,
  });
  const peak = Number(readFileSync(peakFile, 'utf8')) / 1024;
  return { stdout, peak, seconds: (performance.now() - start) / 1000 };
}
