/**
 * The judge of stores: refuses what real boot managers refuse (boot-chain.md 2, one element removed per run), and lets pass
 * what they start although it looks wrong: no `default` or no `displayorder`, no path, no SDI elements, options objects that
 * do not exist, integers of any length, no timeout.
 */
import { FormatError, type ErrorCode } from '../../src/core/index.ts';
import { checkHive, hiveCode, parseHive, type Hive } from '../hive/index.ts';
import { bootStatus } from './boot-status.ts';
import { loaderProblems } from './check-loader.ts';
import { bcdCode } from './codes.ts';
import { bootManagerElement } from './element-table.ts';
import { applicationKind, wellKnownObject } from './objects.ts';
import { bcdProblem, type BcdCheckOptions, type BcdProblem } from './problem.ts';
import { readBcd } from './read.ts';
import type { BcdObject, BcdStore } from './types.ts';

/** Everything for which a boot manager would not start the default entry of this store. Never throws FormatError. */
export function checkBcd(bytes: Uint8Array, options: BcdCheckOptions = {}): readonly BcdProblem[] {
  const damage = checkHive(bytes).map((problem): BcdProblem => ({ ...problem, status: statusOfDamage(problem.code) }));
  // Nothing in a damaged hive is worth a second complaint; a wrong header may sit on a sound store.
  if (damage.some(({ status }) => status === null)) return damage;
  const hive = parseHive(bytes, { tolerant: true });
  return [...damage, ...storeProblems(hive, options)];
}

function statusOfDamage(code: ErrorCode): number | null {
  return code === hiveCode.HIVE_CHECKSUM || code === hiveCode.HIVE_DIRTY ? bootStatus.noSuchFile : null;
}

function storeProblems(hive: Hive, options: BcdCheckOptions): readonly BcdProblem[] {
  const problems: BcdProblem[] = [];
  if (hive.root.subkey('Description') === undefined) {
    const message = 'the root key has no subkey Description';
    problems.push(bcdProblem(bcdCode.BCD_NO_DESCRIPTION_KEY, 'Description', bootStatus.nameNotFound, message));
  }
  let store: BcdStore;
  try {
    store = readBcd(hive);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const code = error.code === bcdCode.BCD_NOT_A_STORE ? bcdCode.BCD_NOT_A_STORE : bcdCode.BCD_OBJECT;
    return [...problems, bcdProblem(code, 'Objects', null, error.message)];
  }
  const manager = store.objects.find(({ id }) => id === wellKnownObject.bootmgr);
  if (manager === undefined) {
    const message = `there is no object ${wellKnownObject.bootmgr}`;
    const path = `Objects\\${wellKnownObject.bootmgr}`;
    return [...problems, bcdProblem(bcdCode.BCD_NO_BOOT_MANAGER, path, bootStatus.nameNotFound, message)];
  }
  const entry = defaultEntry(store, manager);
  if (entry === undefined) {
    const message = 'neither `default` nor `displayorder` of the boot manager names an object of this store';
    return [...problems, bcdProblem(bcdCode.BCD_NO_ENTRY, `Objects\\${manager.id}\\Elements`, null, message)];
  }
  if (applicationKind(entry.type) === 'osloader') problems.push(...loaderProblems(store, entry, options));
  return problems;
}

/** What starts when nobody chooses: `default`, else the first entry of `displayorder`. */
export function defaultEntry(store: BcdStore, manager: BcdObject): BcdObject | undefined {
  const chosen = manager.elements.find(({ id }) => id === bootManagerElement.default)?.value;
  const order = manager.elements.find(({ id }) => id === bootManagerElement.displayorder)?.value;
  const first = order?.kind === 'objectList' ? order.ids[0] : undefined;
  const wanted = chosen?.kind === 'object' ? chosen.id : first;
  return store.objects.find(({ id }) => id === wanted);
}
