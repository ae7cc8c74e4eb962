/** What makes or changes a system: images, upgrade, names, keys, licences. */
import type { Problem } from '../../core/index.ts';
import type { Step } from '../../model/index.ts';
import { stepCode } from '../codes.ts';
import { destinationRule } from './destination.ts';
import { doubtful, given, isTrue, known, wrong } from './problem.ts';

/** Apply Operating System Image: one source, its index, one destination. */
export function applySystemRules(step: Step): readonly Problem[] {
  const problems = [...destinationRule(step)];
  const image = given(step, 'ImagePackageID');
  if (image === given(step, 'InstallPackageID')) {
    const message = image
      ? 'InstallPackageID and ImagePackageID are both given: a system has one source'
      : 'ImagePackageID is missing: there is nothing to apply';
    problems.push(wrong(stepCode.STEP_SOURCE, message));
  }
  if (image && !given(step, 'ImageIndex')) {
    problems.push(wrong(stepCode.STEP_SOURCE, 'ImageIndex is missing: ImagePackageID may hold several images'));
  }
  if (given(step, 'ConfigFilePackage') && !given(step, 'ConfigFileName')) {
    problems.push(wrong(stepCode.STEP_SOURCE, 'ConfigFileName is missing: ConfigFilePackage may hold several files'));
  }
  if (given(step, 'ConfigFileName') && !given(step, 'ConfigFilePackage')) {
    problems.push(doubtful(stepCode.STEP_SOURCE, 'ConfigFileName is given without ConfigFilePackage: it is not used'));
  }
  return problems;
}

/** Upgrade Operating System: one source, and a key of the right form. */
export function upgradeRules(step: Step): readonly Problem[] {
  const sources = ['InstallPackageID', 'InstallPath', 'FeatureUpdateAssignmentId'].filter((name) => given(step, name));
  const problems = [...productKeyRule(step, 'OsProductKey')];
  if (sources.length === 0) {
    problems.push(
      wrong(
        stepCode.STEP_SOURCE,
        'InstallPackageID is missing: there is nothing to upgrade from',
        'Give InstallPackageID, InstallPath or FeatureUpdateAssignmentId.',
      ),
    );
  }
  if (sources.length > 1) {
    problems.push(wrong(stepCode.STEP_SOURCE, `${sources.join(' and ')} are given: an upgrade has one source`));
  }
  return problems;
}

/** Exports of ConfigMgr have this limit whatever the mode is. */
const UNUSED_LIMIT = '5';

/** Apply Windows Settings: key, licence and administrator (TPL-22 to TPL-24). */
export function windowsSettingsRules(step: Step): readonly Problem[] {
  const problems = [...productKeyRule(step, 'ProductKey')];
  const perServer = known(step, 'ServerLicenseMode')?.toLowerCase() === 'perserver';
  if (perServer && !given(step, 'ServerLicenseConnectionLimit')) {
    problems.push(
      wrong(
        stepCode.STEP_SERVER_LICENSE,
        'ServerLicenseMode is PerServer and ServerLicenseConnectionLimit is missing',
        'Give the number of connections, 5 to 9999.',
      ),
    );
  }
  const limit = known(step, 'ServerLicenseConnectionLimit');
  const isVariable = given(step, 'ServerLicenseMode') && known(step, 'ServerLicenseMode') === undefined;
  if (!perServer && !isVariable && limit !== undefined && limit !== UNUSED_LIMIT) {
    problems.push(
      wrong(
        stepCode.STEP_SERVER_LICENSE,
        'ServerLicenseConnectionLimit is given and ServerLicenseMode is not PerServer: only PerServer has a limit',
        'Remove the limit, or set ServerLicenseMode to PerServer.',
      ),
    );
  }
  if (isTrue(step, 'RandomAdminPassword') && given(step, 'AdminPassword')) {
    problems.push(
      wrong(
        stepCode.STEP_ADMIN_PASSWORD,
        'AdminPassword is given and RandomAdminPassword is true: it would be ignored',
        'Keep one of the two.',
      ),
    );
  }
  return problems;
}

/** TPL-22: groups joined by hyphens are a plain key; everything else is encoded, or a variable. Never shows the key. */
function productKeyRule(step: Step, property: string): readonly Problem[] {
  const key = known(step, property)?.trim();
  if (key === undefined || !/^[A-Za-z0-9]+(-[A-Za-z0-9]*)+$/.test(key)) return [];
  const groups = key.split('-');
  if (groups.length === 5 && groups.every((group) => group.length === 5)) return [];
  return [
    wrong(
      stepCode.STEP_PRODUCT_KEY,
      `${property} has groups of ${groups.map((group) => group.length).join(', ')} characters; a key has five groups of five`,
      'Write it as XXXXX-XXXXX-XXXXX-XXXXX-XXXXX, encoded without hyphens, or as a %VARIABLE%.',
    ),
  ];
}
