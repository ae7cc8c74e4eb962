/** `osdkit serve` in a process of its own on loopback and free ports: its events, its ends, its answers to curl. */
import { type ChildProcess, spawn } from 'node:child_process';
import { WITH_PARENT } from '../support/child.ts';
import { commandFile } from './command.ts';

export interface ServeLine {
  readonly event: string;
  readonly message: string;
  readonly level: string;
  readonly boot: string | null;
  readonly [field: string]: unknown;
}

export interface Serving {
  readonly ports: { readonly dhcp: number; readonly bootServer: number; readonly tftp: number; readonly http: number };
  /** Of the boot image that is served first: 8 digits in its paths. */
  readonly version: string;
  readonly lines: () => readonly ServeLine[];
  /** Waits for a line, of those that come and those that came after the first `from`. */
  told(is: (line: ServeLine) => boolean, from?: number, timeout?: number): Promise<ServeLine>;
  send(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void;
  /** Exit code and the last line of standard output, which is the result. */
  ended(): Promise<{ readonly code: number | null; readonly result: Readonly<Record<string, unknown>> }>;
  output(): string;
  readonly child: ChildProcess;
}

export const onLoopback: readonly string[] = [
  '--address=127.0.0.1',
  '--dhcp-port=0',
  '--boot-server-port=0',
  '--tftp-port=0',
  '--http-port=0',
  '--link-speed=off',
  '--cache=32',
];

/** Where its ports are, for `pxe doctor`. */
export function portWords({ dhcp, bootServer, tftp }: Serving['ports']): string[] {
  return ['--dhcp-port', String(dhcp), '--boot-server-port', String(bootServer), '--tftp-port', String(tftp)];
}

/** The command that simulates a client of it which waits so many times what firmware waits. */
export function simulation(ports: Serving['ports'], kind: string, patience: number): string[] {
  const client = ['--simulate', kind, '--patience', String(patience)];
  return ['pxe', 'doctor', ...client, '--server', '127.0.0.1', ...portWords(ports)];
}

const running = new Set<ChildProcess>();

/** For `afterEach`: nothing outlives its test. */
export function stopServing(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts it with `--json` and waits until it listens. `program`: what stands before the words of the command. */
export async function startServing(
  args: readonly string[],
  program: readonly string[] = [process.execPath, commandFile],
): Promise<Serving> {
  const words = [...WITH_PARENT, ...program, ...args, '--json'];
  const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const closed = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  const whole = (): string[] => out.split('\n').slice(0, -1);
  const lines = (): ServeLine[] =>
    whole()
      .map((line) => JSON.parse(line) as ServeLine)
      .filter(({ event }) => event !== undefined);
  const told: Serving['told'] = async (is, from = 0, timeout = 15_000) => {
    for (const end = performance.now() + timeout; performance.now() < end; ) {
      const line = lines().slice(from).find(is);
      if (line !== undefined) return line;
      if (child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`it did not say so:\n${out}\n${errors}`);
  };
  const listening = await told(({ event }) => event === 'listening', 0, 30_000);
  const image = lines().find(({ event, version }) => event === 'image' && typeof version === 'string');
  const port = (name: string): number => Number(listening[name]);
  return {
    ports: { dhcp: port('dhcp'), bootServer: port('bootServer'), tftp: port('tftp'), http: port('http') },
    version: String(image?.['version']),
    lines,
    told,
    send: (signal) => void child.kill(signal),
    async ended() {
      const code = await closed;
      const last = whole().at(-1) ?? '{}';
      return { code, result: JSON.parse(last) as Readonly<Record<string, unknown>> };
    },
    output: () => out + errors,
    child,
  };
}
