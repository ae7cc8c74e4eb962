/** EDIT-13, EDIT-17, SITE-19: content that is not in the library, or lies on no distribution point. */
import type { ObjectKind, SiteObject } from '../../model/index.ts';
import { referencesOf } from '../../site/index.ts';
import { lintCode } from '../codes.ts';
import { hasEffect } from '../read-step.ts';
import type { LintFinding, LintRule, Run } from '../types.ts';

const WITH_CONTENT: readonly ObjectKind[] = [
  'bootImage',
  'operatingSystem',
  'upgradePackage',
  'driverPackage',
  'package',
];

interface Distributed {
  readonly content?: unknown;
  readonly distribution?: { readonly points?: readonly string[]; readonly groups?: readonly string[] };
}

export const contentMissing: LintRule = {
  code: lintCode.LINT_CONTENT_MISSING,
  why: 'Computers do not find the content when a step needs it.',
  // A deployment has the same finding of its own, as an error for a sequence that captures.
  check: (run) => (run.deployments.length > 0 ? [] : contentFindings(run)),
};

function contentFindings({ site, sequence, steps }: Run): LintFinding[] {
  const points = site.all('distributionPoint').length > 0;
  const captures = steps.some(({ item }) => hasEffect(item, 'captures-image'));
  const told = new Set<SiteObject>();
  return referencesOf('taskSequence', sequence.value).flatMap(({ to, text, path, enabled }): LintFinding[] => {
    const target = enabled ? to.map((kind) => site.find(kind, text)).find((each) => each !== undefined) : undefined;
    if (target?.value === undefined || told.has(target) || !WITH_CONTENT.includes(target.kind)) return [];
    told.add(target);
    const { content, distribution } = target.value as Distributed;
    const places = (distribution?.points ?? []).length + (distribution?.groups ?? []).length;
    const what = JSON.stringify(target.name);
    if (points && places === 0) {
      const message = `${what} is on no distribution point${captures ? ', and a capture needs its content there (SITE-19)' : ''}`;
      return [{ object: sequence, path, severity: 'warning', message }];
    }
    if (content !== undefined || places === 0) return [];
    const message = `${what} is to lie on distribution points, and the library has no content of it`;
    return [{ object: sequence, path, severity: 'warning', message }];
  });
}
