/** Disks, BitLocker, user state, readiness, variables. */
import type { Problem } from '../../core/index.ts';
import type { PropertyValue, Step } from '../../model/index.ts';
import { stepCode } from '../codes.ts';
import { doubtful, given, isTrue, known, wrong } from './problem.ts';

/** Names that begin with `_` belong to the engine (VAR-11). */
export function variableNameRule(step: Step): readonly Problem[] {
  const name = known(step, 'VariableName')?.trim();
  if (name === undefined) return [];
  if (name.startsWith('_')) {
    return [
      wrong(stepCode.STEP_VARIABLE_READ_ONLY, `VariableName ${name} begins with _: such variables are read-only`),
    ];
  }
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(name)
    ? []
    : [
        wrong(
          stepCode.STEP_VARIABLE_NAME,
          `VariableName ${JSON.stringify(name.slice(0, 60))} is no name of a variable`,
          'A name begins with a letter and has letters, digits, _ and -.',
        ),
      ];
}

/** Format and Partition Disk: kinds of partition that a table does not have, shares beyond the whole. */
export function partitionRules(step: Step): readonly Problem[] {
  const partitions = step.with['Partitions'];
  if (!Array.isArray(partitions)) return [];
  const items = partitions as readonly Readonly<Record<string, PropertyValue>>[];
  const style = known(step, 'PartitionStyle')?.toUpperCase();
  const foreign = style === 'GPT' ? ['EXTENDED', 'LOGICAL', 'HIDDEN'] : style === 'MBR' ? ['EFI', 'MSR'] : [];
  return items.flatMap((item, index) => {
    const problems: Problem[] = [];
    const type = textOfItem(item['Type']);
    if (foreign.includes(type.toUpperCase())) {
      problems.push(
        wrong(
          stepCode.STEP_PARTITION,
          `Partitions[${index}].Type is ${type}, which a disk of style ${style} does not have`,
        ),
      );
    }
    const share = ['PERCENT', '%'].includes(textOfItem(item['SizeUnits']).toUpperCase());
    if (share && Number(item['Size']) > 100) {
      problems.push(wrong(stepCode.STEP_PARTITION, `Partitions[${index}].Size is more than 100 percent`));
    }
    return problems;
  });
}

function textOfItem(value: PropertyValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Enable BitLocker: a PIN goes with TPMAndPIN, a drive for the startup key with the modes that have one. */
export function bitLockerRules(step: Step): readonly Problem[] {
  const mode = known(step, 'Mode')?.toUpperCase();
  const problems: Problem[] = [];
  if (mode === undefined) return problems;
  if (given(step, 'PIN') && mode !== 'TPMANDPIN') {
    problems.push(wrong(stepCode.STEP_BITLOCKER, `PIN is given and Mode is ${mode}: only TPMAndPIN has one`));
  }
  if (given(step, 'StartupKeyDrive') && mode !== 'KEY' && mode !== 'TPMANDKEY') {
    problems.push(
      doubtful(stepCode.STEP_BITLOCKER, `StartupKeyDrive is given and Mode is ${mode}, which has no startup key`),
    );
  }
  return problems;
}

/** Capture User State: configuration files are for Advanced, and needed there. */
export function migrationModeRule(step: Step): readonly Problem[] {
  const advanced = known(step, 'Mode')?.toLowerCase() === 'advanced';
  if (advanced === given(step, 'ConfigFiles') || (known(step, 'Mode') === undefined && given(step, 'Mode'))) return [];
  const message = advanced
    ? 'Mode is Advanced and ConfigFiles is missing'
    : 'ConfigFiles is given and Mode is not Advanced: they would not be used';
  return [doubtful(stepCode.STEP_USER_STATE, message)];
}

/** Restore User State: as for the capture; restored local accounts need a password. */
export function restoreRules(step: Step): readonly Problem[] {
  const problems = [...migrationModeRule(step)];
  if (isTrue(step, 'LocalAccounts') && step.with['LocalAccountPassword'] === undefined) {
    problems.push(doubtful(stepCode.STEP_USER_STATE, 'LocalAccounts is true and LocalAccountPassword is missing'));
  }
  return problems;
}

/** Check Readiness: a check that is on has its value. */
export function readinessRule(step: Step): readonly Problem[] {
  const checks = ['Memory', 'ProcessorSpeed', 'FreeDiskSpace', 'OSType', 'OSArchitecture', 'MinOSVersion'];
  return [...checks, 'MaxOSVersion', 'CMClientMinVersion', 'OSLanguageID']
    .filter((name) => isTrue(step, `Check${name}`) && !given(step, name))
    .map((name) => wrong(stepCode.STEP_READINESS, `Check${name} is true and ${name} is missing`));
}
