/** `osdkit deployment show`. */
import { deploymentShow, type ShownDeployment } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { siteProblemText } from '../error-text.ts';
import { dataLines } from '../render-data.ts';

export const deploymentShowCommand = defineCommand({
  useCase: deploymentShow,
  declare: (command) =>
    command.argument('<deployment>', 'id or name').option('--site <dir>', 'folder of the site (default: .)'),
  input: ([deployment], { site }) => ({ deployment, site }),
  examples: [['osdkit deployment show ABC20001', 'settings, risk, who agreed to it']],
  render,
});

function render(shown: ShownDeployment): string {
  const { id, name, place, value, sequence, collection, size, sizeAtCreation, highRisk, consents, problems } = shown;
  const then = sizeAtCreation === null ? '' : `, ${sizeAtCreation} when it was made`;
  return [
    `${id} ${name}`,
    `  ${place.file}:${place.line}`,
    `  ${sequence} -> ${collection} (${size === null ? 'not in the site' : `${size} members now`}${then})`,
    ...dataLines({ ...value }, 2),
    ...(highRisk === null ? ['not high risk'] : [`high risk: ${highRisk}`]),
    ...consents.map(({ who, when, warnings }) => `${who} agreed at ${when}: ${warnings.join(', ')}`),
    ...problems.map((problem) => siteProblemText(problem)),
  ].join('\n');
}
