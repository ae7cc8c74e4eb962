/** A child sequence with a boot image of its own, other than that of the sequence that runs it. */
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { childOf } from '../nodes.ts';
import type { LintRule } from '../types.ts';

export const childBootImage: LintRule = {
  code: lintCode.LINT_CHILD_BOOT_IMAGE,
  why: 'The run keeps the boot image of the outer sequence; that of the child is never used.',
  check: ({ site, sequence, steps }) =>
    steps.flatMap((node) => {
      const own = childOf(site, node.item)?.value.bootImage;
      if (own === undefined) return [];
      const [inner, outer] = [own, sequence.value.bootImage].map((name) =>
        name === undefined ? undefined : (site.find('bootImage', name) ?? name),
      );
      if (inner === outer) return [];
      const message = `${named(node)} runs a sequence with the boot image ${JSON.stringify(own)}, which is not used`;
      return [atProperty(node, 'TsPackageID', 'warning', message)];
    }),
};
