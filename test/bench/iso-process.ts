/**
 * `image create-iso` by its use case, with the time of writing apart from that of verification: what is written is synced when
 * verification begins. Bundled and run by the bench: `iso-process FOLDER OUTPUT writing|verification` prints JSON.
 */
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { argv } from 'node:process';
import { imageCreateIso } from '../../src/app/index.ts';
import { operationContext } from '../../src/core/index.ts';

const [, , folder = '', output = '', part] = argv;
const start = { wall: performance.now(), cpu: process.cpuUsage() };
const since = () => {
  const { user, system } = process.cpuUsage(start.cpu);
  return { wall: (performance.now() - start.wall) / 1000, cpu: (user + system) / 1e6 };
};
let written: ReturnType<typeof since> | undefined;

const context = operationContext({
  progress({ phase }) {
    if (phase !== 'verifying' || written) return;
    execFileSync('sync', ['-f', dirname(output)]);
    written = since();
  },
});
await imageCreateIso.run(imageCreateIso.input.parse({ folder, output }), { version: 'bench', workers: 1 }, context);
const all = since();
if (!written) throw new Error('verification never began');
const figures = part === 'writing' ? written : { wall: all.wall - written.wall, cpu: all.cpu - written.cpu };
console.log(JSON.stringify(figures));
