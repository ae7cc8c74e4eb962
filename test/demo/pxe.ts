/**
 * `npm run demo:pxe`: a virtual PC boots the sample boot image over a virtual network, from `osdkit pxe serve` that runs beside it.
 * Everything is in a network namespace of its own: nothing of this computer's network is touched, and no root is needed where
 * users may make namespaces.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findProgram, missingTools } from './pxe-tools.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  if (process.argv[2] === '--inside') {
    const { showBoot } = await import('./pxe-boot.ts');
    return await showBoot(say);
  }
  const missing = missingTools();
  if (missing.length > 0) {
    say('The demo of network boot cannot run here:');
    for (const line of missing) say(`  ${line}`);
    say('Without it: osdkit pxe serve --boot-image boot.wim, and a PC on the same cable.');
    return 4;
  }
  const self = fileURLToPath(import.meta.url);
  const root = process.getuid?.() === 0;
  const unshare = [...(root ? [] : ['--user', '--map-root-user']), '--net', '--kill-child'];
  const child = spawn(
    findProgram('unshare') ?? 'unshare',
    [...unshare, process.execPath, '--import', 'tsx', self, '--inside'],
    { stdio: 'inherit' },
  );
  const code = await new Promise<number>((resolve) => {
    child.once('exit', (status) => resolve(status ?? 130));
    child.once('error', () => resolve(4));
  });
  if (code === 1 && !root && existsSync('/proc/sys/kernel/unprivileged_userns_clone')) {
    say('This system does not let users make network namespaces: run it with sudo.');
  }
  return code;
}

process.exitCode = await main();
