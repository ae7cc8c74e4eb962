/** `osdkit deployment targets`. */
import { type DeploymentTargets, deploymentTargets } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { table } from '../table.ts';

export const deploymentTargetsCommand = defineCommand({
  useCase: deploymentTargets,
  declare: (command) =>
    command
      .argument('<task-sequence>', 'name or id')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--purpose <purpose>', 'available or required (default: required)')
      .option('--show-larger', 'show collections above the default size, too; those above the maximum never'),
  input: ([sequence], { site, purpose, showLarger }) => ({ sequence, site, purpose, showLarger }),
  examples: [
    ['osdkit deployment targets "Install Windows 11"', 'collections that a required deployment may go to'],
    ['osdkit deployment targets "Install Windows 11" --show-larger', 'those above the default size, too'],
  ],
  render,
});

function render({ sequence, highRisk, defaultSize, maximumSize, collections, hidden }: DeploymentTargets): string {
  const size = (value: number): string => (value === 0 ? 'off' : String(value));
  return [
    `${sequence.id} ${sequence.name}: ${highRisk === null ? 'not high risk' : `high risk: ${highRisk}`}`,
    ...table(
      collections.map(({ id, name, size: members, type, builtIn }) => [
        id,
        name,
        `${members} ${type}s`,
        builtIn ? 'built in' : '',
      ]),
    ),
    ...(hidden === 0 ? [] : [`${hidden} above the default size are hidden; --show-larger shows them`]),
    `default size ${size(defaultSize)}, maximum size ${size(maximumSize)}`,
  ].join('\n');
}
