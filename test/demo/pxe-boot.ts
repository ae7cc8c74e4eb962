/** The demo inside its network namespace: a bridge with an address, the server, and a PC that starts from its network card. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { addBridge, addBridgeTap } from '../support/bridge.ts';
import { qemuCommand } from '../support/qemu-arguments.ts';
import { run } from '../support/run.ts';
import { sampleLines } from '../support/serial-text.ts';
import { FIRMWARE } from '../support/tool-table.ts';

const osdkit = fileURLToPath(new URL('../../dist/src/bin/osdkit.js', import.meta.url));
const address = '10.77.0.1';
const bridge = 'lan0';
const tap = 'pc0';
const bootSeconds = 180;

/** Exit code: 0 when the PC read the whole boot image. */
export async function showBoot(say: (text: string) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'osdkit-demo-'));
  const children: ChildProcess[] = [];
  try {
    await makeNetwork();
    say('$ osdkit demo');
    await run(process.execPath, [osdkit, 'demo', '--output', folder]);
    const image = join(folder, 'sample-boot-x64.wim');
    const range = '10.77.0.100-10.77.0.199';
    const words = ['pxe', 'serve', '--boot-image', image, '--interface', bridge, '--dhcp-range', range];
    say(`$ osdkit ${words.join(' ')}`);
    const server = spawn(process.execPath, [osdkit, ...words], { stdio: ['ignore', 'inherit', 'pipe'] });
    children.push(server);
    await answering(server, say);
    say('');
    say('A PC with an empty disk is switched on (qemu, UEFI firmware, boot from the network)');
    const seen = await bootPc(folder, children, say);
    const gone = once(server, 'exit');
    // It may have ended by itself meanwhile.
    if (server.exitCode === null && server.signalCode === null && server.kill('SIGTERM')) await gone;
    say('');
    const done = seen.some((line) => line.endsWith(' done'));
    say(done ? 'It booted: the sizes and CRC-32 above are what its boot program read.' : 'It did not boot.');
    return done ? 0 : 5;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeNetwork(): Promise<void> {
  const ip = (...words: string[]) => run('ip', words);
  await ip('link', 'set', 'lo', 'up');
  await addBridge(ip, bridge);
  await ip('addr', 'add', `${address}/24`, 'dev', bridge);
  await addBridgeTap(ip, tap, bridge);
  // A bridge is up when something on it is: the PC is still off.
  await ip('link', 'add', 'cable0', 'type', 'veth', 'peer', 'name', 'cable1');
  await ip('link', 'set', 'cable0', 'master', bridge, 'up');
  await ip('link', 'set', 'cable1', 'up');
}

/** Shows what the server says; resolves when it answers. */
function answering(server: ChildProcess, say: (text: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        say(`  server | ${line}`);
        if (line.includes('answers boot clients')) resolve();
      }
    });
    server.once('exit', (code) => reject(new Error(`osdkit ended with ${code ?? 'a signal'}`)));
  });
}

/** Lines that the boot program printed. */
async function bootPc(folder: string, children: ChildProcess[], say: (text: string) => void): Promise<string[]> {
  const varsPath = join(folder, 'vars.fd');
  copyFileSync(FIRMWARE.ovmfVars, varsPath);
  const [program = '', ...words] = qemuCommand({
    firmware: 'ovmf',
    card: { tap, mac: '52:54:00:12:34:56', boot: 'pxe' },
    memoryMiB: 512,
    extra: [],
    varsPath,
  });
  const pc = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(pc);
  const timer = setTimeout(() => pc.kill('SIGKILL'), bootSeconds * 1000);
  let serial = '';
  let shown = 0;
  pc.stdout.setEncoding('latin1').on('data', (text: string) => {
    serial += text;
    // The last line may not be whole yet.
    const lines = sampleLines(serial.slice(0, serial.lastIndexOf('\n') + 1));
    for (const line of lines.slice(shown)) say(`  PC     | ${line.replace(/^osdkit-sample: /, '')}`);
    shown = lines.length;
    if (lines.some((line) => line.endsWith(' done'))) pc.kill('SIGKILL');
  });
  await once(pc, 'close');
  clearTimeout(timer);
  return sampleLines(serial);
}
