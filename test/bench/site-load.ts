/** Loads the large site and again after a change of one file: milliseconds and megabytes as JSON. `tsx test/bench/site-load.ts`. */
import { createSiteLoader } from '../../src/site/index.ts';
import { largeSite, siteScale } from './site-data.ts';

const files = largeSite();
const loader = createSiteLoader();
const time = (run: () => number) => {
  const start = performance.now();
  const before = process.cpuUsage();
  const problems = run();
  const { user, system } = process.cpuUsage(before);
  return {
    milliseconds: Math.round(performance.now() - start),
    processor: Math.round((user + system) / 1000),
    problems,
  };
};

const first = time(() => loader.load(files).problems.filter(({ severity }) => severity === 'error').length);
const changed = (path: string, from: string, to: string) =>
  files.map((file) => (file.path === path ? { path, text: file.text.replace(from, to) } : file));
const again = time(() => loader.load(changed('task-sequences/folder0/s0.yaml', 'Step 0', 'Step zero')).problems.length);
const third = time(() => loader.load(changed('collections/c5.yaml', 'PC100', 'PC777')).problems.length);
const devices = time(() => loader.load(changed('devices.csv', 'S77,', 'S78,')).problems.length);
process.stdout.write(
  `${JSON.stringify({ scale: siteScale, first, afterSequence: again, afterCollection: third, afterDevices: devices, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`,
);
