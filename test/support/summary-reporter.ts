/**
 * The end of a test run: every skipped test with its reason, then one plain line of counts.
 * With OSDKIT_REQUIRE_TOOLS=1 a skip for want of a tool fails the run, so that green never means "nothing ran".
 */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

interface Skip {
  readonly file: string;
  readonly reason: string;
  readonly tests: number;
}

/**
 * Files of others lie beside the project, never in it (`../shared`): where they are absent, a test that reads them is listed, and
 * does not fail the run. Its title names the folder.
 */
const BESIDE_THE_PROJECT = '../shared/';

/** Skipped tests of one file that have the same reason are one line: a file's tests usually lack the same tool. */
function groupSkips(modules: readonly TestModule[]): Skip[] {
  const counts = new Map<string, { file: string; reason: string; tests: number }>();
  for (const module of modules) {
    for (const test of module.children.allTests('skipped')) {
      const result = test.result();
      const reason = (result.state === 'skipped' ? result.note : undefined) ?? `${test.fullName}: no reason given`;
      const key = `${module.relativeModuleId}\n${reason}`;
      const known = counts.get(key) ?? { file: module.relativeModuleId, reason, tests: 0 };
      counts.set(key, { ...known, tests: known.tests + 1 });
    }
  }
  return [...counts.values()];
}

function count(modules: readonly TestModule[], state: 'passed' | 'failed' | 'skipped'): number {
  let total = 0;
  for (const module of modules) for (const _ of module.children.allTests(state)) total += 1;
  return total;
}

/** Files that broke before or beside their tests: no failed test stands for them. */
function brokenModules(modules: readonly TestModule[]): number {
  return modules.filter((module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0)
    .length;
}

/** Vitest reporter, named in test/config/vitest.config.ts. OSDKIT_TEST_SUMMARY=FILE also gets the closing line. */
export default class SummaryReporter implements Reporter {
  private filtered = false;

  onInit(vitest: Vitest): void {
    this.filtered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const skips = this.filtered ? [] : groupSkips(modules);
    for (const { file, reason, tests } of skips) console.log(`skipped: ${file} (${tests}) because ${reason}`);
    const failing = skips.filter(({ reason }) => !reason.includes(BESIDE_THE_PROJECT));
    if (failing.length > 0 && process.env['OSDKIT_REQUIRE_TOOLS'] === '1') {
      console.log('OSDKIT_REQUIRE_TOOLS=1: skipped tests fail this run; test/tools/install.sh installs the tools');
      process.exitCode = 1;
    }
    const failed = count(modules, 'failed') + brokenModules(modules) + unhandledErrors.length;
    const line = `${count(modules, 'passed')} passed, ${failed} failed, ${count(modules, 'skipped')} skipped`;
    console.log(line);
    const target = process.env['OSDKIT_TEST_SUMMARY'];
    if (target !== undefined) writeFileSync(target, `${line}\n`);
  }
}
