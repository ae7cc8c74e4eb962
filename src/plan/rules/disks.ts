/** Disks: that the one to partition is there and large enough, and that the firmware can start from it afterwards (TPL-37). */
import { showPath } from '../../sequence/index.ts';
import { isStepType, stepType } from '../../steps/index.ts';
import { planCode } from '../codes.ts';
import { fixedBytes, notBootable, targetDisk } from '../disk-layout.ts';
import { found } from '../findings.ts';
import type { StepRule } from './types.ts';

const effectsOf = (type: string): readonly string[] => (isStepType(type) ? stepType(type).definition.effects : []);

export const partitionRule: StepRule = ({ step, state, nameOf }) => {
  if (!effectsOf(step.type).includes('partitions-disk')) return [];
  const findings = [];
  const index = Number(step.with['DiskIndex'] ?? 0);
  const { disks } = state.machine;
  const disk = disks?.find((each) => each.index === index);
  if (disks && !disk) {
    const known = disks.map((each) => each.index).join(', ') || 'none';
    findings.push(found('error', planCode.PLAN_DISK, `disk ${index} is not in the device (disks: ${known})`));
  }
  const needed = fixedBytes(step);
  if (disk?.size !== undefined && needed > disk.size) {
    const message = `its partitions take ${megabytes(needed)} MB, disk ${index} has ${megabytes(disk.size)} MB`;
    findings.push(found('error', planCode.PLAN_DISK, message));
  }
  const { system, localState } = state;
  if (system.kind === 'applied' && index === targetDisk(state)) {
    const message = `it erases disk ${index}, to which step ${showPath(system.by)} ${JSON.stringify(nameOf(system.by))} has applied the system`;
    findings.push(found('error', planCode.PLAN_ORDER, message));
  }
  if (localState && index === targetDisk(state)) {
    const message = `it erases disk ${index}; step ${showPath(localState.by)} ${JSON.stringify(nameOf(localState.by))} has stored the user state there, ${localState.how}`;
    findings.push(found('error', planCode.PLAN_STATE_LOST, message));
  }
  return findings;
};

export const layoutRule: StepRule = ({ step, state, facts, nameOf }) => {
  if (!effectsOf(step.type).includes('applies-system')) return [];
  const { firmware } = facts;
  const index = Number(step.with['DestinationDisk'] ?? targetDisk(state));
  const made = state.disks.get(index);
  if (made) {
    const why = notBootable(firmware, made);
    if (why === undefined) return [];
    const message = `the device could not start from disk ${index} as step ${showPath(made.by)} ${JSON.stringify(nameOf(made.by))} partitions it: ${why}`;
    return [found(made.unsure ? 'warning' : 'error', planCode.PLAN_LAYOUT, message)];
  }
  const disk = state.machine.disks?.find((each) => each.index === index);
  if (!disk) return [];
  if (disk.partitionStyle === 'raw' || disk.partitions?.length === 0) {
    const message = `disk ${index} has no partition, and no step before it makes one`;
    return [found('error', planCode.PLAN_DISK, message)];
  }
  const style = disk.partitionStyle;
  if (style === undefined) return [];
  // Which partition starts on a disk that is kept as it is, the facts do not say.
  const why = notBootable(firmware, { style, efi: true, bootable: true });
  return why === undefined
    ? []
    : [
        found(
          'error',
          planCode.PLAN_LAYOUT,
          `the device could not start from disk ${index}, which is not partitioned anew: ${why}`,
        ),
      ];
};

const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20);
