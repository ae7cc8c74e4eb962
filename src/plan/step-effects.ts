/** What a step leaves behind: environment, system on the disk, disks, state. It is taken to succeed; rules tell what would not. */
import type { OperatingSystem, Site, Step } from '../model/index.ts';
import type { ItemPath, MachineFacts } from '../sequence/index.ts';
import { isStepType, stepType } from '../steps/index.ts';
import { madeDisk, targetDisk } from './disk-layout.ts';
import { isOn } from './flag.ts';
import { engineSets } from './set-variables.ts';
import { CACHE_FOLDER } from './start.ts';
import { type RunState, withoutSystem } from './state.ts';
import type { PlannedItem } from './types.ts';

export type Restart = PlannedItem['restart'];

const has = (step: Step, effect: string): boolean =>
  isStepType(step.type) && (stepType(step.type).definition.effects as readonly string[]).includes(effect);

/** Where the restart of a step leads; null: it makes none. */
export function restartOf(step: Step, { environment }: RunState): Restart {
  switch (step.type) {
    case 'restart-computer':
      return step.with['Target'] === 'WinPE' ? 'Windows PE' : 'the installed Windows';
    case 'prepare-windows-for-capture':
      return isOn(step.with['ShutdownPreparedOs']) ? 'shut down' : 'Windows PE';
    case 'join-domain-or-workgroup':
      return isOn(step.with['SkipReboot']) ? null : 'the installed Windows';
    case 'upgrade-operating-system':
      return isOn(step.with['ScanOnly']) ? null : 'the installed Windows';
    case 'setup-windows-and-configmgr':
      return environment === 'FullOS' ? null : 'the installed Windows';
    default:
      return has(step, 'restarts') ? 'the installed Windows' : null;
  }
}

/** The state after the step, its variables aside. `takesContent`: it fetches something onto the device. */
export function afterStep(
  site: Site,
  step: Step,
  path: ItemPath,
  before: RunState,
  { takesContent, firmware }: { readonly takesContent: boolean; readonly firmware: MachineFacts['firmware'] },
): RunState {
  let state = before;
  const restart = restartOf(step, before);
  // Content of a run that began in Windows, and its boot image, lie on the disk from then on (VAR-13).
  const caches = takesContent || restart === 'Windows PE';
  if (
    before.environment === 'FullOS' &&
    caches &&
    before.system.kind !== 'applied' &&
    !before.variables.has('_SMSTSCLIENTCACHE')
  ) {
    state = engineSets(state, '_SMSTSClientCache', CACHE_FOLDER);
  }
  if (has(step, 'partitions-disk')) state = partitioned(step, path, state, firmware);
  if (has(step, 'applies-system')) state = applied(site, step, path, state);
  if (step.type === 'upgrade-operating-system' && !isOn(step.with['ScanOnly'])) state = upgraded(state);
  if (step.type === 'capture-user-state') state = { ...state, localState: localStateOf(step, path, state) };
  if (step.type === 'join-domain-or-workgroup') state = joined(step, state);
  if (restart === null || restart === 'shut down') return state;
  const environment = restart === 'Windows PE' ? 'WinPE' : 'FullOS';
  if (state.environment !== environment) {
    state = engineSets({ ...state, environment }, '_SMSTSInWinPE', String(environment === 'WinPE'));
  }
  const { system } = state;
  const ready = environment === 'FullOS' && system.kind === 'applied';
  return ready ? { ...state, system: { ...system, ready } } : state;
}

function partitioned(step: Step, path: ItemPath, state: RunState, firmware: MachineFacts['firmware']): RunState {
  const { index, disk } = madeDisk(step, path, firmware);
  const { disks, ...machine } = state.machine;
  const known = disks?.map((each) => {
    if (each.index !== index) return each;
    const { partitions: _gone, ...rest } = each;
    return { ...rest, partitionStyle: disk.style };
  });
  const target = targetDisk(state);
  const wipes = index === target;
  return {
    ...state,
    machine: { ...(wipes ? withoutSystem(machine) : machine), ...(known ? { disks: known } : {}) },
    disks: new Map(state.disks).set(index, disk),
    system: wipes ? { kind: 'none' } : state.system,
    localState: wipes ? undefined : state.localState,
    ...(wipes ? { variables: without(state.variables, '_SMSTSCLIENTCACHE') } : {}),
  };
}

