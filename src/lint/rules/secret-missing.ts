/** IO-11, IO-12: what no export holds must be typed again: passwords beside their accounts, values that are marked secret. */
import { type Step, variableKey } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { at, atProperty, named } from '../finding.ts';
import { definitionOf, flagOf, isGiven, lacksSecret } from '../read-step.ts';
import type { LintFinding, LintRule, Node, Run } from '../types.ts';
import { namesSetBy, siteGives } from '../variables/givers.ts';

/** Accounts and their passwords, by step type. */
const PAIRS: Readonly<Record<string, readonly [account: string, password: string]>> = {
  'join-domain-or-workgroup': ['DomainUsername', 'DomainPassword'],
  'apply-network-settings': ['DomainUsername', 'DomainPassword'],
  'connect-to-network-folder': ['Username', 'Password'],
  'run-command-line': ['UserName', 'UserPassword'],
  'run-powershell-script': ['UserName', 'UserPassword'],
  'capture-operating-system-image': ['CaptureUsername', 'CapturePassword'],
};

export const secretMissing: LintRule = {
  code: lintCode.LINT_SECRET_MISSING,
  why: 'Passwords are in no export of ConfigMgr (IO-10), so an imported step would run without one.',
  check: (run) => run.steps.flatMap((node) => [...accountFindings(run, node), ...valueFindings(node)]),
};

function accountFindings(run: Run, node: Node<Step>): LintFinding[] {
  const pair = PAIRS[node.item.type];
  if (pair === undefined) return [];
  const [account, password] = pair;
  const runsAs = node.item.type.startsWith('run-') ? flagOf(node.item, 'RunAsUser') !== false : true;
  if (!runsAs || !isGiven(node.item, account) || !lacksSecret(node.item, password)) return [];
  const variable = definitionOf(node.item)?.properties[password]?.variable;
  if (variable !== undefined && isSet(run, variable)) return [];
  return [atProperty(node, account, 'error', `${named(node)}: ${account} is given and ${password} is missing`)];
}

/** Whether the site or a step gives the variable in place of the property. */
function isSet(run: Run, name: string): boolean {
  const byStep = run.steps.some(({ item }) => namesSetBy(item).some((each) => variableKey(each) === variableKey(name)));
  return byStep || siteGives(run.site, name);
}

function valueFindings(node: Node<Step>): LintFinding[] {
  const { item } = node;
  if (item.type === 'set-task-sequence-variable') {
    if (flagOf(item, 'DoNotShowVariableValue') !== true) return [];
    if (!lacksSecret(item, 'VariableValue') || !lacksSecret(item, 'HiddenVariableValue')) return [];
    return [atProperty(node, 'VariableName', 'error', `${named(node)}: the value is hidden, and it is missing`)];
  }
  const rules = item.type === 'set-dynamic-variables' ? item.with['Rules'] : undefined;
  if (typeof rules !== 'object' || !('rules' in rules)) return [];
  return rules.rules.flatMap(({ variables }, rule) =>
    variables.flatMap(({ name, value, secret }, index) => {
      if (secret !== true || (value !== '' && (typeof value === 'string' || value.sealed !== ''))) return [];
      const below = ['with', 'Rules', 'rules', rule, 'variables', index];
      return [
        at(node, 'error', `${named(node)}: ${name} is marked secret, and its value is missing (IO-12)`, { below }),
      ];
    }),
  );
}
