/**
 * The process under judgement: walks the seeds, says what memory it has, waits for the word to go (the limit of memory is
 * laid on it meanwhile), then takes one mutation after the other. Whatever kills it, the file of progress says where.
 */
import { openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { openMutants } from './mutant.ts';
import type { Parser } from './parser.ts';
import { parsers } from './parsers/index.ts';
import { probes } from './parsers/probes.ts';
import type { Job, Report } from './report.ts';
import { judge } from './verdict.ts';

const job = JSON.parse(process.argv[2] ?? '') as Job;
const parser = [...parsers, ...probes].find(({ name }) => name === job.parser) as Parser;
const tell = (report: Report): void => void writeSync(1, `${JSON.stringify(report)}\n`);
const mutants = openMutants(parser, job.seeds);

/** Kibibytes of private writable memory, what RLIMIT_DATA counts. */
const dataSize = (): number => Number(/VmData:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);

async function work(): Promise<void> {
  const progress = openSync(job.progress, 'w');
  const codes: Record<string, number> = {};
  let valid = 0;
  let slowest = 0;
  for (let number = job.from; number < job.to; number++) {
    writeSync(progress, String(number).padEnd(16), 0);
    const start = process.cpuUsage();
    const mutant = mutants.mutant(number);
    const verdict = await judge(parser, mutant.bytes, mutant.facts);
    mutant.done();
    const { user, system } = process.cpuUsage(start);
    slowest = Math.max(slowest, Math.round((user + system) / 1000));
    if (verdict.kind === 'finding') tell({ kind: 'finding', parser: parser.name, number, what: verdict.what });
    else if (verdict.kind === 'valid') valid++;
    else codes[verdict.code] = (codes[verdict.code] ?? 0) + 1;
  }
  tell({ kind: 'done', next: job.to, valid, codes, slowest });
}

if (job.write !== undefined) {
  writeFileSync(job.write, mutants.mutant(job.from).bytes);
} else {
  for (const { name, bytes, facts } of mutants.seeds) {
    const verdict = await judge(parser, bytes, facts);
    if (verdict.kind !== 'valid') throw new Error(`seed ${name} of ${parser.name}: ${JSON.stringify(verdict)}`);
  }
  tell({ kind: 'ready', data: dataSize() });
  process.stdin.once('data', () => {
    process.stdin.pause();
    void work();
  });
}
