/** `osdkit task-sequence plan`. */
import { planText, taskSequencePlan } from '../../app/index.ts';
import { exitCode } from '../../core/index.ts';
import { defineCommand } from '../command.ts';
import { collect } from '../option-values.ts';

export const taskSequencePlanCommand = defineCommand({
  useCase: taskSequencePlan,
  declare: (command) =>
    command
      .argument('<task-sequence>', 'name or id of the task sequence')
      .requiredOption('--device <facts.json>', 'facts of the machine, or the name of a device of the site')
      .option('--site <dir>', 'folder of the site (default: .)')
      .option(
        '--medium <how>',
        'client, pxe, bootable, stand-alone, prestaged (default: what fits sequence and device)',
      )
      .option('--set <VAR=VALUE>', 'variable of this run, stronger than all others; may be repeated', collect)
      .option('--variable <NAME=VALUE>', 'variable of the medium; may be repeated', collect)
      .option('--html <file>', 'write the plan as one HTML file, too')
      .option('--force', 'replace the HTML file if it exists'),
  input: ([sequence], { site, device, medium, set, variable, html, force }) => ({
    sequence,
    site,
    device,
    medium,
    set,
    variables: variable,
    html,
    force,
  }),
  examples: [
    ['osdkit task-sequence plan "Install Windows 11" --device laptop.json', 'each step, and what would fail'],
    ['osdkit task-sequence plan ABC00010 --device laptop.json --medium stand-alone', 'started another way'],
    ['osdkit task-sequence plan ABC00010 --device PC1 --set OSDComputerName=PC-7', 'with a variable set for this run'],
    ['osdkit task-sequence plan ABC00010 --device laptop.json --html plan.html', 'a report for others to read'],
  ],
  render: ({ plan, html }) => `${planText(plan)}${html === null ? '' : `\n\nwritten: ${html}`}`,
  // What would fail has not passed: the exit code of a failed verification.
  exitCode: ({ plan }) => (plan.result.verdict === 'would fail' ? exitCode.verification : exitCode.done),
});
