/** `pxe doctor --pcap -` as a process at the end of a pipe: what tshark writes, what dumpcap still records, what breaks off. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { readAll } from '../../../images/bytes/index.ts';
import { sampleBootImage } from '../../../images/sample/index.ts';
import { commandFile, osdkit } from '../../cli/command.ts';
import { osdkitInProcess } from '../../cli/in-process.ts';
import { onLoopback, portWords, simulation, startServing, stopServing } from '../../cli/serving.ts';
import { WITH_PARENT } from '../../support/child.ts';
import { describeWithTools, scratch } from '../../support/tools.ts';
import { toLoader } from './scene.ts';

const children = new Set<ChildProcess>();
afterEach(() => {
  stopServing();
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

function start(program: string, args: readonly string[]) {
  const words = [...WITH_PARENT, program, ...args];
  const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
  children.add(child);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return { child, errors: () => errors };
}

/** The doctor at the end of a pipe. */
function doctor(...more: string[]) {
  const { child, errors } = start(process.execPath, [commandFile, 'pxe', 'doctor', '--pcap', '-', ...more]);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  // It may end before all was written.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>(
    (resolve) => child.once('close', (code) => resolve({ code, stdout, stderr: errors() })),
  );
  return { child, stdin: child.stdin, ended };
}

const boot = toLoader().file('boot\\bootmgfw.efi', 3000).file('\\boot\\BCD', 900).file('\\boot.wim', 2_000_000).pcap();

/** More than a pipe holds: the doctor has read of it, so it has begun and takes signals by itself. */
const taken = (stdin: Writable, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => stdin.write(bytes, () => resolve()));

test('a capture that breaks off in a packet: what came is explained, and that it breaks off', async () => {
  const { stdin, ended } = doctor();
  stdin.end(boot.subarray(0, boot.length - 500));
  const { code, stdout, stderr } = await ended;
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('reads "boot\\bootmgfw.efi"');
  expect(stdout).toMatch(/CAREFUL \(recordingCut\): the recording breaks off: packet \d+ /);
});

test.each([
  ['nothing', '', 'it is empty'],
  ['no capture', 'tcpdump: permission denied', 'the first bytes are neither those of pcap nor of pcapng'],
])('%s: refused by name', async (_, bytes, says) => {
  const { stdin, ended } = doctor();
  stdin.end(bytes);
  const { code, stderr } = await ended;
  expect([code, stderr]).toEqual([3, expect.stringContaining(`standard input: ${says}`)]);
  expect(stderr).toContain('CAPTURE_FORMAT');
});

test.each([
  ['Ctrl-C', [], (child: ChildProcess) => void child.kill('SIGINT')],
  ['the time that was given', ['--for', '2s'], () => undefined],
] as const)(
  '%s ends a pipe that stays open: what came so far is explained, a packet that is not whole counts not',
  async (_, more, stop) => {
    const { child, stdin, ended } = doctor(...more);
    await taken(stdin, boot.subarray(0, boot.length - 500));
    stop(child);
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toContain('reads "boot\\bootmgfw.efi"');
    expect(stdout).not.toContain('recordingCut');
  },
  20_000,
);

test('what the recorder holds back until both are told to stop is taken, too', async () => {
  const { child, stdin, ended } = doctor();
  await taken(stdin, boot.subarray(0, boot.length - 5000));
  child.kill('SIGINT');
  stdin.end(boot.subarray(-5000));
  expect((await ended).stdout).toContain('=> the boot image "\\boot.wim" was read in full (2.0 MB)');
}, 20_000);

describeWithTools(['tshark'], 'what tshark writes', (tools) => {
  test.each(['pcap', 'pcapng', 'nsecpcap'])('%s through a pipe says what the file says', async (format) => {
    const file = join(scratch(), 'boot.pcap');
    writeFileSync(file, boot);
    const piped = doctor('--json');
    start(tools.path('tshark'), ['-r', file, '-w', '-', '-F', format]).child.stdout.pipe(piped.stdin);
    const { code, stdout } = await piped.ended;
    const ofFile = await osdkit(scratch(), ['pxe', 'doctor', '--pcap', file, '--json']);
    expect(code).toBe(ofFile.code);
    expect({ ...JSON.parse(stdout), file }).toEqual(JSON.parse(ofFile.stdout));
  });
});

describeWithTools(['dumpcap', 'network'], 'what dumpcap records', (tools) => {
  test('TFTP and HTTP of live boots are heard; Ctrl-C explains', async () => {
    const wim = join(scratch(), 'boot.wim');
    writeFileSync(wim, await readAll(await sampleBootImage({ architecture: 'x64', size: 1 << 20 })));
    const { ports } = await startServing(['pxe', 'serve', '--boot-image', wim, ...onLoopback]);
    const recorder = start(tools.path('dumpcap'), ['-i', 'lo', '-q', '-f', `udp or tcp port ${ports.http}`, '-w', '-']);
    const { child, ended } = doctor(...portWords(ports));
    recorder.child.stdout.pipe(child.stdin);
    await expect.poll(recorder.errors, { timeout: 10_000 }).toContain('File:');
    for (const kind of ['uefi-x64', 'http']) {
      const { code, stdout } = await osdkitInProcess(simulation(ports, kind, 0.1));
      expect(code, stdout).toBe(0);
    }
    // The kernel hands packets over in lots.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (const each of [recorder.child, child]) each.kill('SIGINT');
    const { stdout } = await ended;
    expect(stdout).toMatch(/: UEFI x64; no GUID/);
    expect(stdout).toMatch(/reads "b\\\w+\\\w+\\bootmgfw\.efi" from 127\.0\.0\.1: 14848 bytes/);
    expect(stdout).toMatch(/reads "\\b\\\w+\\\w+\\boot\.wim" from 127\.0\.0\.1: \d\.\d MB/);
    expect(stdout).toMatch(/GET "\/b\/\w+\/\w+\/boot\.iso" from 127\.0\.0\.1:\d+: 200/);
  }, 60_000);
});
