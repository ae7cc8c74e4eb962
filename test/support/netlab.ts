/**
 * A network of the test's own: a namespace with a bridge and taps, servers and VMs inside it. Nothing of it touches the
 * machine's network, and it is gone when closed. Needs `requireTool('ip', 'dnsmasq', 'network')`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addBridge, addBridgeTap } from './bridge.ts';
import { type Child, startChild } from './child.ts';
import { DNSMASQ_READY, dnsmasqOfLab } from './dnsmasq.ts';
import { run } from './run.ts';

/** The servers' address; clients get 10.77.0.100 to .200. */
export const SERVER_ADDRESS = '10.77.0.1';

/** The tools that a lab needs, for `requireTool`. */
export const LAB_TOOLS = ['ip', 'dnsmasq', 'network'] as const;

const FILE_SERVER = fileURLToPath(new URL('http-file-server.ts', import.meta.url));

/** A running network. */
export interface NetLab {
  readonly namespace: string;
  /** Names of the taps that VMs may use, one each. */
  readonly taps: readonly string[];
  /** Runs a server of the test's choice inside, until the lab closes. */
  start(command: readonly string[], ready: RegExp): Promise<Child>;
  /** DHCP that offers UEFI HTTP Boot clients this URL, with router advertisements; its output tells who asked. */
  startDhcp(bootUrl: string): Promise<Child>;
  /** Serves the files of one folder on port 80; its output has one line a request: `GET /x.iso 200`. */
  startHttp(folder: string): Promise<Child>;
  /** Stops every server and removes the namespace. */
  close(): Promise<void>;
}

async function makeNamespace(namespace: string, taps: readonly string[]): Promise<void> {
  const ip = (...args: string[]) => run('ip', ['-n', namespace, ...args]);
  await run('ip', ['netns', 'add', namespace]);
  await ip('link', 'set', 'lo', 'up');
  await addBridge(ip, 'br0');
  await ip('addr', 'add', `${SERVER_ADDRESS}/24`, 'dev', 'br0');
  await ip('addr', 'add', 'fd77::1/64', 'dev', 'br0', 'nodad');
  for (const tap of taps) await addBridgeTap(ip, tap, 'br0');
}

function dhcpCommand(folder: string, bootUrl: string): string[] {
  return dnsmasqOfLab(
    join(folder, 'leases'),
    '--log-dhcp',
    // Client architectures 16 and 19: x64 and arm64 UEFI HTTP (IANA). Such a client takes no offer without option 60.
    '--dhcp-match=set:http,option:client-arch,16',
    '--dhcp-match=set:http,option:client-arch,19',
    '--dhcp-option-force=tag:http,60,HTTPClient',
    `--dhcp-boot=tag:http,${bootUrl}`,
  );
}

/** Makes the network with `taps` taps (default one). Throws with the failed command; then nothing of it is left. */
export async function openNetLab(options: { readonly taps?: number } = {}): Promise<NetLab> {
  const folder = mkdtempSync(join(tmpdir(), 'osdkit-lab-'));
  const namespace = `osdkit-${folder.slice(-6)}`;
  const taps = Array.from({ length: options.taps ?? 1 }, (_, index) => `tap${index}`);
  const children: Child[] = [];
  const close = async () => {
    for (const child of children.splice(0)) await child.stop();
    await run('ip', ['netns', 'delete', namespace], { allowFailure: true });
    rmSync(folder, { recursive: true, force: true });
  };
  const start = async (command: readonly string[], ready: RegExp) => {
    const child = await startChild(['ip', 'netns', 'exec', namespace, ...command], ready);
    children.push(child);
    return child;
  };
  try {
    await makeNamespace(namespace, taps);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    namespace,
    taps,
    start,
    startDhcp: (bootUrl) => start(dhcpCommand(folder, bootUrl), DNSMASQ_READY),
    startHttp: (served) =>
      start([process.execPath, '--import', 'tsx', FILE_SERVER, served, SERVER_ADDRESS, '80'], /listening on/),
    close,
  };
}
