/** Accounts and memberships: run as another user, join a domain or a workgroup (TPL-25 to TPL-28). */
import type { Problem } from '../../core/index.ts';
import type { Step } from '../../model/index.ts';
import { stepCode } from '../codes.ts';
import { doubtful, given, isTrue, known, wrong } from './problem.ts';

/** Run as another account: it has a name, and there are no accounts in Windows PE (configmgr-formats 4.5). */
export function runAsUserRule(step: Step): readonly Problem[] {
  if (!isTrue(step, 'RunAsUser')) return [];
  const problems: Problem[] = [];
  if (!given(step, 'UserName')) {
    problems.push(
      doubtful(
        stepCode.STEP_RUN_AS_USER,
        'RunAsUser is true and UserName is missing',
        'Name the account, unless a variable does; or set it to false.',
      ),
    );
  }
  if (step.runIn === 'WinPE') {
    problems.push(
      wrong(
        stepCode.STEP_RUN_AS_USER,
        'RunAsUser is true in a step of Windows PE, which knows no other account: it would fail',
        'Run the step in the full OS, or without the account.',
      ),
    );
  }
  return problems;
}

/** Join Domain or Workgroup. */
export function joinRules(step: Step): readonly Problem[] {
  return membership(step, 'Type');
}

/** Apply Network Settings: membership, and as many adapters as the count says. */
export function networkRules(step: Step): readonly Problem[] {
  const problems = [...membership(step, 'NetworkJoinType')];
  const adapters = step.with['Adapters'];
  const count = known(step, 'NumAdapters');
  if (Array.isArray(adapters) && adapters.length > 0 && count !== String(adapters.length)) {
    problems.push(
      wrong(
        stepCode.STEP_COUNT,
        `NumAdapters is ${count ?? 'missing'} and there are ${adapters.length} adapters: the others are ignored`,
        `Set it to ${adapters.length}.`,
      ),
    );
  }
  return problems;
}

function membership(step: Step, type: string): readonly Problem[] {
  const kind = known(step, type);
  if (kind === '0' && !given(step, 'DomainName')) {
    return [wrong(stepCode.STEP_DOMAIN_NAME, `${type} is 0 (join a domain) and DomainName is missing`)];
  }
  if (kind === '1' && !given(step, 'WorkgroupName')) {
    return [wrong(stepCode.STEP_WORKGROUP_NAME, `${type} is 1 (join a workgroup) and WorkgroupName is missing`)];
  }
  if (kind === '0' && !given(step, 'DomainUsername')) {
    return [
      doubtful(
        stepCode.STEP_DOMAIN_ACCOUNT,
        `${type} is 0 (join a domain) and DomainUsername is missing`,
        'Name an account with rights to join, unless OSDJoinAccount is set elsewhere.',
      ),
    ];
  }
  return [];
}
