/** Who serves TFTP in the bench, each at an address of its own, all at once: whoever is not asked costs nothing. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { TftpServerOptions } from '../../../pxe/tftp/index.ts';
import { bundledProgram } from '../../support/bundled-program.ts';
import { dnsmasq } from '../../support/dnsmasq.ts';

export interface TftpSide {
  readonly name: string;
  /** Last byte of its addresses: 127.0.0.x, 10.91.0.x. */
  readonly host: number;
  /** Whether it knows `windowsize`. */
  readonly windows: boolean;
  /** Command line that serves `folder` at `address`, port 69. */
  readonly command: (folder: string, address: string) => readonly string[];
  readonly ready: (output: string) => boolean;
}

const ours = (name: string, host: number, options: Partial<TftpServerOptions>): TftpSide => ({
  name,
  host,
  windows: true,
  command: (folder, address) => [
    process.execPath,
    bundledProgram('test/bench/network/tftp-served.ts'),
    JSON.stringify({ ...options, address }),
    folder,
  ],
  ready: (output) => output.includes('ready'),
});

/** Where test/tools/install.sh unpacks the two daemons: as packages they exclude each other. */
function daemon(name: string): string {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'osdkit-test-tools');
  const path = join(cache, 'unpacked', 'usr/sbin', name);
  if (!existsSync(path)) throw new Error(`${path} is not there: run test/tools/install.sh`);
  return path;
}

/** Faster than this machine: turns are taken, nobody waits for them. */
const FAST_LINE = 100e9;
export const LINE = 1e9;

/** By their names in the rows. */
export const sides = {
  plain: ours('osdkit', 11, {}),
  fast: ours('osdkit, accelerator', 12, { linkSpeed: FAST_LINE, accelerator: 'auto' }),
  paced: ours('osdkit, paced', 13, { linkSpeed: LINE }),
  pacedFast: ours('osdkit, paced, accelerator', 14, { linkSpeed: LINE, accelerator: 'auto' }),
  dnsmasq: {
    name: 'dnsmasq',
    host: 15,
    windows: false,
    command: (folder, address) =>
      dnsmasq(
        '--enable-tftp',
        `--tftp-root=${folder}`,
        '--tftp-max=1000',
        `--listen-address=${address}`,
        '--bind-interfaces',
      ),
    ready: (output) => output.includes('TFTP'),
  },
  hpa: {
    name: 'tftpd-hpa',
    host: 16,
    windows: false,
    command: (folder, address) => [daemon('in.tftpd'), '-L', '-a', `${address}:69`, '-u', 'root', '-s', folder],
    ready: () => true,
  },
  atftpd: {
    name: 'atftpd',
    host: 17,
    windows: true,
    command: (folder, address) => [
      daemon('atftpd'),
      '--daemon',
      '--no-fork',
      '--bind-address',
      address,
      '--user',
      'root.root',
      '--maxthread',
      '500',
      '--verbose=1',
      folder,
    ],
    ready: () => true,
  },
} as const satisfies Readonly<Record<string, TftpSide>>;

export type SideName = keyof typeof sides;
