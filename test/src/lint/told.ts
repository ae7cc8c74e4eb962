/** What lint tells of the sequence "S" of a small site. */
import { lintSequence } from '../../../src/lint/index.ts';
import { IMAGES, SETTINGS, siteOf } from '../site/site-of.ts';
import { PE, sequence } from './cases.ts';

export type Files = Readonly<Record<string, string>>;

export const FILE = 'task-sequences/s.yaml';

/** `severity CODE` of all findings, each once, for the sequence "S". */
export function told(files: Files, settings = SETTINGS): string[] {
  const { site, problems } = siteOf({ ...IMAGES, ...files }, settings);
  const found = site.find('taskSequence', 'S');
  if (!found) throw new Error(JSON.stringify(problems));
  return [...new Set(lintSequence(site, found, problems).map(({ severity, code }) => `${severity} ${code}`))];
}

export const step = (type: string, values: string) => `  - { step: It, type: ${type}, with: { ${values} } }\n`;
export const inPe = (steps: string) => sequence(PE + steps);
export const full = (steps: string) => sequence(steps, 'description: x');
export const upgrade = (values: string) => step('upgrade-operating-system', `InstallPackageID: up, ${values}`);
export const editions = (list: string) => ({
  'upgrade-packages/up.yaml': `id: ABC00003\nname: up\neditions: [${list}]\n`,
});
