/** Every reference resolves or is listed. Those of a task sequence are warnings: it may stay in the site, not be deployed (DEP-04). */
import { referenceProblem, referencesOf } from '../references.ts';
import { objectKinds } from '../site-index.ts';
import type { Check } from './types.ts';

export const checkReferences: Check = ({ site, report }) => {
  for (const reference of referencesOf('site', site.settings)) {
    const problem = referenceProblem(site, reference, 'error');
    if (problem) report('settings', problem.path, problem);
  }
  for (const kind of objectKinds) {
    const severity = kind === 'taskSequence' ? 'warning' : 'error';
    for (const object of site.all(kind)) {
      for (const reference of referencesOf(kind, object.value)) {
        const problem = referenceProblem(site, reference, severity);
        if (problem) report(object, problem.path, problem);
      }
    }
  }
};
