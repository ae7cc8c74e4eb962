/** Partitioning after an image was applied destroys it. */
import type { Step } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { textOf } from '../read-step.ts';
import type { LintRule, Node } from '../types.ts';

export const applyBeforePartition: LintRule = {
  code: lintCode.LINT_APPLY_BEFORE_PARTITION,
  why: 'The applied system is lost with the partitions that it was on.',
  check: ({ steps, reach }) =>
    steps.flatMap((node) => {
      if (node.item.type !== 'format-and-partition-disk') return [];
      const { runs } = reach(node);
      if (runs.size === 0 || ![...runs.values()].every(({ done }) => done.has('applies-system'))) return [];
      const apply = steps.find(({ item }) => item.type === 'apply-operating-system-image');
      if (apply === undefined || diskOf(apply) !== diskOf(node)) return [];
      return [at(node, 'error', `${named(node)} partitions the disk after ${named(apply)} has applied a system to it`)];
    }),
};

/** Disk 0 unless said. */
function diskOf({ item }: Node<Step>): string {
  return textOf(item, item.type === 'format-and-partition-disk' ? 'DiskIndex' : 'DestinationDisk') ?? '0';
}
