/**
 * What a run has created and not yet finished, so that nothing half-made stays: it is removed when the run fails or is
 * canceled, and by an exit hook when the process ends in the middle (a second Ctrl+C).
 */
import { closeSync, mkdirSync, openSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';

/**
 * Files and folders in the order in which they were created. They are created by synchronous calls: no signal comes between
 * creating one and knowing that it is ours.
 */
export interface Unfinished {
  /** Creates a file, empty or with these bytes. Throws the system's error, `EEXIST` for a file that is there. */
  createFile(path: string, bytes?: Uint8Array): void;
  /** Creates a folder in one that is there. Throws the system's error. */
  createFolder(path: string): void;
  /** Creates a link, or another name for a file, by a synchronous call. Throws what `create` throws. */
  createBy(path: string, create: () => void): void;
  /** All of it is finished: nothing will be removed. */
  keep(): void;
  /** Removes the newest first; a folder only when nothing else is in it. What cannot be removed stays, without an error. */
  remove(): void;
}

const nothing = new Uint8Array(0);
const open = new Set<Unfinished>();
let exitHookInstalled = false;

function installExitHook(): void {
  if (exitHookInstalled) return;
  exitHookInstalled = true;
  process.on('exit', () => {
    for (const one of open) one.remove();
  });
}

/** An empty list, watched until `keep` or `remove`. */
export function unfinished(): Unfinished {
  const removers: (() => void)[] = [];
  const list: Unfinished = {
    createFile(path, bytes = nothing) {
      const file = openSync(path, 'wx');
      removers.push(() => unlinkSync(path));
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done);
      } finally {
        closeSync(file);
      }
    },
    createFolder(path) {
      mkdirSync(path);
      removers.push(() => rmdirSync(path));
    },
    createBy(path, create) {
      create();
      removers.push(() => unlinkSync(path));
    },
    keep() {
      open.delete(list);
    },
    remove() {
      open.delete(list);
      for (const remove of removers.splice(0).reverse()) {
        try {
          remove();
        } catch {
          // Gone already, or a folder in which somebody else put something: not ours to remove.
        }
      }
    },
  };
  installExitHook();
  open.add(list);
  return list;
}
