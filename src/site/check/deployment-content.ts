/** Content options and the content itself (DEP-60 to DEP-67, SITE-13, SITE-18, SITE-19). */
import type { NodePath, SiteObject } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { referencesOf, targetsOf } from '../references.ts';
import { type SequenceObject, stepsWith, withChildren } from '../sequence-effects.ts';
import type { SiteIndex } from '../site-index.ts';
import type { Check, CheckContext } from './types.ts';

const withShare = new Set(['package', 'operatingSystem', 'upgradePackage', 'driverPackage', 'bootImage']);
const withContent = new Set([...withShare, 'softwareUpdateSet']);

/** The objects whose content a sequence uses, child sequences included. */
export function contentOf(site: SiteIndex, sequence: SequenceObject): SiteObject[] {
  const found = withChildren(site, sequence).flatMap((each) =>
    referencesOf('taskSequence', each.value).flatMap((reference) => {
      const [target, ...others] = reference.enabled ? targetsOf(site, reference) : [];
      return target && others.length === 0 && target.value !== undefined ? [target] : [];
    }),
  );
  return [...new Set(found)];
}

export const checkDeploymentContent: Check = (context) => {
  for (const deployment of context.site.all('deployment')) {
    const sequence = context.site.find('taskSequence', deployment.value.taskSequence);
    if (sequence?.value === undefined) continue;
    checkOptions(context, deployment, sequence);
    checkContent(context, deployment, sequence);
  }
};

function checkOptions(
  { site, report }: CheckContext,
  deployment: SiteObject<'deployment'>,
  sequence: SequenceObject,
): void {
  const { content, availableTo = 'clients' } = deployment.value;
  const option = content?.option ?? 'whenNeeded';
  const refuse = (message: string, path: NodePath = ['content', 'option']) =>
    report(deployment, path, { code: siteCode.SITE_CONTENT_OPTION, message });
  if (option === 'allFirst') {
    if (availableTo !== 'clients')
      refuse('allFirst is not for media and PXE, where nothing is local before the sequence starts (DEP-62)');
    const [found] = stepsWith(site, sequence, ['partitions-disk']);
    if (found)
      refuse(
        `allFirst would lose the content: the step ${JSON.stringify(found.step.name)} partitions the disk (DEP-63)`,
      );
  }
  if (option !== 'fromPoint') return;
  if (content?.multicast === true) refuse('content sent by multicast is downloaded: fromPoint is refused (DEP-64)');
  const without = contentOf(site, sequence).filter(
    ({ kind, value }) => withShare.has(kind) && (value as { packageShare?: boolean }).packageShare !== true,
  );
  if (without.length > 0) {
    refuse(
      `fromPoint needs packageShare on every package; it is off on ${without.map(({ name }) => name).join(', ')} (DEP-65)`,
    );
  }
}

function checkContent(
  { site, report }: CheckContext,
  deployment: SiteObject<'deployment'>,
  sequence: SequenceObject,
): void {
  const { availableTo = 'clients' } = deployment.value;
  if (availableTo !== 'clients' && sequence.value.bootImage === undefined) {
    const message = `${JSON.stringify(sequence.name)} has no boot image, which media and PXE start (SITE-02)`;
    report(deployment, ['taskSequence'], { code: siteCode.SITE_CONTENT_MISSING, message });
  }
  const used = contentOf(site, sequence).filter(({ kind }) => withContent.has(kind));
  const list = (objects: readonly SiteObject[]) => objects.map(({ name }) => name).join(', ');
  const empty = used.filter(({ value }) => (value as { content?: unknown }).content === undefined);
  if (empty.length > 0) {
    const message = `the content library has no content of ${list(empty)}`;
    report(deployment, ['taskSequence'], { code: siteCode.SITE_CONTENT_MISSING, message, severity: 'warning' });
  }
  if (site.all('distributionPoint').length === 0) return;
  const nowhere = used.filter(({ value }) => {
    const { points = [], groups = [] } =
      (value as { distribution?: { points?: string[]; groups?: string[] } }).distribution ?? {};
    return points.length + groups.length === 0;
  });
  if (nowhere.length === 0) return;
  const captures = stepsWith(site, sequence, ['captures-image']).length > 0;
  report(deployment, ['taskSequence'], {
    code: siteCode.SITE_CONTENT_MISSING,
    message: `on no distribution point: ${list(nowhere)} (SITE-19)`,
    severity: captures ? 'error' : 'warning',
  });
}
