/** What the demo of network boot needs, and how to get what is not there. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { FIRMWARE } from '../support/tool-table.ts';

const needed = [
  ['qemu-system-x86_64', 'qemu-system-x86', 'the virtual PC'],
  ['ip', 'iproute2', 'the virtual network'],
  ['unshare', 'util-linux', 'the virtual network'],
] as const;

/** Path of a program; sbin is not in everybody's PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** One line for each thing that is missing. */
export function missingTools(): string[] {
  if (process.platform !== 'linux') return [`it needs Linux: this is ${process.platform}`];
  const lines = needed
    .filter(([program]) => findProgram(program) === undefined)
    .map(([program, debian, use]) => `${program} is not installed: ${use} (Debian: apt install ${debian})`);
  for (const path of [FIRMWARE.ovmfCode, FIRMWARE.ovmfVars]) {
    if (!existsSync(path)) lines.push(`${path} is not there: firmware of the virtual PC (Debian: apt install ovmf)`);
  }
  if (!existsSync('/dev/net/tun')) lines.push('/dev/net/tun is not there: the cable of the virtual PC (modprobe tun)');
  return lines;
}
