/** What one step leaves behind: environment, constants, marks; or that nothing follows it. */
import { type Step, variableKey } from '../model/index.ts';
import { exitCodeOf } from '../sequence/index.ts';
import { holdsVariable } from '../steps/index.ts';
import { definitionOf, flagOf, hasEffect, knownText, textOf } from './read-step.ts';
import type { Environment, World, Worlds } from './types.ts';

const BOTH: readonly Environment[] = ['WinPE', 'FullOS'];

export interface StepEnd {
  readonly after: Worlds;
  /** No way leads further. */
  readonly ends: boolean;
}

/**
 * A step that runs. Where it cannot run it ends this way, unless this is the only way (`ways`): then a rule tells it, and what
 * follows is judged as if it ran.
 */
export function stepFlow(step: Step, environment: Environment, world: World, ways: number): StepEnd {
  const fits = environmentsOf(step);
  const wrong = !fits.includes(environment);
  const here = wrong ? (fits[0] ?? environment) : environment;
  const next = environmentsAfter(step, here);
  const left = leave(step, world);
  const after = new Map(next.map((each): [Environment, World] => [each, left]));
  return { after, ends: (wrong && ways > 1) || alwaysEnds(step) };
}

/** Where a step can run: by its type, and by its own option. */
export function environmentsOf(step: Step): readonly Environment[] {
  const type = definitionOf(step)?.runIn ?? 'WinPEandFullOS';
  const fits = (each: Environment) => type === 'WinPEandFullOS' || type === each;
  const own = step.runIn ?? 'WinPEandFullOS';
  const both = BOTH.filter((each) => fits(each) && (own === 'WinPEandFullOS' || own === each));
  return both.length > 0 ? both : BOTH.filter(fits);
}

function environmentsAfter(step: Step, here: Environment): readonly Environment[] {
  switch (step.type) {
    case 'restart-computer': {
      const target = knownText(step, 'Target')?.toLowerCase();
      return target === 'winpe' ? ['WinPE'] : target === 'hd' ? ['FullOS'] : BOTH;
    }
    case 'setup-windows-and-configmgr':
      return ['FullOS'];
    case 'prepare-windows-for-capture':
      return ['WinPE'];
    case 'upgrade-operating-system':
      return ['FullOS'];
    case 'unknown':
      return BOTH;
    default:
      return mayRestart(step) ? BOTH : [here];
  }
}

/** Scripts and commands of which nobody knows what they do to variables. */
export function isOpaque(step: Step): boolean {
  const types = ['run-command-line', 'run-powershell-script', 'install-package', 'install-application', 'unknown'];
  return types.includes(step.type) || definitionOf(step)?.origin === 'mdt';
}

/** MDT's scripts restart into the system that they have set up. */
function mayRestart(step: Step): boolean {
  return definitionOf(step)?.origin === 'mdt' && /restart|reboot/i.test(textOf(step, 'CommandLine') ?? '');
}

function leave(step: Step, world: World): World {
  const done = new Set(world.done);
  for (const mark of marksOf(step)) done.add(mark);
  if (isOpaque(step)) return { values: new Map(), done };
  const values = new Map(world.values);
  for (const name of definitionOf(step)?.sets ?? []) values.delete(variableKey(name));
  if (step.type === 'set-dynamic-variables') return { values: new Map(), done };
  if (step.type !== 'set-task-sequence-variable') return { values, done };
  const name = knownText(step, 'VariableName')?.trim();
  if (name === undefined) return { values: new Map(), done };
  const value = step.with['VariableValue'] ?? '';
  const text = typeof value === 'object' ? undefined : String(value);
  const hidden = flagOf(step, 'DoNotShowVariableValue') !== false;
  if (text === undefined || hidden || holdsVariable(text)) values.delete(variableKey(name));
  else values.set(variableKey(name), text);
  return { values, done };
}

/** What later steps may rely on. */
function marksOf(step: Step): string[] {
  const marks: string[] = [step.type];
  if (hasEffect(step, 'applies-system')) marks.push('applies-system');
  if (step.type === 'format-and-partition-disk') marks.push(`partitioned:${textOf(step, 'DiskIndex') ?? '0'}`);
  return marks;
}

/** A step after which nothing can follow: it shuts down, or always fails. */
export function alwaysEnds(step: Step): boolean {
  if (step.type === 'prepare-windows-for-capture') return flagOf(step, 'ShutdownPreparedOs') === true;
  if (step.type !== 'run-command-line') return false;
  const code = /^\s*(?:cmd(?:\.exe)?\s+\/c\s+)?exit\s+(?:\/b\s+)?(\S+)\s*$/i.exec(
    textOf(step, 'CommandLine') ?? '',
  )?.[1];
  const exit = code === undefined ? undefined : exitCodeOf(code);
  if (exit === undefined) return false;
  const listed = textOf(step, 'SuccessCodes');
  if (listed !== undefined && holdsVariable(listed)) return false;
  const success = step.successCodes ?? listed?.split(/[\s,]+/).map(Number) ?? definitionOf(step)?.successCodes ?? [0];
  return !success.includes(exit);
}
