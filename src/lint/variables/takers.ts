/** Which variables step types take: those of their properties and those that steer them. */
import { type Step, variableKey } from '../../model/index.ts';
import { stepType } from '../../steps/index.ts';
import { definitionOf, textOf } from '../read-step.ts';

/** ConfigMgr's program behind Download Package Content, which people run by Run Command Line with variables for its properties. */
const DOWNLOADER = /\bOSDDownloadContent(\.exe)?\b/i;

/** Whether a step is a command that downloads as Download Package Content does. */
export function downloads(step: Step): boolean {
  return step.type === 'run-command-line' && DOWNLOADER.test(textOf(step, 'CommandLine') ?? '');
}

/** Whether a step's type has a variable of this name. */
export function takes(step: Step, name: string): boolean {
  const definition = downloads(step) ? stepType('download-package-content').definition : definitionOf(step);
  if (definition === undefined) return false;
  const key = variableKey(name.trim());
  if (definition.steeredBy.some((each) => variableKey(each) === key)) return true;
  const base = step.with['BaseVariableName'];
  if (typeof base === 'string' && base !== '' && key.startsWith(variableKey(base))) return true;
  return Object.values(definition.properties).some(({ variable, value }) => {
    if (variable !== undefined && variableKey(variable) === key) return true;
    if (value.kind !== 'list') return false;
    const prefix = variableKey(value.prefix);
    return key === `${prefix}COUNT` || new RegExp(`^${prefix}\\d`).test(key);
  });
}
