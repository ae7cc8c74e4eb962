/** A server under measurement: a process whose processor time, that of its children and threads included, can be read. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmdirSync } from 'node:fs';

const root = '/sys/fs/cgroup';
/** Version 1 has a tree for processor time, version 2 one for all. */
const v1 = existsSync(`${root}/cpuacct/cpuacct.usage`);

export interface MeasuredServer {
  readonly pid: number;
  /** Seconds of processor time since the start. */
  cpu(): number;
  /** Largest resident set so far, MiB, of the first process. */
  peak(): number;
  /** What it has printed. */
  output(): string;
  stop(): Promise<void>;
}

let groups = 0;

/** Starts a command and waits until `ready` says so. Throws an Error with the output when it ends before. Needs root. */
export async function startServer(
  command: readonly string[],
  ready: (output: string) => boolean | Promise<boolean>,
): Promise<MeasuredServer> {
  const group = `${root}/${v1 ? 'cpuacct/' : ''}osdkit-bench-${process.pid}-${++groups}`;
  mkdirSync(group);
  const join = `echo $$ > ${group}/cgroup.procs; exec "$@"`;
  const child = spawn('sh', ['-c', join, 'sh', ...command], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let ended = false;
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const exit = once(child, 'exit').then(() => (ended = true));
  const cpu = (): number => {
    if (v1) return Number(readFileSync(`${group}/cpuacct.usage`, 'utf8')) / 1e9;
    return Number(/usage_usec (\d+)/.exec(readFileSync(`${group}/cpu.stat`, 'utf8'))?.[1] ?? 0) / 1e6;
  };
  const members = (): number[] =>
    readFileSync(`${group}/cgroup.procs`, 'utf8').trim().split('\n').filter(Boolean).map(Number);
  const stop = async (): Promise<void> => {
    child.stdin.end();
    child.kill();
    const late = setTimeout(() => child.kill('SIGKILL'), 3000);
    await exit;
    clearTimeout(late);
    for (const pid of members()) {
      try {
        process.kill(pid);
      } catch {
        // It has ended by itself.
      }
    }
    for (let tries = 0; tries < 50 && members().length > 0; tries++) await pause(20);
    try {
      rmdirSync(group);
    } catch {
      // A process that does not end holds it; it is empty otherwise and harms nobody.
    }
  };
  for (let tries = 0; !(await ready(output)); tries++) {
    if (ended || tries === 300) {
      await stop();
      throw new Error(`${command.join(' ')}: ${ended ? 'it ended' : 'it does not get ready'}: ${output.slice(-2000)}`);
    }
    await pause(50);
  }
  return {
    pid: child.pid ?? 0,
    cpu,
    peak: () => Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    output: () => output,
    stop,
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