/** Into a domain, or out of it. */
function joined(step: Step, state: RunState): RunState {
  const { Type: type, DomainName: name } = step.with;
  const domain = Number(type) === 1 || name === undefined ? null : name;
  const { domain: _left, ...machine } = state.machine;
  return { ...state, machine: typeof domain === 'string' || domain === null ? { ...machine, domain } : machine };
}

function without(variables: RunState['variables'], key: string): RunState['variables'] {
  const kept = new Map(variables);
  kept.delete(key);
  return kept;
}

/** The image that a step applies: the one of its index, or the only one. */
export function editionOf(
  { editions = [] }: Pick<OperatingSystem, 'editions'>,
  index: unknown,
): NonNullable<OperatingSystem['editions']>[number] | undefined {
  const number = typeof index === 'number' ? index : Number(index);
  return editions.find((edition) => edition.index === number) ?? (index === undefined ? editions[0] : undefined);
}

/** Client or server by the names of an edition; undefined: they do not say. */
export function productTypeOf(names: readonly (string | undefined)[]): 1 | 3 | undefined {
  const text = names.filter((name) => name !== undefined).join(' ');
  if (/server/i.test(text)) return 3;
  return /enterprise|pro|education|home|core|windows (7|8|10|11)/i.test(text) ? 1 : undefined;
}

function applied(site: Site, step: Step, path: ItemPath, state: RunState): RunState {
  const reference = step.with['ImagePackageID'] ?? step.with['OSGUID'];
  const image = typeof reference === 'string' ? site.find('operatingSystem', reference)?.value : undefined;
  const edition = image && editionOf(image, step.with['ImageIndex']);
  const architecture = edition?.architecture ?? image?.architecture;
  const version = edition?.version ?? image?.version;
  const build = version?.split('.')[2];
  const productType = productTypeOf([edition?.edition, edition?.name, image?.name]);
  return {
    ...state,
    // MDT goes on in the new Windows by itself.
    system: { kind: 'applied', by: path, ready: step.type === 'install-operating-system' },
    machine: {
      ...withoutSystem(state.machine),
      runningSystem: {
        windowsFolder: 'C:\\Windows',
        winPE: false,
        ...(architecture === undefined ? {} : { architecture }),
        ...(version === undefined ? {} : { version }),
        ...(build === undefined ? {} : { build }),
        ...(productType === undefined ? {} : { productType }),
        ...(image?.language === undefined ? {} : { language: Number(image.language) }),
      },
    },
  };
}

/** Whether Windows Setup went through or back is known afterwards only: what depends on the version is unknown. */
function upgraded(state: RunState): RunState {
  const { runningSystem, files: _files, registry: _registry, ...machine } = state.machine;
  if (!runningSystem) return { ...state, machine };
  const { version: _version, build: _build, caption: _caption, freeSpace: _free, ...kept } = runningSystem;
  return { ...state, machine: { ...withoutOperatingSystem(machine), runningSystem: kept } };
}

function withoutOperatingSystem(machine: MachineFacts): MachineFacts {
  const { wmi, ...rest } = machine;
  if (!wmi) return rest;
  return {
    ...rest,
    wmi: Object.fromEntries(Object.entries(wmi).filter(([name]) => !/^Win32_OperatingSystem$/i.test(name))),
  };
}

/** User state on the device's own disk: by hard links, or in a folder with a drive letter (STATE-05, STATE-06). */
function localStateOf(step: Step, path: ItemPath, state: RunState): RunState['localState'] {
  if (isOn(step.with['UseHardlinks'])) return { by: path, how: 'by hard links' };
  const variable = state.variables.get('OSDSTATESTOREPATH');
  const store = variable?.value;
  if (typeof store === 'string' && /^([A-Za-z]:|%)/.test(store)) {
    return { by: path, how: variable?.hidden === true ? 'in a folder' : `in ${store}` };
  }
  return undefined;
}
