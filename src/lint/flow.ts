/**
 * Where a run may be at each item: in Windows PE or the full OS, with which constants, after which steps. Every way is followed;
 * what two ways do not share is not known. A step that cannot run where it is reached ends that way (configmgr-formats 4.3).
 */
import { variableKey } from '../model/index.ts';
import { evaluateAll, type VariableLookup } from '../sequence/index.ts';
import { contradicts } from './contradiction.ts';
import { stepFlow } from './step-flow.ts';
import type { Environment, Node, Reach, World, Worlds } from './types.ts';

const NOWHERE: Worlds = new Map();

interface Ends {
  readonly done: Worlds;
  /** Where the run may be when a step inside has failed. */
  readonly failed: Worlds;
  readonly endedBy: Node | undefined;
}

/** What is known at every item that is enabled. */
export function flowOf(top: readonly Node[], start: readonly Environment[]): ReadonlyMap<Node, Reach> {
  const reaches = new Map<Node, Reach>();
  const first: Worlds = new Map(start.map((environment) => [environment, { values: new Map(), done: new Set() }]));
  followList(top, first, undefined, reaches);
  return reaches;
}

function followList(nodes: readonly Node[], first: Worlds, ended: Node | undefined, reaches: Map<Node, Reach>): Ends {
  let now = first;
  let failed = NOWHERE;
  let endedBy = ended;
  for (const node of nodes) {
    if (node.item.enabled === false) continue;
    const reached = now;
    const runs = worldsWhere(node, reached, (verdict) => verdict !== false);
    reaches.set(node, { reached, runs, endedBy: reached.size === 0 ? endedBy : undefined });
    const passes = worldsWhere(node, reached, (verdict) => verdict !== true);
    const inner = follow(node, runs, endedBy, reaches);
    const goesOn = node.item.continueOnError === true;
    now = joinWorlds(passes, goesOn ? joinWorlds(inner.done, inner.failed) : inner.done);
    if (!goesOn) failed = joinWorlds(failed, inner.failed);
    if (now.size === 0 && reached.size > 0) endedBy = inner.endedBy ?? node;
  }
  return { done: now, failed, endedBy };
}

function follow(node: Node, runs: Worlds, endedBy: Node | undefined, reaches: Map<Node, Reach>): Ends {
  if (node.item.kind === 'group' || node.inside.length > 0) return followList(node.inside, runs, endedBy, reaches);
  let done = NOWHERE;
  let failed = NOWHERE;
  const { item } = node;
  for (const [environment, world] of runs) {
    const { after, ends } = stepFlow(item, environment, world, runs.size);
    failed = joinWorlds(failed, joinWorlds(new Map([[environment, world]]), after));
    if (!ends) done = joinWorlds(done, after);
  }
  return { done, failed, endedBy: done.size === 0 && runs.size > 0 ? node : undefined };
}

function worldsWhere(node: Node, worlds: Worlds, wanted: (verdict: boolean | 'unknown') => boolean): Worlds {
  return new Map([...worlds].filter(([environment, world]) => wanted(verdictIn(node, environment, world))));
}

/** Whether the condition of an item holds in one world. */
function verdictIn({ item }: Node, environment: Environment, world: World): boolean | 'unknown' {
  const { verdict } = evaluateAll(item.condition, { variable: lookupOf(environment, world), facts: {} });
  return verdict === 'unknown' && contradicts(item.condition ?? []) ? false : verdict;
}

/** What is known of a variable by the sequence alone. */
export function lookupOf(environment: Environment, { values }: World): VariableLookup {
  return (name) => {
    const key = variableKey(name.trim());
    if (key === '_SMSTSINWINPE') return { state: 'set', value: environment === 'WinPE' ? 'true' : 'false' };
    const value = values.get(key);
    if (value === undefined) return { state: 'unknown', why: 'the sequence alone does not say it' };
    return value === '' ? { state: 'missing' } : { state: 'set', value };
  };
}

/** Where either may be. */
export function joinWorlds(a: Worlds, b: Worlds): Worlds {
  if (a.size === 0) return b;
  if (b.size === 0 || a === b) return a;
  const joined = new Map(a);
  for (const [environment, world] of b) {
    const other = a.get(environment);
    joined.set(environment, other === undefined ? world : joinWorld(other, world));
  }
  return joined;
}

function joinWorld(a: World, b: World): World {
  if (a === b) return a;
  return {
    values: new Map([...a.values].filter(([key, value]) => b.values.get(key) === value)),
    done: new Set([...a.done].filter((mark) => b.done.has(mark))),
  };
}
