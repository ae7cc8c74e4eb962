/**
 * The variables with which a run starts: whose value holds. Weakest first: built-in, site, collections by priority, device, medium,
 * what was given for this run (configmgr-formats 6.1, VAR-02, VAR-06). On stand-alone media the medium is the only source (VAR-20).
 */
import type { Problem } from '../../core/index.ts';
import { modelCode, variableKey } from '../../model/index.ts';
import { sequenceCode } from '../codes.ts';
import { MAXIMUM_DEVICE_VARIABLES } from '../limits.ts';
import { showOrigin, type VariableOrigin } from './origin.ts';
import { checkGiven, type GivenVariable, onTop, type RunVariable, type RunVariables } from './run-variables.ts';

export interface CollectionVariables {
  readonly id: string;
  readonly name: string;
  /** The higher wins; undefined is 1. Of equal ones the highest id wins (VAR-06). */
  readonly priority?: number;
  readonly variables: readonly GivenVariable[];
}

export interface VariableSources {
  /** What the engine knows at the start; only here may names start with `_`. */
  readonly builtIn?: readonly GivenVariable[];
  readonly site?: readonly GivenVariable[];
  /** Those that the device is a member of, in any order. */
  readonly collections?: readonly CollectionVariables[];
  /** None for unknown computers (VAR-10). */
  readonly device?: { readonly name: string; readonly variables: readonly GivenVariable[] };
  readonly medium?: {
    readonly name: string;
    readonly standAlone: boolean;
    readonly variables: readonly GivenVariable[];
  };
  /** For this run: a plan's `--set`, a prestart command, a user's change before the start. */
  readonly given?: readonly GivenVariable[];
}

/** Priority of a collection's variables where it has none (VAR-06). */
export const DEFAULT_COLLECTION_PRIORITY = 1;

/**
 * Whose value each variable has at the start. Breaches of the rules for names and values, a name given twice in one place, and more
 * than 1000 variables of a device (VAR-09) are problems; a variable that breaks a rule is left out. The order of the lists does
 * not matter.
 */
export function startVariables(sources: VariableSources): {
  readonly variables: RunVariables;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const variables = new Map<string, RunVariable>();
  for (const { origin, given } of layersOf(sources)) {
    for (const variable of checkedList(given, origin, problems)) {
      const key = variableKey(variable.name.trim());
      variables.set(key, onTop(variable, origin, variables.get(key)));
    }
  }
  return { variables, problems };
}

interface Layer {
  readonly origin: VariableOrigin;
  readonly given: readonly GivenVariable[];
}

/** Weakest first. */
function layersOf({ builtIn, site, collections, device, medium, given }: VariableSources): Layer[] {
  const ofSite: Layer[] = [
    { origin: { kind: 'site' }, given: site ?? [] },
    ...(collections ?? [])
      .map((each) => ({ ...each, priority: each.priority ?? DEFAULT_COLLECTION_PRIORITY }))
      .sort((a, b) => a.priority - b.priority || order(a.id, b.id) || order(a.name, b.name))
      .map(
        ({ id, name, priority, variables }): Layer => ({
          origin: { kind: 'collection', id, name, priority },
          given: variables,
        }),
      ),
    ...(device ? [{ origin: { kind: 'device', name: device.name } as const, given: device.variables }] : []),
  ];
  return [
    { origin: { kind: 'built-in' }, given: builtIn ?? [] },
    ...(medium?.standAlone === true ? [] : ofSite),
    ...(medium ? [{ origin: { kind: 'medium', name: medium.name } as const, given: medium.variables }] : []),
    { origin: { kind: 'given' }, given: given ?? [] },
  ];
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One list without what breaks a rule, sorted; of a name given twice the first by spelling stays. */
function checkedList(given: readonly GivenVariable[], origin: VariableOrigin, problems: Problem[]): GivenVariable[] {
  const place = showOrigin(origin);
  const refuse = (code: string, message: string, hint?: string): void => {
    problems.push({ code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) });
  };
  if (origin.kind === 'device' && given.length > MAXIMUM_DEVICE_VARIABLES) {
    const message = `${place} has ${given.length} variables, at most ${MAXIMUM_DEVICE_VARIABLES} are allowed`;
    refuse(sequenceCode.SEQUENCE_DEVICE_VARIABLES, message, 'Give what many devices share to a collection.');
  }
  const keyOf = ({ name }: GivenVariable): string => variableKey(name.trim());
  // Secrets are dots in JSON; of two with one name the problem tells anyway.
  const shown = ({ name, value }: GivenVariable): string => JSON.stringify([name, value]);
  const sorted = [...given].sort((a, b) => order(keyOf(a), keyOf(b)) || order(shown(a), shown(b)));
  const seen = new Set<string>();
  return sorted.filter((variable) => {
    const problem = checkGiven(variable, origin);
    const twice = !problem && seen.has(keyOf(variable));
    if (problem) problems.push(problem);
    if (twice) refuse(modelCode.MODEL_VARIABLE_TWICE, `${place}: ${variable.name.trim()} is given twice`);
    seen.add(keyOf(variable));
    return !problem && !twice;
  });
}
