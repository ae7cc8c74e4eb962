/**
 * Editing a hive in place: what is not touched, and what is not understood, stays byte for byte. Changes are made in memory;
 * `bytes()` gives the new file.
 */
import { IntegrityError } from '../../src/core/index.ts';
import { readAll, type ByteSource } from '../bytes/index.ts';
import { checksumProblem, readBaseBlock } from './base-block.ts';
import { hiveCode, remedyOf } from './codes.ts';
import { auditHive } from './edit-audit.ts';
import { EditCells } from './edit-cells.ts';
import { finishedHive } from './edit-file.ts';
import { addKey, patchKey, removeKey, renameKey, subkeyNamed, type Editing } from './edit-keys.ts';
import { checkKeyName, checkValue, findKey, namesOf, placeOf, refuse } from './edit-paths.ts';
import { dropValue, putValue } from './edit-values.ts';
import { openKeyAt, readNode } from './key.ts';
import { baseBlockSize, keyFlag, type BaseBlock } from './layout.ts';
import { readHiveLog, type HiveLog } from './log.ts';
import { defaultLimit } from './read.ts';
import type { HiveEditOptions, HiveEditor } from './types.ts';

const pieceSize = 1024 * 1024;

/**
 * Opens a hive for changes. The whole tree is judged first: what is damaged is refused (FormatError), and so are a wrong
 * checksum and a dirty hive, whose newest changes lie in its log files (IntegrityError, `HIVE_DIRTY`). `bytes` is copied.
 */
export function editHive(bytes: Uint8Array, options: HiveEditOptions = {}): HiveEditor {
  return openEditor(new Uint8Array(bytes), options);
}

/** As `editHive`, for a file; LimitError above `limit` bytes. Needs memory for the hive once, `bytes()` for it once more. */
export async function openHiveEditor(
  source: ByteSource,
  options: HiveEditOptions & { readonly limit?: number } = {},
): Promise<HiveEditor> {
  return openEditor(await ownCopy(source, options.limit ?? defaultLimit), options);
}

/** In pieces: a source in memory gives views of itself, which an edit must not change, a file gives copies. */
async function ownCopy(source: ByteSource, limit: number): Promise<Uint8Array> {
  if (source.size > limit) return readAll(source, limit); // throws, by name
  const file = new Uint8Array(source.size);
  for (let offset = 0; offset < file.length; offset += pieceSize) {
    file.set(await source.read(offset, Math.min(pieceSize, file.length - offset)), offset);
  }
  return file;
}

function openEditor(file: Uint8Array, options: HiveEditOptions): HiveEditor {
  const block = readBaseBlock(file);
  const logs = (options.logs ?? []).map((log) => readHiveLog(log, block));
  const checksum = checksumProblem(file, block);
  if (checksum !== null) throw checksum;
  refuseDirty(block, logs);
  const end = baseBlockSize + block.binsSize;
  const cells = new EditCells(file.subarray(baseBlockSize, end));
  const root = block.rootCell;
  const security = auditHive(cells, root);
  const editing: Editing = { cells, root, minorVersion: block.minorVersion, time: options.time ?? null, security };
  return editor(editing, logs, (changed) => (changed ? finishedHive(file, block, editing) : new Uint8Array(file)));
}

function refuseDirty(block: BaseBlock, logs: readonly HiveLog[]): void {
  const { primarySequence, secondarySequence } = block;
  if (primarySequence === secondarySequence) return;
  const logged = logs.some(({ pending }) => pending)
    ? 'a log file beside it holds them'
    : 'no log file given holds them';
  throw new IntegrityError(
    hiveCode.HIVE_DIRTY,
    `hive base block at 0x4: sequence numbers ${primarySequence} and ${secondarySequence} differ: changes are missing, and ${logged}`,
    { hint: remedyOf('HIVE_DIRTY'), details: { offset: 4, expected: primarySequence, actual: secondarySequence } },
  );
}

function editor(editing: Editing, logs: readonly HiveLog[], finish: (changed: boolean) => Uint8Array): HiveEditor {
  const { cells, minorVersion } = editing;
  let state: 'as read' | 'changed' | 'broken' = 'as read';
  /** A change that fails half-way (no room below 2 GiB) must never reach a file. */
  const change = <T>(make: () => T): T => {
    const before = state;
    state = 'broken';
    const result = make();
    state = before === 'broken' || result === false ? before : 'changed';
    return result;
  };
  return {
    logs,
    get changed() {
      return state !== 'as read';
    },
    key(path) {
      const key = findKey(editing, path);
      return key === undefined ? undefined : openKeyAt(cells, editing.root, key);
    },
    createKey(path) {
      const names = namesOf(path);
      return change(() => {
        let key = editing.root;
        let made = false;
        for (const name of names) {
          const known = subkeyNamed(editing, key, name);
          key = known ?? addKey(editing, key, name);
          made ||= known === undefined;
        }
        return made;
      });
    },
    renameKey(path, name) {
      checkKeyName(path, name);
      const { parent, key } = placeOf(editing, path) ?? refuse(path, 'there is no such key');
      const taken = subkeyNamed(editing, parent, name);
      if (taken !== undefined && taken !== key) refuse(path, `there is a key ${JSON.stringify(name)} beside it`);
      if (readNode(cells, key).name !== name) {
        change(() => renameKey(editing, parent, key, name));
      }
    },
    deleteKey(path) {
      const place = placeOf(editing, path);
      if (place !== undefined) change(() => removeKey(editing, place.parent, place.key));
      return place !== undefined;
    },
    setValue(path, value) {
      checkValue(path, value);
      const key = findKey(editing, path) ?? refuse(path, 'there is no such key');
      const { flags } = readNode(cells, key).node;
      if ((flags & keyFlag.predefined) !== 0) refuse(path, 'it stands for another key and has no values of its own');
      return change(() => {
        const fields = putValue(cells, key, readNode(cells, key).node, value, minorVersion);
        if (fields !== null) patchKey(editing, key, fields);
        return fields !== null;
      });
    },
    deleteValue(path, name) {
      const key = findKey(editing, path);
      if (key === undefined) return false;
      return change(() => {
        const fields = dropValue(cells, key, readNode(cells, key).node, name);
        if (fields !== null) patchKey(editing, key, fields);
        return fields !== null;
      });
    },
    bytes() {
      if (state === 'broken') refuse('', 'an earlier change failed half-way; open the hive again');
      return finish(state === 'changed');
    },
  };
}
