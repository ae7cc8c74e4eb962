/** Hard-link groups after a change: a file with a single name left carries no group (D.5: "0 if single link"). */
import { walkDentries } from './dentry.ts';
import type { Dentry } from './dentry-types.ts';

/** The hard-link groups below and at a dentry. */
export function groupsOf(dentry: Dentry): bigint[] {
  return [...walkDentries(dentry)].map((entry) => entry.dentry.hardLinkGroup).filter((group) => group !== 0n);
}

/** The tree with those of `groups` cleared that have one name left; untouched folders stay the same objects. */
export function withoutSingleLinks(root: Dentry, groups: ReadonlySet<bigint>): Dentry {
  if (groups.size === 0) return root;
  const counts = new Map<bigint, number>();
  for (const group of groupsOf(root)) if (groups.has(group)) counts.set(group, (counts.get(group) ?? 0) + 1);
  const clear = (dentry: Dentry): Dentry => {
    const children = dentry.children?.map(clear);
    const changed = children?.some((child, i) => child !== dentry.children?.[i]) ?? false;
    const single = counts.get(dentry.hardLinkGroup) === 1;
    if (!changed && !single) return dentry;
    return { ...dentry, children, hardLinkGroup: single ? 0n : dentry.hardLinkGroup };
  };
  return clear(root);
}
