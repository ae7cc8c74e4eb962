/** `task-sequence list`: the sequences of a site in their folders. */
import * as z from 'zod';
import { placedItems } from '../sequence/index.ts';
import { highImpactSteps, withChildren } from '../site/index.ts';
import { openSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface ListedSequence {
  readonly id: string;
  readonly name: string;
  /** Below `task-sequences`; empty at the top. */
  readonly folder: string;
  readonly file: string;
  readonly enabled: boolean;
  readonly steps: number;
  readonly groups: number;
  /** `marked` by hand, `computed` from its steps (HI-02); null: neither. */
  readonly highImpact: 'marked' | 'computed' | null;
  readonly bootImage: string | null;
  /** Names of the sequences that it runs. */
  readonly children: readonly string[];
  /** Enabled deployments. */
  readonly deployments: number;
}

export const taskSequenceList = useCase({
  name: 'task-sequence list',
  summary: 'list the task sequences of a site in their folders',
  effect: 'read',
  input: z.strictObject({ site: siteOption }),
  async run({ site: folder }, _services, context): Promise<readonly ListedSequence[]> {
    const { site } = await openSite(folder, context);
    const deployed = site.all('deployment').filter(({ value }) => value.enabled !== false);
    const targets = deployed.map(({ value }) => site.find('taskSequence', value.taskSequence));
    return site
      .all('taskSequence')
      .map((sequence): ListedSequence => {
        const { id, name, folder: below, enabled, bootImage, highImpact, steps } = sequence.value;
        const items = placedItems(steps);
        const groups = items.filter(({ item }) => item.kind === 'group').length;
        const isComputed = highImpactSteps(site, sequence).length > 0;
        return {
          id,
          name,
          folder: below,
          file: sequence.file,
          enabled: enabled !== false,
          steps: items.length - groups,
          groups,
          highImpact: isComputed ? 'computed' : highImpact?.marked === true ? 'marked' : null,
          bootImage: bootImage === undefined ? null : (site.find('bootImage', bootImage)?.name ?? bootImage),
          children: withChildren(site, sequence)
            .filter((child) => child !== sequence)
            .map((child) => child.name),
          deployments: targets.filter((target) => target === sequence).length,
        };
      })
      .sort(byFolder);
  },
});

function byFolder(a: ListedSequence, b: ListedSequence): number {
  if (a.folder !== b.folder) return a.folder < b.folder ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
