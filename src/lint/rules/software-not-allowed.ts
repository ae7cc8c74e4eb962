/** Programs and applications that a task sequence may not run. */
import type { Site, Step } from '../../model/index.ts';
import { contentReferences } from '../../steps/index.ts';
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { knownText } from '../read-step.ts';
import type { LintFinding, LintRule } from '../types.ts';

export const softwareNotAllowed: LintRule = {
  code: lintCode.LINT_SOFTWARE_NOT_ALLOWED,
  why: 'The step fails when it is reached.',
  check: ({ site, steps }) =>
    steps.flatMap((node): LintFinding[] => {
      if (node.item.type === 'install-package') {
        const wrong = programFault(site, node.item);
        if (wrong === undefined) return [];
        return [at(node, 'error', `${named(node)}: ${wrong}`, { below: ['with', 'ProgramName'] })];
      }
      if (node.item.type !== 'install-application') return [];
      return contentReferences(node.item).flatMap(({ reference, path, property }) => {
        const application = property === 'ApplicationName' ? site.find('application', reference) : undefined;
        if (application?.value?.inTaskSequence !== false) return [];
        const message = `${named(node)}: the application ${JSON.stringify(application.name)} has inTaskSequence: false`;
        return [at(node, 'error', message, { below: path })];
      });
    }),
};

/** What keeps the program of a step from running; undefined also where the package lists no programs. */
function programFault(site: Site, step: Step): string | undefined {
  const [name, wanted] = [knownText(step, 'PackageID'), knownText(step, 'ProgramName')];
  const found = name === undefined ? undefined : site.find('package', name);
  const programs = found?.value?.programs;
  if (found === undefined || programs === undefined || wanted === undefined) return undefined;
  const program = programs.find((each) => each.name === wanted);
  const what = `the program ${JSON.stringify(wanted)} of ${JSON.stringify(found.name)}`;
  if (program === undefined) {
    const list = programs.map((each) => each.name).join(', ');
    return `there is no program ${JSON.stringify(wanted)} in ${JSON.stringify(found.name)}; it has ${list || 'none'}`;
  }
  if (program.enabled === false) return `${what} is disabled`;
  if (program.inTaskSequence === false) return `${what} has inTaskSequence: false`;
  if (program.userInput === true) return `${what} lets users interact, and nobody is there`;
  const { canRun } = program;
  return canRun === undefined || canRun === 'always' || canRun === 'noUser'
    ? undefined
    : `${what} runs only with a user logged on`;
}
