/** Boots a virtual machine until it says what the test waits for, and leaves no process behind. */
import { spawn } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WITH_PARENT } from './child.ts';
import { type Firmware, type Medium, qemuCommand, type TapCard } from './qemu-arguments.ts';
import { sampleLines, serialLines } from './serial-text.ts';
import { FIRMWARE } from './tool-table.ts';

export { type Firmware, type Medium, type TapCard, VM_TOOLS } from './qemu-arguments.ts';

/** One boot. */
export interface VmOptions {
  readonly firmware: Firmware;
  readonly medium?: Medium;
  /** Which of card and medium the firmware tries first; default `medium`. */
  readonly first?: 'card' | 'medium';
  /** Tested against the serial output without terminal codes, lines joined by LF; the VM is killed when it matches. */
  readonly until: RegExp;
  /** Default 120,000. */
  readonly timeoutMs?: number;
  /** Default 512. */
  readonly memoryMiB?: number;
  /** More qemu arguments. */
  readonly extra?: readonly string[];
}

/** What a boot gave. */
export interface VmResult {
  /** The serial stream as it came. */
  readonly output: string;
  /** Only the lines that begin with `osdkit-sample:`, without terminal codes. */
  readonly lines: string[];
  /** Seconds from start to match or power-off. */
  readonly seconds: number;
  /** `exit`: the VM powered off before `until` matched. */
  readonly ended: 'until' | 'exit';
}

/** Serial output kept in an error's text. */
const TAIL_LINES = 25;

/** Characters at the end of the stream in which `until` is looked for each time. */
const WINDOW = 16_384;

/**
 * Milliseconds after which an AAVMF that has only said its name is started anew, once: within hundreds of starts without KVM one
 * stood still there, before it had looked at any device. As a rule it is past it in 3 seconds.
 */
const STANDS_STILL_MS = 40_000;

function freshVars(firmware: Firmware, folder: string): string {
  const path = join(folder, 'vars.fd');
  if (firmware === 'ovmf') copyFileSync(FIRMWARE.ovmfVars, path);
  if (firmware === 'ovmf-secure') copyFileSync(FIRMWARE.ovmfSecureVars, path);
  if (firmware === 'aavmf') copyFileSync(FIRMWARE.aavmfVars, path);
  return path;
}

/** How often the serial port's file is looked at. */
const LOOK_MS = 50;

/** What was written to a file since the last call; a file that is not there yet is empty. */
function follow(path: string): () => string {
  let at = 0;
  return () => {
    if (!existsSync(path)) return '';
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(fstatSync(file).size - at);
      at += readSync(file, bytes, 0, bytes.length, at);
      return bytes.toString('latin1');
    } finally {
      closeSync(file);
    }
  };
}

interface Watched {
  readonly command: readonly string[];
  readonly serialPath: string;
  readonly until: RegExp;
  readonly timeoutMs: number;
  /** Whether the firmware may stand still at its first line: then null comes. */
  readonly mayStandStill: boolean;
}

function watch({ command, serialPath, until, timeoutMs, mayStandStill }: Watched): Promise<VmResult | null> {
  const [program = '', ...args] = command;
  const more = follow(serialPath);
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    let errors = '';
    let why: 'until' | 'timeout' | 'exit' | 'still' = 'exit';
    const stop = (reason: 'until' | 'timeout' | 'still') => {
      why = reason;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    const still = setTimeout(() => {
      if (mayStandStill && serialLines(output).length <= 1) stop('still');
    }, STANDS_STILL_MS);
    const looking = setInterval(() => {
      const text = more();
      output += text;
      if (text === '' || why !== 'exit') return;
      if (until.test(serialLines(output.slice(-WINDOW)).join('\n'))) stop('until');
    }, LOOK_MS);
    const ended = () => {
      clearTimeout(timer);
      clearTimeout(still);
      clearInterval(looking);
      output += more();
    };
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', (error) => {
      ended();
      reject(new Error(`${program} cannot start: ${error.message}`));
    });
    child.on('close', (code) => {
      ended();
      const seconds = Math.round(performance.now() - started) / 1000;
      const tail = serialLines(output).slice(-TAIL_LINES).join('\n');
      // isa-debug-exit ends qemu with an odd code: only text on stderr without any serial output is a failed start.
      if (why === 'exit' && output === '' && code !== 0) reject(new Error(`qemu ended with ${code}: ${errors}`));
      else if (why === 'timeout') {
        reject(new Error(`VM did not print ${String(until)} within ${timeoutMs} ms; it printed:\n${tail}\n${errors}`));
      } else if (why === 'still') resolve(null);
      else resolve({ output, lines: sampleLines(output), seconds, ended: why });
    });
  });
}

async function boot(options: VmOptions, card: TapCard | undefined, prefix: readonly string[]): Promise<VmResult> {
  const result = await bootOnce(options, card, prefix, options.firmware === 'aavmf');
  if (result !== null) return result;
  process.stderr.write('AAVMF stood still at its first line: the virtual machine is started once more\n');
  const second = await bootOnce(options, card, prefix, false);
  if (second === null) throw new Error('the second start is waited for to its end');
  return second;
}

async function bootOnce(
  options: VmOptions,
  card: TapCard | undefined,
  prefix: readonly string[],
  mayStandStill: boolean,
): Promise<VmResult | null> {
  const folder = mkdtempSync(join(tmpdir(), 'osdkit-vm-'));
  try {
    const serialPath = join(folder, 'serial');
    const command = qemuCommand({
      firmware: options.firmware,
      ...(options.medium === undefined ? {} : { medium: options.medium }),
      ...(card === undefined ? {} : { card }),
      ...(options.first === undefined ? {} : { first: options.first }),
      memoryMiB: options.memoryMiB ?? 512,
      extra: options.extra ?? [],
      varsPath: freshVars(options.firmware, folder),
      serialPath,
    });
    const timeoutMs = options.timeoutMs ?? 120_000;
    return await watch({
      command: [...WITH_PARENT, ...prefix, ...command],
      serialPath,
      until: options.until,
      timeoutMs,
      mayStandStill,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Boots one medium. Resolves when `until` matches or the VM powers off; throws an Error with the end of the serial
 * output when neither happens in time.
 */
export function bootVm(options: VmOptions & { readonly medium: Medium }): Promise<VmResult> {
  return boot(options, undefined, []);
}

/** Boots over the network: a card on a tap inside a network namespace (see netlab.ts), with or without a medium. */
export function bootVmOnTap(
  options: VmOptions & { readonly namespace: string; readonly card: TapCard },
): Promise<VmResult> {
  return boot(options, options.card, ['ip', 'netns', 'exec', options.namespace]);
}
