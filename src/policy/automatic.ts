/**
 * The fully automatic recipe has three parts that only work together: a hidden deployment, an unattended medium,
 * SMSTSPreferredAdvertID on the medium (DEP-27, MEDIA-11).
 */
import type { Problem } from '../core/index.ts';
import type { Site, Variable } from '../model/index.ts';
import { policyCode } from './codes.ts';

export interface AutomaticMedium {
  readonly variables: readonly Variable[];
  readonly unattended: boolean;
}

/** What a medium lacks of the recipe; empty: it has all of it, or it is attended and names no deployment. */
export function automaticProblems(site: Site, { variables, unattended }: AutomaticMedium): Problem[] {
  const value = variables.find(({ name }) => name.toUpperCase() === 'SMSTSPREFERREDADVERTID')?.value;
  const preferred = typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  const recipe = 'fully automatic takes three parts: a hidden deployment, an unattended medium, SMSTSPreferredAdvertID';
  const told = (severity: Problem['severity'], message: string, hint: string): Problem[] => [
    { code: policyCode.POLICY_AUTOMATIC, severity, message: `${recipe}; ${message} (DEP-27)`, hint },
  ];
  if (preferred === undefined) {
    if (!unattended) return [];
    return told(
      'warning',
      'SMSTSPreferredAdvertID is missing on the medium',
      'Give --variable SMSTSPreferredAdvertID=ID of the hidden deployment.',
    );
  }
  const deployment = site.all('deployment').find(({ id }) => id?.toUpperCase() === preferred.toUpperCase());
  if (!deployment) {
    return told('error', `the site has no deployment ${preferred}`, 'osdkit deployment list shows their ids.');
  }
  const { availableTo = 'clients' } = deployment.value;
  if (availableTo === 'clients' || availableTo === 'clientsMediaAndPxe') {
    const severity = availableTo === 'clients' ? 'error' : 'warning';
    return told(
      severity,
      `${preferred} is available to ${availableTo}, not to mediaAndPxeHidden`,
      'A deployment that is not hidden is offered in lists, too.',
    );
  }
  const hidden = availableTo === 'mediaAndPxeHidden';
  return [
    ...(hidden
      ? []
      : told('note', `${preferred} is not hidden: others can choose it from the list`, 'Make it mediaAndPxeHidden.')),
    ...(unattended
      ? []
      : told('warning', 'the medium is not unattended: somebody must answer its questions', 'Give --unattended.')),
  ];
}
