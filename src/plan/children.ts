/** A sequence with the sequences that it runs in place of the steps that run them, so that one walk meets all steps. */
import type { Group, SequenceItem, Site, SiteObject, Step, TaskSequence } from '../model/index.ts';

type SequenceObject = SiteObject<'taskSequence'>;

export interface WholeSequence {
  readonly items: readonly SequenceItem[];
  /** The group that stands for a step, and what it runs; undefined: nothing, as it is missing, disabled or runs itself. */
  readonly children: ReadonlyMap<
    SequenceItem,
    { readonly step: Step; readonly child: TaskSequence | undefined; readonly why?: string }
  >;
}

/** Puts the members of child sequences in; a sequence that is its own descendant, or missing, is left out with the reason. */
export function wholeSequence(site: Site, sequence: SequenceObject): WholeSequence {
  const children = new Map<SequenceItem, { step: Step; child: TaskSequence | undefined; why?: string }>();
  const put = (items: readonly SequenceItem[], above: readonly string[]): SequenceItem[] =>
    items.map((item) => {
      if (item.kind === 'group') {
        const steps = put(item.steps, above);
        return steps.every((step, index) => step === item.steps[index]) ? item : { ...item, steps };
      }
      if (item.type !== 'run-task-sequence') return item;
      const name = item.with['TsPackageID'];
      const child = typeof name === 'string' ? site.find('taskSequence', name) : undefined;
      const id = child?.id ?? child?.name ?? '';
      const why =
        child === undefined
          ? `there is no task sequence ${JSON.stringify(name ?? '')}`
          : above.includes(id)
            ? `${JSON.stringify(child.name)} would run itself`
            : child.value.enabled === false
              ? `${JSON.stringify(child.name)} is disabled`
              : undefined;
      const inner = child && why === undefined ? put(child.value.steps, [...above, id]) : [];
      const { name: title, description, enabled, continueOnError, condition } = item;
      const group: Group = {
        kind: 'group',
        name: title,
        steps: inner,
        ...(description === undefined ? {} : { description }),
        ...(enabled === undefined ? {} : { enabled }),
        ...(continueOnError === undefined ? {} : { continueOnError }),
        ...(condition === undefined ? {} : { condition }),
      };
      children.set(group, {
        step: item,
        child: why === undefined ? child?.value : undefined,
        ...(why === undefined ? {} : { why }),
      });
      return group;
    });
  return { items: put(sequence.value.steps, [sequence.id ?? sequence.name]), children };
}
