/**
 * Loads the large site, and with a second argument again after a change of one file: `site-load.ts [sequence|collection|devices]`.
 * Prints seconds of what was timed as JSON; the bench takes the memory of the whole process.
 */
import { createSiteLoader } from '../../src/site/index.ts';
import { largeSite } from './site-data.ts';

/** Path, and what is replaced in its text. */
const changes: Readonly<Record<string, readonly [path: string, from: string, to: string]>> = {
  sequence: ['task-sequences/folder0/s0.yaml', 'Step 0', 'Step zero'],
  collection: ['collections/c5.yaml', 'PC100', 'PC777'],
  devices: ['devices.csv', 'S77,', 'S78,'],
};

const files = largeSite();
const loader = createSiteLoader();

function timed(load: readonly { readonly path: string; readonly text: string }[]): { wall: number; cpu: number } {
  const start = performance.now();
  const before = process.cpuUsage();
  const { problems } = loader.load(load);
  const { user, system } = process.cpuUsage(before);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) throw new Error(`the site has ${errors} errors`);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

const first = timed(files);
const change = changes[process.argv[2] ?? ''];
const changed = files.map(({ path, text }) => ({
  path,
  text: path === change?.[0] ? text.replace(change[1], change[2]) : text,
}));
process.stdout.write(`${JSON.stringify(change ? timed(changed) : first)}\n`);
