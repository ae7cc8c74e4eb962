/** The items of a whole run: groups, steps, and child sequences inside the steps that run them. */
import type { NodePath, SequenceItem, Site, Step } from '../model/index.ts';
import { textOf } from './read-step.ts';
import type { Node, SequenceObject } from './types.ts';

/** The items of a sequence; a child that is missing, disabled or runs itself has nothing inside. */
export function nodesOf(site: Site, sequence: SequenceObject): Node[] {
  return place(site, sequence, sequence.value.steps, ['steps'], true, [], [sequence]);
}

function place(
  site: Site,
  sequence: SequenceObject,
  items: readonly SequenceItem[],
  path: NodePath,
  enabled: boolean,
  above: readonly Node[],
  running: readonly SequenceObject[],
): Node[] {
  return items.map((item, index): Node => {
    const inside: Node[] = [];
    const on = enabled && item.enabled !== false;
    const node: Node = { item, sequence, path: [...path, index], enabled: on, above, inside };
    const around = [...above, node];
    if (item.kind === 'group') {
      inside.push(...place(site, sequence, item.steps, [...node.path, 'steps'], on, around, running));
    } else {
      const child = childOf(site, item);
      if (child !== undefined && child.value.enabled !== false && !running.includes(child)) {
        inside.push(...place(site, child, child.value.steps, ['steps'], on, around, [...running, child]));
      }
    }
    return node;
  });
}

/** The sequence that a step runs, where it is in the site. */
export function childOf(site: Site, step: Step): SequenceObject | undefined {
  if (step.type !== 'run-task-sequence') return undefined;
  const name = textOf(step, 'TsPackageID');
  const child = name === undefined ? undefined : site.find('taskSequence', name);
  return child === undefined || child.value === undefined ? undefined : child;
}

/** Each node before what is inside of it. */
export function allNodes(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node) => [node, ...allNodes(node.inside)]);
}

export function isStep(node: Node): node is Node<Step> {
  return node.item.kind === 'step';
}
