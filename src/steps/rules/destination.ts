/** Where an image goes: none, disk and partition, drive letter, or variable (configmgr-formats 4.7). */
import type { Problem } from '../../core/index.ts';
import type { Step } from '../../model/index.ts';
import { stepCode } from '../codes.ts';
import { given, wrong } from './problem.ts';

const ways = ['DestinationDisk', 'DestinationLogicalDrive', 'DestinationVariable'] as const;

export function destinationRule(step: Step): readonly Problem[] {
  const named = ways.filter((property) => given(step, property));
  const [first, second] = named;
  if (first !== undefined && second !== undefined) {
    return [
      wrong(
        stepCode.STEP_DESTINATION,
        `${second} and ${first} are both given: a step has one destination`,
        'Keep one of disk with partition, drive letter, and variable.',
      ),
    ];
  }
  if (given(step, 'DestinationDisk') !== given(step, 'DestinationPartition')) {
    const [there, missing] = given(step, 'DestinationDisk')
      ? ['DestinationDisk', 'DestinationPartition']
      : ['DestinationPartition', 'DestinationDisk'];
    return [wrong(stepCode.STEP_DESTINATION, `${there} is given without ${missing}`, 'Give both, or neither.')];
  }
  return [];
}
