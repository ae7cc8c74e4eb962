/** Variables that a step sets for those after it, as far as they can be known before it runs. */
import { isPasswordVariable, type SealedText, type Step } from '../model/index.ts';
import {
  evaluateAll,
  expand,
  type GivenVariable,
  isReadOnlyVariable,
  type ItemPath,
  type MachineFacts,
  setVariable,
  showPath,
  type VariableOrigin,
  type VariableValue,
} from '../sequence/index.ts';
import { isStepType, stepType } from '../steps/index.ts';
import { planCode } from './codes.ts';
import { found, type Found } from './findings.ts';
import { joinStates, lookupOf, type RunState } from './state.ts';

export interface VariablesSet {
  readonly state: RunState;
  readonly findings: readonly Found[];
}

/**
 * `facts` are those of the moment. Names come from the step with its `%NAME%` replaced, values from the original: what a replacement
 * brings is not looked at again.
 */
export function setByStep(
  step: Step,
  original: Step,
  path: ItemPath,
  state: RunState,
  facts: MachineFacts,
): VariablesSet {
  const origin: VariableOrigin = { kind: 'step', name: step.name, place: showPath(path) };
  const findings: Found[] = [];
  const put = (before: RunState, given: GivenVariable): RunState => {
    const { variables, problem } = setVariable(before.variables, given, origin);
    if (problem) findings.push(found('error', planCode.PLAN_VARIABLE, problem.message, problem.hint));
    return { ...before, variables };
  };
  if (step.type === 'set-task-sequence-variable') {
    return { state: putVariable(step.with['VariableName'], original, state, put), findings };
  }
  let next = state;
  if (step.type === 'set-dynamic-variables') {
    const { Rules } = step.with;
    const rules = typeof Rules === 'object' && 'rules' in Rules ? Rules.rules : [];
    next = putMachineNames(next, facts);
    for (const { condition, variables } of rules) {
      const { verdict } = evaluateAll(condition, { variable: lookupOf(next), facts });
      if (verdict === false) continue;
      const ran = variables.reduce(
        (now, { name, value, secret }) =>
          put(now, { name, ...valueOf(value, now), ...(secret === true ? { hidden: true } : {}) }),
        next,
      );
      next = verdict === true ? ran : joinStates(next, ran, path);
    }
    return { state: next, findings };
  }
  const output = step.with['OutputVariableName'];
  const list = step.type === 'download-package-content' ? step.with['DestinationVariable'] : undefined;
  const names = [
    ...(isStepType(step.type) ? stepType(step.type).definition.sets : []),
    ...(typeof output === 'string' && output !== '' ? [output] : []),
    ...(typeof list === 'string' && list !== '' ? packageNames(list, step) : []),
    ...namesInScript(step),
  ];
  for (const name of names) {
    const value: VariableValue = { unknown: `step ${showPath(path)} sets it while it runs` };
    next = isReadOnlyVariable(name) ? engineSets(next, name, value) : put(next, { name, value });
  }
  if (step.type === 'gather') next = { ...next, gathered: `step ${showPath(path)} ${JSON.stringify(step.name)}` };
  return { state: next, findings };
}

/** What the engine says of the step that ran last; every step changes it, so that plans do not list it with each. */
export const LAST_ACTION = ['_SMSTSLastActionName', '_SMSTSLastActionRetCode', '_SMSTSLastActionSucceeded'] as const;

/** The state after a step ran: how it ended is known to the run alone. */
export function afterAction(state: RunState, step: Step, path: ItemPath): RunState {
  const [name, code, succeeded] = LAST_ACTION;
  const value: VariableValue = { unknown: `step ${showPath(path)} decides it when it ends` };
  return engineSets(engineSets(engineSets(state, name, step.name), code, value), succeeded, value);
}

/** What only the engine may set. */
export function engineSets(state: RunState, name: string, value: VariableValue): RunState {
  return { ...state, variables: setVariable(state.variables, { name, value }, { kind: 'engine' }).variables };
}

function putVariable(
  name: unknown,
  step: Step,
  state: RunState,
  put: (before: RunState, given: GivenVariable) => RunState,
): RunState {
  const { VariableValue: plain, HiddenVariableValue: secret, DoNotShowVariableValue: hide } = step.with;
  if (typeof name !== 'string' || name === '') return state;
  const hidden = hide === true || secret !== undefined || isPasswordVariable(name);
  const value = secret ?? plain ?? '';
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  if (typeof text !== 'string' && !(typeof text === 'object' && 'sealed' in text)) return state;
  return put(state, { name, ...valueOf(text, state), ...(hidden ? { hidden } : {}) });
}

/** The text with what is known put in; unknown where a part of it is. */
function valueOf(value: string | SealedText, state: RunState): Pick<GivenVariable, 'value' | 'hidden'> {
  if (typeof value !== 'string') return { value, hidden: true };
  const expanded = expand(value, lookupOf(state));
  const [unknown] = expanded.unknown;
  if (unknown) return { value: { unknown: `%${unknown.name}% is not known: ${unknown.why}` } };
  return { value: expanded.text, ...(expanded.hidden ? { hidden: true } : {}) };
}

/** X01, X02 ... in the order of the packages (VAR-18). */
function packageNames(base: string, step: Step): string[] {
  const packages = step.with['DownloadPackages'];
  const count = Array.isArray(packages)
    ? packages.length
    : typeof packages === 'string'
      ? packages.split(',').length
      : 0;
  return Array.from({ length: count }, (_, index) => `${base}${String(index + 1).padStart(2, '0')}`);
}

/** What a script in the step itself assigns by the documented object; scripts in packages cannot be looked into. */
function namesInScript(step: Step): string[] {
  const text = step.with['SourceScript'];
  if (typeof text !== 'string') return [];
  return [...text.matchAll(/\.Value\(\s*["']([A-Za-z][A-Za-z0-9_-]{0,255})["']\s*\)\s*=/g)].map(
    ([, name]) => name as string,
  );
}

/** Set Dynamic Variables puts what the machine is into variables of the engine. */
function putMachineNames(state: RunState, facts: MachineFacts): RunState {
  const list = (texts: readonly string[] | undefined) => texts?.join(',');
  const known: Readonly<Record<string, string | undefined>> = {
    _SMSTSMake: facts.manufacturer,
    _SMSTSModel: facts.model,
    _SMSTSMacAddresses: list(facts.macAddresses),
    _SMSTSIPAddresses: list(facts.networkAdapters?.flatMap(({ ipAddresses }) => ipAddresses ?? [])),
    _SMSTSSerialNumber: facts.serialNumber,
    _SMSTSAssetTag: facts.assetTag,
    _SMSTSUUID: facts.smbiosGuid,
    _SMSTSDefaultGateways: list(facts.networkAdapters?.flatMap(({ gateways }) => gateways ?? [])),
  };
  return Object.entries(known).reduce(
    (now, [name, value]) => engineSets(now, name, value ?? { unknown: 'the facts do not say it' }),
    state,
  );
}
