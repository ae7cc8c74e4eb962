/** Boots a virtual machine until it says what the test waits for, and leaves no process behind. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
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

/** Characters at the end of the stream in which `until` is looked for after each piece that arrives. */
const WINDOW = 16_384;

function freshVars(firmware: Firmware, folder: string): string {
  const path = join(folder, 'vars.fd');
  if (firmware === 'ovmf') copyFileSync(FIRMWARE.ovmfVars, path);
  if (firmware === 'ovmf-secure') copyFileSync(FIRMWARE.ovmfSecureVars, path);
  if (firmware === 'aavmf') copyFileSync(FIRMWARE.aavmfVars, path);
  return path;
}

function watch(command: readonly string[], until: RegExp, timeoutMs: number): Promise<VmResult> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    let why: 'until' | 'timeout' | 'exit' = 'exit';
    const stop = (reason: 'until' | 'timeout') => {
      why = reason;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    child.stdout.setEncoding('latin1').on('data', (text: string) => {
      output += text;
      if (why === 'exit' && until.test(serialLines(output.slice(-WINDOW)).join('\n'))) stop('until');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${program} cannot start: ${error.message}`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const seconds = Math.round(performance.now() - started) / 1000;
      const tail = serialLines(output).slice(-TAIL_LINES).join('\n');
      // isa-debug-exit ends qemu with an odd code: only text on stderr without any serial output is a failed start.
      if (why === 'exit' && output === '' && code !== 0) reject(new Error(`qemu ended with ${code}: ${errors}`));
      else if (why === 'timeout') {
        reject(new Error(`VM did not print ${String(until)} within ${timeoutMs} ms; it printed:\n${tail}\n${errors}`));
      } else resolve({ output, lines: sampleLines(output), seconds, ended: why });
    });
  });
}

async function boot(options: VmOptions, card: TapCard | undefined, prefix: readonly string[]): Promise<VmResult> {
  const folder = mkdtempSync(join(tmpdir(), 'osdkit-vm-'));
  try {
    const command = qemuCommand({
      firmware: options.firmware,
      ...(options.medium === undefined ? {} : { medium: options.medium }),
      ...(card === undefined ? {} : { card }),
      ...(options.first === undefined ? {} : { first: options.first }),
      memoryMiB: options.memoryMiB ?? 512,
      extra: options.extra ?? [],
      varsPath: freshVars(options.firmware, folder),
    });
    return await watch([...WITH_PARENT, ...prefix, ...command], options.until, options.timeoutMs ?? 120_000);
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
