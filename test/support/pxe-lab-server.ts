/** The product's own command as the server of a lab, and what it says in its log. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LabHost } from './pxe-lab.ts';

const COMMAND = fileURLToPath(new URL('../../dist/src/bin/osdkit.js', import.meta.url));

/** A line of the log: `event` is a stable word, the rest fields of it. */
export interface LogLine {
  readonly event: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A running server. */
export interface LabServer {
  /** Lines of the log so far, oldest first. */
  log(): LogLine[];
  /** All that it wrote. */
  output(): string;
  /** Waits until a line of the log is as asked, and gives it. Throws with the log after `timeoutMs`. */
  told(is: (line: LogLine) => boolean, timeoutMs?: number): Promise<LogLine>;
  /** SIGTERM; waits for its end and gives the exit code. */
  end(): Promise<number | null>;
}

/** Runs `osdkit ...args --json` on a host until the lab closes. `npm test` builds it first. */
export async function startServer(host: LabHost, args: readonly string[]): Promise<LabServer> {
  if (!existsSync(COMMAND)) throw new Error(`${COMMAND} is not there: npm run build`);
  const child = await host.start([process.execPath, COMMAND, ...args, '--json'], /"event":"listening"/);
  const log = () =>
    child
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as LogLine);
  const told = async (is: (line: LogLine) => boolean, timeoutMs = 15_000) => {
    for (const end = performance.now() + timeoutMs; performance.now() < end; ) {
      const line = log().find(is);
      if (line !== undefined) return line;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the server did not say it within ${timeoutMs} ms:\n${child.output()}`);
  };
  return { log, told, output: () => child.output(), end: () => child.end('SIGTERM') };
}
