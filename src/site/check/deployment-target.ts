/** What is deployed, and to whom: high risk, sizes, consent, unknown computers (DEP-04 to DEP-18, UNK-03, UDA-02). */
import type { SiteObject } from '../../model/index.ts';
import { UNKNOWN_COMPUTERS } from '../built-in.ts';
import { siteCode } from '../codes.ts';
import { obstaclesOf } from '../deployable.ts';
import { judgeTarget, sizesOf, type TargetJudgement } from '../target.ts';
import { membersUnlessCircle } from './cycles.ts';
import type { Check, CheckContext } from './types.ts';

export const checkDeploymentTargets: Check = (context) => {
  const { site, report } = context;
  for (const deployment of site.all('deployment')) {
    const sequence = site.find('taskSequence', deployment.value.taskSequence);
    const collection = site.find('collection', deployment.value.collection);
    if (sequence?.value !== undefined) {
      const [first, ...others] = obstaclesOf(site, sequence);
      if (first) {
        const more = others.length === 0 ? '' : `, and ${others.length} more`;
        const { file, line } = site.place(first.sequence, first.path);
        const message = `${JSON.stringify(sequence.name)} cannot be deployed: ${first.message} (${file} line ${line}${more})`;
        report(deployment, ['taskSequence'], { code: siteCode.SITE_NOT_DEPLOYABLE, message });
      }
      if (sequence.value.enabled === false) {
        const message = `${JSON.stringify(sequence.name)} is disabled: it is offered to nobody`;
        report(deployment, ['taskSequence'], { code: siteCode.SITE_NOT_DEPLOYABLE, message, severity: 'warning' });
      }
    }
    if (collection?.value === undefined) continue;
    if (collection.id === UNKNOWN_COMPUTERS && (deployment.value.availableTo ?? 'clients') === 'clients') {
      const message = 'unknown computers have no client: make it available to media and PXE (UNK-03)';
      report(deployment, [deployment.value.availableTo === undefined ? 'collection' : 'availableTo'], {
        code: siteCode.SITE_UNKNOWN_COMPUTERS,
        message,
      });
    }
    if (sequence?.value === undefined || !membersUnlessCircle(site, collection)) continue;
    const judged = judgeTarget(site, sequence, collection, deployment.value.purpose);
    reportJudgement(context, deployment, judged, collection.id ?? collection.name);
  }
};

function reportJudgement(
  { site, report }: CheckContext,
  deployment: SiteObject<'deployment'>,
  judged: TargetJudgement,
  collectionId: string,
): void {
  const { sizeAtCreation, consents = [] } = deployment.value;
  const { maximumSize } = sizesOf(site);
  for (const note of judged.notes) {
    report(deployment, ['collection'], { code: siteCode.SITE_TARGET_RISK, message: note, severity: 'warning' });
  }
  // Growth after creation is told, not refused (DEP-14).
  const grown = sizeAtCreation !== undefined && judged.size > sizeAtCreation;
  const wasWithin = sizeAtCreation !== undefined && (maximumSize === 0 || sizeAtCreation <= maximumSize);
  for (const refusal of judged.refusals) {
    const ofSize = refusal.includes('DEP-12');
    if (ofSize && wasWithin) continue;
    const message = `high risk (${judged.highRisk ?? ''}): ${refusal}`;
    report(deployment, ['collection'], { code: siteCode.SITE_TARGET, message });
  }
  if (judged.highRisk !== undefined && grown) {
    const message = `high risk: the collection had ${sizeAtCreation} members when this was made, now ${judged.size} (DEP-14)`;
    report(deployment, ['collection'], { code: siteCode.SITE_TARGET_RISK, message, severity: 'warning' });
  }
  const agreed = new Set(
    consents.filter(({ collection }) => collection === collectionId).flatMap(({ warnings }) => warnings),
  );
  for (const { warning, message } of judged.warnings) {
    if (agreed.has(warning) || (warning === 'aboveDefaultSize' && grown && sizeAtCreation <= sizesOf(site).defaultSize))
      continue;
    report(deployment, ['collection'], {
      code: siteCode.SITE_TARGET_RISK,
      message: `high risk (${judged.highRisk ?? ''}): ${message}, and nobody agreed to it (DEP-18)`,
      hint: 'Choose another collection, or record the consent: osdkit deployment new asks for it.',
    });
  }
}
