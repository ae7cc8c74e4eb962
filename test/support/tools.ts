/**
 * What a test that judges by foreign tools needs: ask for tools, run them, a scratch folder, a hash.
 * Without a tool a test is skipped visibly (the reporter lists it at the end); with OSDKIT_REQUIRE_TOOLS=1 it fails.
 */
import { beforeEach, describe, type TestContext, test } from 'vitest';
import { TOOLS } from './tool-table.ts';

export { type RunOptions, type RunResult, run } from './run.ts';
export { scratch } from './scratch.ts';
export { sha256File } from './sha256-file.ts';

/** Set in CI: a missing tool is a failure, so that green never means "nothing ran". */
export const TOOLS_REQUIRED = process.env['OSDKIT_REQUIRE_TOOLS'] === '1';

/** What `requireTool` found. */
export interface FoundTools {
  /** False when a tool is missing: the tests skip or fail by themselves; guard `beforeAll` work with it. */
  readonly available: boolean;
  /** One line that names each missing tool, its package and what it proves; empty when all are there. */
  readonly reason: string;
  /** Path of a tool asked for. */
  path(name: string): string;
}

/** Looks for tools without touching the test run. Throws for a name that tool-table.ts does not know. */
export function findTools(names: readonly string[]): FoundTools {
  const paths = new Map<string, string>();
  const lines: string[] = [];
  for (const name of names) {
    const record = TOOLS.get(name);
    if (record === undefined) throw new Error(`test/support/tool-table.ts has no tool '${name}': add it there`);
    const path = record.find();
    if (path === undefined) lines.push(`${name} (${record.source}) is not installed; not proven: ${record.proves}`);
    else paths.set(name, path);
  }
  const reason = lines.join('; ');
  return {
    available: lines.length === 0,
    reason,
    path(name) {
      const path = paths.get(name);
      if (path === undefined) throw new Error(reason || `'${name}' was not asked for`);
      return path;
    },
  };
}

function skipOrFail(context: TestContext, reason: string): void {
  if (TOOLS_REQUIRED) throw new Error(`OSDKIT_REQUIRE_TOOLS=1: ${reason}`);
  context.skip(reason);
}

/**
 * At the top of a file or `describe`: every test of it needs these tools.
 * `beforeAll` hooks still run without them: return early on `!tools.available`, or use `describeWithTools`.
 */
export function requireTool(...names: string[]): FoundTools {
  const tools = findTools(names);
  if (!tools.available) beforeEach((context) => skipOrFail(context, tools.reason));
  return tools;
}

/** `describe` whose body is registered only when the tools are there; else one test in its place tells why not. */
export function describeWithTools(names: readonly string[], title: string, body: (tools: FoundTools) => void): void {
  const tools = findTools(names);
  describe(title, () => {
    if (tools.available) body(tools);
    else test(`has ${names.join(', ')}`, (context) => skipOrFail(context, tools.reason));
  });
}
