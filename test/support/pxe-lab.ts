/**
 * Networks as they are around a network boot server: bridges with taps for VMs, and hosts with addresses of their own, each in
 * a namespace. Nothing of it touches the machine's network, and all is gone when closed. Needs `requireTool(...LAB_TOOLS)`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { addBridge, addBridgeTap } from './bridge.ts';
import { type Child, startChild } from './child.ts';
import { run, type RunOptions, type RunResult } from './run.ts';

export { LAB_TOOLS } from './netlab.ts';

/** A host's end in a network. */
export interface Link {
  readonly lan: string;
  /** With prefix length: 10.77.0.2/24. */
  readonly address: string;
}

/** A computer that is a namespace. */
export interface LabHost {
  readonly namespace: string;
  /** Starts a program that runs until the lab closes, and waits until `ready` shows in its output. */
  start(command: readonly string[], ready: RegExp): Promise<Child>;
  /** Runs a program to its end. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<RunResult>;
}

/** The networks of one test. */
export interface PxeLab {
  /** Where the bridges and taps are: VMs run there. */
  readonly namespace: string;
  /** Folder for files of servers; removed with the lab. */
  readonly folder: string;
  /** A bridge named like the network. */
  addLan(name: string): Promise<void>;
  /** A tap on a network for one VM; gives its name. */
  addTap(lan: string): Promise<string>;
  /** `gateway`: where packets for elsewhere go. A host with several links forwards between them. The interfaces are named like the networks. */
  addHost(name: string, links: readonly Link[], gateway?: string): Promise<LabHost>;
  /** Records everything on a network; `stop` gives the file, in which the last packet is. */
  capture(lan: string): Promise<{ stop(): Promise<string> }>;
  /** Stops everything and removes the namespaces. */
  close(): Promise<void>;
}

/** Packets wait in a block in the kernel until it is full or 250 ms old; what is there at the end is lost. */
const CAPTURE_DELAY_MS = 400;

/** Makes a lab without networks. Throws with the failed command; then nothing of it is left. */
export async function openPxeLab(): Promise<PxeLab> {
  const folder = mkdtempSync(join(tmpdir(), 'osdkit-lab-'));
  const prefix = `osdkit-${folder.slice(-6)}`;
  const namespaces: string[] = [];
  const children: Child[] = [];
  let taps = 0;

  const inside = (namespace: string, command: readonly string[]) => ['ip', 'netns', 'exec', namespace, ...command];
  const ip = (namespace: string, ...args: string[]) => run('ip', ['-n', namespace, ...args]);
  const addNamespace = async (name: string) => {
    const namespace = `${prefix}-${name}`;
    await run('ip', ['netns', 'add', namespace]);
    namespaces.push(namespace);
    await ip(namespace, 'link', 'set', 'lo', 'up');
    return namespace;
  };
  const start = async (namespace: string, command: readonly string[], ready: RegExp) => {
    const child = await startChild(inside(namespace, command), ready);
    children.push(child);
    return child;
  };

  const namespace = await addNamespace('lan');
  const lanIp = (...words: string[]) => ip(namespace, ...words);
  const addLan = (name: string) => addBridge(lanIp, name);
  const addTap = async (lan: string) => {
    const tap = `tap${taps++}`;
    await addBridgeTap(lanIp, tap, lan);
    return tap;
  };
  const addLink = async (host: string, name: string, { lan, address }: Link) => {
    await ip(namespace, 'link', 'add', 'name', `${lan}-${name}`, 'type', 'veth', 'peer', 'name', lan, 'netns', host);
    await ip(namespace, 'link', 'set', `${lan}-${name}`, 'master', lan, 'up');
    await ip(host, 'addr', 'add', address, 'brd', '+', 'dev', lan);
    await ip(host, 'link', 'set', 'dev', lan, 'up');
  };
  const addHost = async (name: string, links: readonly Link[], gateway?: string): Promise<LabHost> => {
    const host = await addNamespace(name);
    for (const link of links) await addLink(host, name, link);
    if (gateway !== undefined) await ip(host, 'route', 'add', 'default', 'via', gateway);
    if (links.length > 1) await run('ip', ['netns', 'exec', host, 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1']);
    return {
      namespace: host,
      start: (command, ready) => start(host, command, ready),
      run: (command, args, options) => run('ip', ['netns', 'exec', host, command, ...args], options),
    };
  };
  const capture = async (lan: string) => {
    const path = join(folder, `${lan}-${children.length}.pcapng`);
    const recorder = await start(namespace, ['dumpcap', '-q', '-i', lan, '-w', path], /File: /);
    const stop = async () => {
      await setTimeout(CAPTURE_DELAY_MS);
      await recorder.end('SIGINT');
      return path;
    };
    return { stop };
  };
  const close = async () => {
    for (const child of children.splice(0)) await child.stop();
    for (const name of namespaces.splice(0)) await run('ip', ['netns', 'delete', name], { allowFailure: true });
    rmSync(folder, { recursive: true, force: true });
  };
  return { namespace, folder, addLan, addTap, addHost, capture, close };
}

const RELAY = fileURLToPath(new URL('pxe-lab-relay.ts', import.meta.url));

/** Starts a relay agent with option 82 on a host with links to both networks; `own` is its address where the clients are. */
export async function startRelay(
  host: LabHost,
  clientLan: string,
  own: string,
  servers: readonly string[],
): Promise<Child> {
  await host.run('ip', ['route', 'add', '255.255.255.255', 'dev', clientLan]);
  return host.start([process.execPath, '--import', 'tsx', RELAY, own, ...servers], /relay is ready/);
}
