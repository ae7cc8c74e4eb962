/**
 * `npm run bench:network [-- PART...]`: our servers beside others, as root. Each part's figures go to results/, the table made
 * of the newest into README.md.
 *
 *     npm run bench:network                     all parts
 *     npm run bench:network -- tftp             one part; some 6 minutes
 *     npm run bench:network -- tftp --smoke     short runs that only show that all works; nothing is kept
 *     npm run bench:network -- tftp --row tftp-window-4     rows whose names begin so; nothing is kept
 */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, versionsOf } from '../../fuzz/machine.ts';
import { parts } from './parts.ts';
import { intoReadme, type PartResult, tableOf } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { smoke: { type: 'boolean', default: false }, row: { type: 'string', multiple: true } },
});
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const wanted = (id: string): boolean => values.row?.some((start) => id.startsWith(start)) ?? true;
const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** One bench at a time on a machine: two would measure each other. Whoever holds this port measures. */
async function turn(): Promise<() => void> {
  for (let told = false; ; told = true) {
    const server = createServer();
    server.listen(47_069, '127.0.0.1');
    const [problem] = (await Promise.race([once(server, 'listening'), once(server, 'error')]).catch(
      (error: unknown) => [error],
    )) as unknown[];
    if (problem === undefined) return () => void server.close();
    if (!told) log('another bench runs: waiting for it');
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

const done = await turn();
for (const part of positionals.length === 0 ? Object.keys(parts) : positionals) {
  const entry = parts[part];
  if (entry === undefined) throw new Error(`no part ${part}: ${Object.keys(parts).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), `osdkit-bench-${part}-`));
  try {
    const facts = machine();
    const [load = 0] = loadavg();
    const tools = await versionsOf(entry.tools);
    const { rows } = await entry.load();
    const measured = await rows({ smoke: values.smoke, folder, wanted, log });
    const date = new Date().toISOString().slice(0, 16);
    const result: PartResult = { part, date, machine: facts, load, tools, rows: measured };
    console.log(tableOf(result));
    if (values.smoke || values.row !== undefined) continue;
    mkdirSync(here('results'), { recursive: true });
    const name = `${part}-${date.replaceAll(':', '')}-${facts.commit.replace('+', '')}.json`;
    writeFileSync(here(`results/${name}`), `${JSON.stringify(result, null, 1)}\n`);
    const readme = here('README.md');
    writeFileSync(readme, intoReadme(readFileSync(readme, 'utf8'), result));
    log(`kept as test/bench/network/results/${name}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
done();
