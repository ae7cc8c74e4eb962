/** What is known of machine and run at one moment of a plan; values never change in place, so that both branches can be followed. */
import type { Architecture } from '../model/index.ts';
import {
  builtinVariable,
  type ItemPath,
  joinVariables,
  lookupIn,
  type MachineFacts,
  type RunVariables,
  showPath,
  type VariableLookup,
} from '../sequence/index.ts';
import type { Environment } from './types.ts';

/** What would start from the disk. */
export type InstalledSystem =
  | { readonly kind: 'found' | 'none' | 'unknown' }
  /** By a step of this run; `ready`: Windows has gone through its setup. */
  | { readonly kind: 'applied'; readonly by: ItemPath; readonly ready: boolean };

/** A disk that this run has partitioned. */
export interface MadeDisk {
  readonly by: ItemPath;
  readonly style: 'gpt' | 'mbr';
  readonly efi: boolean;
  readonly bootable: boolean;
  /** Only on one of the ways that are joined here. */
  readonly unsure: boolean;
}

export interface RunState {
  readonly variables: RunVariables;
  readonly environment: Environment;
  /** Of the machine, with the system on its disk as `runningSystem`, whatever runs now. */
  readonly machine: MachineFacts;
  readonly system: InstalledSystem;
  readonly disks: ReadonlyMap<number, MadeDisk>;
  /** User state on the device's own disk. */
  readonly localState: { readonly by: ItemPath; readonly how: string } | undefined;
  /** Who may have set variables that nobody can know of: MDT's gathering. */
  readonly gathered: string | undefined;
}

/** The variables as conditions and texts see them. */
export function lookupOf({ variables, gathered }: RunState): VariableLookup {
  const lookup = lookupIn(variables);
  if (gathered === undefined) return lookup;
  return (name) => {
    const state = lookup(name);
    const own = state.state === 'missing' && !name.startsWith('_') && builtinVariable(name) === undefined;
    return own ? { state: 'unknown', why: `${gathered} may set it` } : state;
  };
}

/** After two ways of which nobody knows which one is taken; `path` is the item in doubt. */
export function joinStates(a: RunState, b: RunState, path: ItemPath): RunState {
  if (a === b) return a;
  const why = `it depends on whether ${showPath(path)} runs`;
  return {
    variables: joinVariables(a.variables, b.variables, why),
    environment: a.environment === b.environment ? a.environment : 'unknown',
    machine: joinFacts(a.machine, b.machine),
    system: same(a.system, b.system) ? a.system : joinSystems(a.system, b.system),
    disks: joinDisks(a.disks, b.disks),
    localState: a.localState ?? b.localState,
    gathered: a.gathered ?? b.gathered,
  };
}

/** Of two that were both applied the later one; else nobody knows. */
function joinSystems(a: InstalledSystem, b: InstalledSystem): InstalledSystem {
  return a.kind === 'applied' && b.kind === 'applied' ? { ...b, ready: a.ready && b.ready } : { kind: 'unknown' };
}

function joinDisks(a: RunState['disks'], b: RunState['disks']): RunState['disks'] {
  const joined = new Map<number, MadeDisk>();
  for (const [index, disk] of [...a, ...b]) {
    const both = a.has(index) && b.has(index) && same(a.get(index), b.get(index));
    joined.set(index, { ...disk, unsure: disk.unsure || !both });
  }
  return joined;
}

/** What both say; the rest is unknown. */
function joinFacts(a: MachineFacts, b: MachineFacts): MachineFacts {
  if (a === b) return a;
  const entries = Object.entries(a).filter(([key, value]) => same(value, (b as Record<string, unknown>)[key]));
  return Object.fromEntries(entries) as MachineFacts;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export interface WinPE {
  readonly architecture?: Architecture;
  readonly version?: string;
}

/** The facts that a condition is asked of: in Windows PE they are those of Windows PE. */
export function factsOfMoment({ machine, environment }: RunState, recorded: MachineFacts, winPE: WinPE): MachineFacts {
  const recordedInPE = recorded.runningSystem?.winPE === true;
  if (environment === 'FullOS' && !recordedInPE) return machine;
  if (environment === 'WinPE' && recordedInPE) return { ...machine, ...ofSystem(recorded) };
  const bare = withoutSystem(machine);
  if (environment !== 'WinPE') return bare;
  const { architecture, version } = winPE;
  const build = version?.split('.')[2];
  return {
    ...bare,
    // Windows PE is in no domain.
    domain: null,
    runningSystem: {
      winPE: true,
      windowsFolder: 'X:\\Windows',
      ...(architecture === undefined ? {} : { architecture }),
      ...(version === undefined ? {} : { version }),
      ...(build === undefined ? {} : { build }),
    },
  };
}

const SYSTEM_KEYS = ['name', 'domain', 'workgroup', 'runningSystem', 'files', 'registry', 'software', 'wmi'] as const;

function ofSystem(facts: MachineFacts): MachineFacts {
  const entries = SYSTEM_KEYS.flatMap((key) => (facts[key] === undefined ? [] : [[key, facts[key]] as const]));
  return Object.fromEntries(entries) as MachineFacts;
}

/** Recorded instances that are the same whatever system runs. */
const HARDWARE_CLASSES =
  /^(Win32_(Computer\w*Product|SystemEnclosure|BIOS|BaseBoard|Battery|Processor|PhysicalMemory|TpmInfo|Tpm|DiskDrive|VideoController)|MS_SystemInformation)$/i;

/** The machine without anything that a running system says of itself. */
export function withoutSystem(facts: MachineFacts): MachineFacts {
  const kept = Object.entries(facts).filter(([key]) => !(SYSTEM_KEYS as readonly string[]).includes(key));
  const wmi = Object.entries(facts.wmi ?? {}).filter(([name]) => HARDWARE_CLASSES.test(name));
  return { ...Object.fromEntries(kept), ...(wmi.length === 0 ? {} : { wmi: Object.fromEntries(wmi) }) };
}
