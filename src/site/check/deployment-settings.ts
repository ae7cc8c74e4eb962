/** Settings that do not go with purpose, availability or each other (DEP-24 to DEP-54, CACHE-07). */
import type { NodePath, SiteObject } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { deployingSteps, stepsWith } from '../sequence-effects.ts';
import type { Check, CheckContext } from './types.ts';

type DeploymentObject = SiteObject<'deployment'>;

export const checkDeploymentSettings: Check = (context) => {
  for (const deployment of context.site.all('deployment')) {
    checkPurpose(context, deployment);
    checkSchedule(context, deployment);
    checkInternet(context, deployment);
  }
};

function checkPurpose({ report }: CheckContext, deployment: DeploymentObject): void {
  const { purpose, wakeUp, preDownload, userExperience } = deployment.value;
  const refuse = (path: NodePath, message: string) =>
    report(deployment, path, { code: siteCode.SITE_PURPOSE, message });
  if (wakeUp === true && purpose !== 'required')
    refuse(['wakeUp'], 'wake-up packets are sent at a deadline: only with purpose required (DEP-24)');
  if (preDownload === true && purpose !== 'available') {
    refuse(['preDownload'], 'content is pre-downloaded for what users start: only with purpose available (CACHE-07)');
  }
  if (userExperience?.runIndependently === false && purpose === 'available') {
    refuse(['userExperience', 'runIndependently'], 'an available sequence is always started by users (DEP-50)');
  }
}

/** A date as a number that compares; local and UTC dates compare only among themselves. */
const compares = (a: string, b: string) => a.endsWith('Z') === b.endsWith('Z');
const plain = (date: string) => date.replace(' ', 'T').replace('Z', '').padEnd(19, ':00');

function checkSchedule({ report }: CheckContext, deployment: DeploymentObject): void {
  const { schedule = {}, purpose, availableTo = 'clients' } = deployment.value;
  const { available, expires, assignments, rerun } = schedule;
  const find = (path: NodePath, message: string, severity: 'error' | 'warning') =>
    report(deployment, path, { code: siteCode.SITE_SCHEDULE, message, severity });
  if (
    available !== undefined &&
    expires !== undefined &&
    compares(available, expires) &&
    plain(expires) <= plain(available)
  ) {
    find(['schedule', 'expires'], `it expires at ${expires}, not after it becomes available at ${available}`, 'error');
  }
  const onlyPe = availableTo === 'mediaAndPxe' || availableTo === 'mediaAndPxeHidden';
  if (onlyPe && (available ?? expires ?? assignments) !== undefined) {
    find(
      ['schedule'],
      'Windows PE evaluates no schedule, and this deployment is for media and PXE only: it has no effect (DEP-31)',
      'warning',
    );
  }
  if (purpose === 'available' && assignments !== undefined && assignments.length > 0) {
    find(['schedule', 'assignments'], 'assignments say when a required sequence runs (DEP-36)', 'error');
  }
  if (purpose === 'available' && rerun !== undefined) {
    find(['schedule', 'rerun'], 'rerun behaviour has no effect without a required assignment (DEP-41)', 'warning');
  }
  if (purpose === 'required' && !onlyPe && (assignments ?? []).length === 0) {
    find([], 'a required deployment to clients without an assignment never runs by itself (DEP-41)', 'warning');
  }
  (assignments ?? []).forEach(({ at }, index) => {
    if (at === undefined || expires === undefined || !compares(at, expires) || plain(at) < plain(expires)) return;
    find(
      ['schedule', 'assignments', index],
      `this assignment is not before the deployment expires at ${expires}`,
      'error',
    );
  });
}

function checkInternet({ site, report }: CheckContext, deployment: DeploymentObject): void {
  const { userExperience, content } = deployment.value;
  const sequence = site.find('taskSequence', deployment.value.taskSequence);
  if (sequence?.value === undefined) return;
  const refuse = (path: NodePath, message: string, severity: 'error' | 'warning' = 'error') =>
    report(deployment, path, { code: siteCode.SITE_INTERNET, message, severity });
  if (userExperience?.internetClients === true) {
    const [found] = stepsWith(site, sequence, [
      'applies-system',
      'partitions-disk',
      'installs-software',
      'captures-image',
    ]);
    const upgrades = stepsWith(site, sequence, ['upgrades-system']).length > 0;
    if (found && !upgrades) {
      const message = `clients on the Internet run generic scripts and in-place upgrades only; the step ${JSON.stringify(found.step.name)} is neither (DEP-54)`;
      refuse(['userExperience', 'internetClients'], message);
    }
  }
  if (content?.meteredNetwork === true) {
    const deploys = deployingSteps(site, sequence).length > 0;
    const message = deploys
      ? 'an operating system is not downloaded over metered connections (DEP-25)'
      : 'downloads over metered connections are documented as not supported for task sequences (DEP-25)';
    refuse(['content', 'meteredNetwork'], message, deploys ? 'error' : 'warning');
  }
}
