/** Passwords that a step asks for and nobody has given: not in the step, not by a variable. */
import { type Step, variableKey } from '../../model/index.ts';
import { stateOf } from '../../sequence/index.ts';
import { isStepType, stepType } from '../../steps/index.ts';
import { planCode } from '../codes.ts';
import { found, type Found } from '../findings.ts';
import { isOn } from '../flag.ts';
import type { RunState } from '../state.ts';
import type { StepRule } from './types.ts';

interface Need {
  readonly property: string;
  readonly what: string;
  readonly asks: (step: Step) => boolean;
}

const given = (step: Step, property: string): boolean =>
  step.with[property] !== undefined && step.with[property] !== '';
const isDomain = (type: string) => (step: Step) =>
  step.with[type] === undefined ? given(step, 'DomainName') : Number(step.with[type]) === 0;
const runsAsUser = (step: Step): boolean => isOn(step.with['RunAsUser']);

/** When which step asks for which password (configmgr-formats 4.6, 6.4). */
const NEEDS: Readonly<Record<string, readonly Need[]>> = {
  'join-domain-or-workgroup': [
    { property: 'DomainPassword', what: 'the account that joins the domain', asks: isDomain('Type') },
  ],
  'apply-network-settings': [
    { property: 'DomainPassword', what: 'the account that joins the domain', asks: isDomain('NetworkJoinType') },
  ],
  'connect-to-network-folder': [
    { property: 'Password', what: 'the account that connects', asks: (step) => given(step, 'Username') },
  ],
  'capture-operating-system-image': [
    { property: 'CapturePassword', what: 'the account of the share', asks: (step) => given(step, 'CaptureUsername') },
  ],
  'run-command-line': [{ property: 'UserPassword', what: 'the account that it runs as', asks: runsAsUser }],
  'run-powershell-script': [{ property: 'UserPassword', what: 'the account that it runs as', asks: runsAsUser }],
  'run-mdt-command-line': [{ property: 'UserPassword', what: 'the account that it runs as', asks: runsAsUser }],
  'restore-user-state': [
    {
      property: 'LocalAccountPassword',
      what: 'local accounts that are restored',
      asks: (step) => isOn(step.with['LocalAccounts']),
    },
  ],
};

export const secretRule: StepRule = ({ original, state }) => {
  const findings: Found[] = [];
  for (const { property, what, asks } of NEEDS[original.type] ?? []) {
    if (!asks(original) || isGiven(original, property, state)) continue;
    const message = `the password of ${what} is not given (property ${property}${byVariable(original, property)})`;
    findings.push(found('error', planCode.PLAN_SECRET_MISSING, message));
  }
  const { DoNotShowVariableValue: hidden, HiddenVariableValue: value, VariableValue: plain } = original.with;
  if (isOn(hidden) && (value ?? plain ?? '') === '') {
    findings.push(found('error', planCode.PLAN_SECRET_MISSING, 'the hidden value of the variable is not given'));
  }
  const { Rules } = original.with;
  const rules = typeof Rules === 'object' && 'rules' in Rules ? Rules.rules : [];
  for (const { name, value: text, secret } of rules.flatMap(({ variables }) => variables)) {
    if (secret !== true || text !== '') continue;
    findings.push(found('error', planCode.PLAN_SECRET_MISSING, `the secret value of ${name} is not given`));
  }
  return findings;
};

function variableOf(step: Step, property: string): string | undefined {
  return isStepType(step.type) ? stepType(step.type).definition.properties[property]?.variable : undefined;
}

function byVariable(step: Step, property: string): string {
  const variable = variableOf(step, property);
  return variable === undefined ? '' : `, variable ${variable}`;
}

/** In the step, or by its variable; a value that only the run will know counts as given. */
function isGiven(step: Step, property: string, { variables }: RunState): boolean {
  const variable = variableOf(step, property);
  const global = variable === undefined ? undefined : variables.get(variableKey(variable));
  if (stateOf(global).state !== 'missing') return true;
  const value = step.with[property];
  if (typeof value === 'object' && 'sealed' in value) return true;
  const name = typeof value === 'string' ? /^%([A-Za-z_][A-Za-z0-9_-]*)%$/.exec(value)?.[1] : undefined;
  if (name !== undefined) return stateOf(variables.get(variableKey(name))).state !== 'missing';
  return typeof value === 'string' && value !== '';
}
