/** SITE-02, SITE-18, TPL-101, TPL-144: who works in Windows PE has a boot image; others need none. */
import { lintCode } from '../codes.ts';
import { at, named } from '../finding.ts';
import { definitionOf, knownText } from '../read-step.ts';
import type { LintRule } from '../types.ts';

export const noBootImage: LintRule = {
  code: lintCode.LINT_NO_BOOT_IMAGE,
  why: 'Without a boot image the sequence starts from no medium and cannot restart into Windows PE.',
  check: ({ sequence, steps, parents }) => {
    if (sequence.value.bootImage !== undefined || parents.length > 0) return [];
    const node = steps.find(
      ({ item }) =>
        definitionOf(item)?.runIn === 'WinPE' ||
        item.type === 'prepare-windows-for-capture' ||
        (item.type === 'restart-computer' && knownText(item, 'Target')?.toUpperCase() === 'WINPE'),
    );
    return node === undefined
      ? []
      : [at(node, 'error', `${named(node)} needs Windows PE, and the sequence has no boot image`)];
  },
};
