/** Software: scripts, packages, applications, downloads. */
import type { Problem } from '../../core/index.ts';
import type { Step } from '../../model/index.ts';
import { stepCode } from '../codes.ts';
import { runAsUserRule } from './account.ts';
import { doubtful, given, isTrue, known, wrong } from './problem.ts';

/** Run PowerShell Script: the script stands in the step, or is named in a package (4.5). */
export function powerShellRules(step: Step): readonly Problem[] {
  const problems = [...runAsUserRule(step)];
  const inline = given(step, 'SourceScript');
  const packaged = given(step, 'PackageID') || given(step, 'ScriptName');
  if (inline && packaged) {
    problems.push(
      wrong(stepCode.STEP_SOURCE, 'SourceScript is given beside a script of a package: a step runs one script'),
    );
  }
  if (!inline && !packaged)
    problems.push(wrong(stepCode.STEP_SOURCE, 'SourceScript is missing: there is no script to run'));
  if (!inline && packaged && !(given(step, 'PackageID') && given(step, 'ScriptName'))) {
    problems.push(wrong(stepCode.STEP_SOURCE, 'ScriptName and PackageID belong together: one is missing'));
  }
  return problems;
}

/** Install Application: from a list or from variables; TPL-32 for a list of one. */
export function applicationRules(step: Step): readonly Problem[] {
  const problems = [...oneSource(step, 'ApplicationName', 'applications'), ...counted(step, 'AppInfo', 'NumApps')];
  const applications = step.with['ApplicationName'];
  const count = Array.isArray(applications)
    ? applications.length
    : (known(step, 'ApplicationName')?.split(',').length ?? 0);
  if (count === 1 && isTrue(step, 'ContinueOnInstallError')) {
    problems.push(
      doubtful(
        stepCode.STEP_ONE_APPLICATION,
        'ContinueOnInstallError is true and there is one application: no other is left to go on with',
        'Use continueOnError of the step when the sequence is to go on.',
      ),
    );
  }
  return problems;
}

/** Install Package: package and program, or variables. */
export function packageRules(step: Step): readonly Problem[] {
  const problems = [...oneSource(step, 'PackageID', 'packages')];
  if (given(step, 'PackageID') && !given(step, 'ProgramName')) {
    problems.push(wrong(stepCode.STEP_SOURCE, 'ProgramName is missing: PackageID may have several programs'));
  }
  return problems;
}

/** Download Package Content: a folder for Custom only, and something to download. */
export function downloadRules(step: Step): readonly Problem[] {
  const problems = [...counted(step, 'PackageInfo', 'NumPackages')];
  const place = known(step, 'DestinationLocationType')?.toLowerCase();
  if (place === 'custom' && !given(step, 'DestinationCustomPath')) {
    problems.push(
      wrong(stepCode.STEP_DESTINATION, 'DestinationLocationType is Custom and DestinationCustomPath is missing'),
    );
  }
  if (place === 'ccmcache' && step.runIn === 'WinPE') {
    problems.push(
      wrong(stepCode.STEP_DESTINATION, 'DestinationLocationType is CCMCache, which Windows PE does not have'),
    );
  }
  if (!given(step, 'DownloadPackages')) {
    problems.push(wrong(stepCode.STEP_SOURCE, 'DownloadPackages is missing: there is nothing to download'));
  }
  return problems;
}

function oneSource(step: Step, list: string, what: string): readonly Problem[] {
  const named = given(step, list);
  const variables = given(step, 'BaseVariableName');
  if (named && variables) {
    return [wrong(stepCode.STEP_SOURCE, `BaseVariableName and ${list} are both given: ${what} come from one of them`)];
  }
  return named || variables
    ? []
    : [wrong(stepCode.STEP_SOURCE, `${list} is missing: neither it nor BaseVariableName names ${what}`)];
}

function counted(step: Step, list: string, count: string): readonly Problem[] {
  const items = step.with[list];
  const number = known(step, count);
  if (!Array.isArray(items) || number === undefined || number === String(items.length)) return [];
  return [
    wrong(stepCode.STEP_COUNT, `${count} is ${number} and ${list} has ${items.length}`, `Set it to ${items.length}.`),
  ];
}
