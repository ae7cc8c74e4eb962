/** The computer as serving sees it: clock, interfaces, changes of files, SIGHUP, a folder for one run. */
import { type Dirent, type FSWatcher, readdirSync, rmSync, watch } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServeHost } from '../app/index.ts';

/** `terminal`: a person started it there; then SIGHUP is the end of the terminal and no wish to reload. */
export function systemHost(terminal: boolean, told: ServeHost['told']): ServeHost {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return {
    now: () => Date.now(),
    interfaces: () => networkInterfaces(),
    service: { environment: process.env, process: process.pid },
    linkSpeed,
    watch: watchFolder,
    onReload(reload) {
      if (terminal) return () => undefined;
      process.on('SIGHUP', reload);
      return () => process.off('SIGHUP', reload);
    },
    async sleep(milliseconds, signal) {
      await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
    },
    cores: availableParallelism(),
    told,
    droppedDatagrams,
    eventLoopDelay() {
      const seconds = delay.percentile(99) / 1e9;
      delay.reset();
      return Number.isFinite(seconds) ? seconds : 0;
    },
    async temporaryFolder() {
      const path = await mkdtemp(join(tmpdir(), 'osdkit-'));
      // A second Ctrl-C ends the process at once.
      const removeNow = (): void => rmSync(path, { recursive: true, force: true });
      process.once('exit', removeNow);
      return {
        path,
        async remove() {
          process.off('exit', removeNow);
          await rm(path, { recursive: true, force: true, maxRetries: 3 });
        },
      };
    },
  };
}

/** Linux says it; -1 and errors are of interfaces that have none: loopback, bridges, those without a cable. */
async function linkSpeed(interfaceName: string): Promise<number | null> {
  if (process.platform !== 'linux' || !/^[\w.:@-]+$/.test(interfaceName)) return null;
  const text = await readFile(`/sys/class/net/${interfaceName}/speed`, 'utf8').catch(() => '');
  const speed = Number(text.trim());
  return Number.isInteger(speed) && speed > 0 ? speed : null;
}

/** `Udp: ... RcvbufErrors ...` of /proc/net/snmp: a line of names, a line of numbers. */
async function droppedDatagrams(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const text = await readFile('/proc/net/snmp', 'utf8').catch(() => '');
  const [names = [], values = []] = text
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '));
  const value = values[names.indexOf('RcvbufErrors')];
  return value === undefined ? null : Number(value);
}

/** Folders of a site that change while it serves, or hold no files of objects. */
const unwatched = new Set(['state', 'content', 'keys', 'schemas', 'node_modules']);

/**
 * The folder itself, and each folder in it that may hold objects with all that is below. Where the system cannot watch, SIGHUP
 * still reloads.
 */
function watchFolder(folder: string, changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  const forget = (path: string): void => {
    watchers.get(path)?.close();
    watchers.delete(path);
  };
  const add = (path: string, recursive: boolean, told: (event: string, name: string | null) => void): void => {
    if (watchers.has(path)) return;
    try {
      const watcher = watch(path, { recursive, persistent: false }, told);
      watchers.set(path, watcher);
      watcher.on('error', () => forget(path));
    } catch {
      // Gone again, or too many watches.
    }
  };
  const look = (): void => {
    for (const entry of readFolder(folder)) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && !unwatched.has(entry.name)) {
        add(join(folder, entry.name), true, changed);
      }
    }
  };
  add(folder, false, (event, name) => {
    // It came, or it went: what has the name now is another folder, of which the old watch tells nothing (a checkout by git).
    if (event === 'rename' && name !== null) forget(join(folder, name));
    look();
    changed();
  });
  look();
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}

function readFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
