/** Where user state is put into a sequence that exists. */
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/core/index.ts';
import type { SequenceItem, Step } from '../../../src/model/index.ts';
import { placeOf, type StatePart, type WantedPlace } from '../../../src/templates/index.ts';
import { make } from './office.ts';

const { steps } = make('virtual-hard-disk').sequence;

function step(name: string, type: string, properties: Step['with']): Step {
  return { kind: 'step', name, type, with: properties };
}

function refusal(part: StatePart, wanted: WantedPlace | undefined, within = steps): string {
  try {
    placeOf(part, within, wanted);
  } catch (error) {
    if (error instanceof InputError)
      return `${error.code} ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`;
    throw error;
  }
  return 'not refused';
}

describe('TPL-140: the place of user state in an existing sequence', () => {
  test('found: before the group that touches the disk, at the end of the group that sets Windows up', () => {
    expect(placeOf('capture', steps, undefined)).toEqual({ path: [], index: 0 });
    expect(placeOf('restore', steps, undefined)).toEqual({ path: [1], index: 2 });
  });

  test('found: before the step itself, where only a later restart goes into Windows PE, or none', () => {
    const [partition, apply] = [
      step('P', 'format-and-partition-disk', {}),
      step('A', 'apply-operating-system-image', {}),
    ];
    const first = step('Run', 'run-command-line', { CommandLine: 'x' });
    const restart = step('Again', 'restart-computer', { Target: 'WinPE' });
    expect(placeOf('capture', [first, partition, restart, apply], undefined)).toEqual({ path: [], index: 1 });
    expect(placeOf('capture', [first, restart, partition, apply], undefined)).toEqual({ path: [], index: 1 });
    expect(placeOf('capture', [first, partition, apply], undefined)).toEqual({ path: [], index: 1 });
    const setUp = step('S', 'setup-windows-and-configmgr', {});
    expect(placeOf('restore', [apply, setUp, first], undefined)).toEqual({ path: [], index: 3 });
  });

  test('named: before or after a step or group, by name or by its place', () => {
    expect(placeOf('capture', steps, { side: 'before', item: 'restart in windows pe' })).toEqual({
      path: [0],
      index: 0,
    });
    expect(placeOf('capture', steps, { side: 'before', item: '1.2' })).toEqual({ path: [0], index: 1 });
    expect(placeOf('restore', steps, { side: 'after', item: 'Install Updates' })).toEqual({ path: [1], index: 2 });
    expect(placeOf('restore', steps, { side: 'after', item: 'Setup Operating System' })).toEqual({
      path: [],
      index: 2,
    });
  });

  test('named: after a group that ends with the step that sets Windows up', () => {
    const setUp = step('S', 'setup-windows-and-configmgr', {});
    const within: SequenceItem[] = [{ kind: 'group', name: 'G', steps: [setUp] }];
    expect(placeOf('restore', within, { side: 'after', item: 'G' })).toEqual({ path: [], index: 1 });
    expect(placeOf('restore', within, { side: 'after', item: 'S' })).toEqual({ path: [0], index: 1 });
  });

  test('refused: a capture behind the disk, a restore before the set-up', () => {
    expect(refusal('capture', { side: 'before', item: 'Apply Operating System' })).toMatch(
      /^TEMPLATE_PLACE the capture cannot stand before "Apply Operating System" \(1\.4\): "Partition Disk 0 - BIOS" \(1\.2\)/,
    );
    expect(refusal('capture', { side: 'after', item: 'Install Operating System' })).toContain('TEMPLATE_PLACE');
    expect(refusal('restore', { side: 'before', item: 'Setup Windows and ConfigMgr' })).toContain('sets the system up');
    expect(refusal('restore', { side: 'before', item: 'Setup Operating System' })).toContain('TEMPLATE_PLACE');
  });

  test('refused: a name that is not there, or there twice; sequences without disk and set-up', () => {
    expect(refusal('restore', { side: 'after', item: 'Install Update' })).toContain('Did you mean Install Updates?');
    const twice = [...steps, ...steps];
    expect(refusal('restore', { side: 'after', item: 'Install Updates' }, twice)).toContain('2.2, 4.2');
    expect(refusal('capture', undefined, [])).toContain('nothing to save user state from');
    expect(refusal('restore', undefined, [])).toContain('nothing to restore user state to');
  });
});
