/** `osdkit deployment new`. */
import { InvalidArgumentError } from 'commander';
import { deploymentNew, type NewDeployment } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { currentUser } from '../current-user.ts';
import { collect, given, indexOrNone } from '../option-values.ts';
import { changeLines } from '../render-changes.ts';

export const deploymentNewCommand = defineCommand({
  useCase: deploymentNew,
  declare: (command) =>
    command
      .argument('<task-sequence>', 'name or id')
      .requiredOption('--collection <collection>', 'name or id; `osdkit deployment targets` lists those that fit')
      .requiredOption('--purpose <purpose>', 'available: users start it; required: it runs by its schedule')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option('--name <name>', 'name of the deployment (default: sequence and collection)')
      .option('--comments <text>', 'free text')
      .option('--disabled', 'made, but offered to nobody yet')
      .option('--available-to <whom>', 'clients, clientsMediaAndPxe, mediaAndPxe, mediaAndPxeHidden (default: clients)')
      .option('--priority <n>', 'of several the highest wins, then the highest id (default: 0)', indexOrNone)
      .option('--available <date>', '2026-12-31T18:00Z is UTC, without Z local time of each computer')
      .option('--expires <date>', 'the same')
      .option('--assign <when>', 'asap, log-on, log-off, start-up, a date, "DATE every 2 weeks on friday"', collect)
      .option('--rerun <rerun>', 'never, always, ifFailed, ifSucceeded (default: always)')
      .option('--run-independently', 'users may run it outside its assignments')
      .option('--no-progress', 'shows no progress')
      .option('--install-outside-window', 'may install outside maintenance windows after the deadline')
      .option('--restart-outside-window', 'may restart outside maintenance windows after the deadline')
      .option('--commit-on-write-filter', 'commits changes at the deadline on devices with a write filter')
      .option('--internet-clients', 'may run for clients on the Internet')
      .option('--content <option>', 'whenNeeded, allFirst, fromPoint (default: whenNeeded)')
      .option('--remote-points', 'may use remote distribution points')
      .option('--default-boundary-group', 'may fall back to the default boundary group')
      .option('--multicast', 'the point sends it by multicast')
      .option('--metered-network', 'downloads over metered connections after the deadline')
      .option('--failures-above <percent>', 'alert when more fail', percent)
      .option('--success-below <text>', 'alert when fewer succeeded: "90 by 2026-12-31T18:00Z"')
      .option('--wake-up', 'sends wake-up packets at the deadline')
      .option('--pre-download', 'pre-downloads content')
      .option('--deploy-without-user', 'refused: not for task sequences')
      .option('--require-approval', 'refused: not for task sequences')
      .option('--user <user>', 'refused: not for task sequences')
      .option('--show-larger', 'allows collections above the default size of the site')
      .option('--yes-high-risk', 'agrees to the warnings of a high-risk deployment; who and when is recorded')
      .option('--plan', 'show what would be written and write nothing'),
  input: ([sequence], { progress, ...options }) => ({
    ...given(options),
    sequence,
    ...(progress === false ? { showProgress: false } : {}),
    who: currentUser(),
    now: new Date().toISOString(),
  }),
  examples: [
    ['osdkit deployment new "Install Windows 11" --collection Lab --purpose available --plan', 'what would be written'],
    [
      'osdkit deployment new Install --collection Lab --purpose required --available-to mediaAndPxe --yes-high-risk',
      'required, for computers that start from media and PXE',
    ],
    [
      'osdkit deployment new Patch --collection Staff --purpose required --assign "2026-12-01T20:00 every 1 week" --rerun ifFailed',
      'every week at 20:00 local time',
    ],
  ],
  render,
});

function percent(value: string): number {
  if (/^\d{1,3}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('a whole number of 0 to 100 is expected.');
}

function render(result: NewDeployment): string {
  const { id, name, sequence, collection, highRisk, consent, notes, planned } = result;
  return [
    ...changeLines(result),
    `${id} ${name}: ${sequence.name} ${planned ? 'would be offered' : 'is offered'} to ${collection.name} (${collection.size} members)`,
    ...(highRisk === null ? [] : [`high risk: ${highRisk}`]),
    ...(consent === null ? [] : [`${consent.who} agreed at ${consent.when}: ${consent.warnings.join(', ')}`]),
    ...notes.map((note) => `note: ${note}`),
  ].join('\n');
}
