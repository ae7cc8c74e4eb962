/** Objects that refer to each other in circles, in time that grows with the references; without recursion, as chains are long. */

interface Visit<T> {
  readonly node: T;
  readonly index: number;
  /** The earliest node on the way that is reached from here. */
  low: number;
  readonly left: T[];
}

/**
 * The groups of nodes each of which leads back to itself: strongly connected components (Tarjan 1972) of more than one node, or of
 * one that refers to itself.
 */
export function circlesOf<T>(nodes: Iterable<T>, next: (node: T) => readonly T[]): T[][] {
  const circles: T[][] = [];
  const indices = new Map<T, number>();
  const open: T[] = [];
  const isOpen = new Set<T>();
  const way: Visit<T>[] = [];
  const enter = (node: T): void => {
    const index = indices.size;
    indices.set(node, index);
    open.push(node);
    isOpen.add(node);
    way.push({ node, index, low: index, left: [...next(node)] });
  };
  for (const start of nodes) {
    if (!indices.has(start)) enter(start);
    for (let visit = way.at(-1); visit; visit = way.at(-1)) {
      const other = visit.left.pop();
      if (other !== undefined) {
        const known = indices.get(other);
        if (known === undefined) enter(other);
        else if (isOpen.has(other)) visit.low = Math.min(visit.low, known);
        continue;
      }
      way.pop();
      const above = way.at(-1);
      if (above) above.low = Math.min(above.low, visit.low);
      if (visit.low !== visit.index) continue;
      const group = open.splice(open.lastIndexOf(visit.node));
      for (const node of group) isOpen.delete(node);
      if (group.length > 1 || next(visit.node).includes(visit.node)) circles.push(group);
    }
  }
  return circles;
}

/** The shortest way from a node back to itself, it at both ends; undefined where there is none. */
export function circleFrom<T>(start: T, next: (node: T) => readonly T[]): T[] | undefined {
  const before = new Map<T, T>();
  const queue = [start];
  for (const node of queue) {
    for (const other of next(node)) {
      if (other === start) {
        const way = [start];
        for (let at: T | undefined = node; at !== undefined && at !== start; at = before.get(at)) way.unshift(at);
        return [start, ...way];
      }
      if (before.has(other)) continue;
      before.set(other, node);
      queue.push(other);
    }
  }
  return undefined;
}

/** All that a node needs and then itself, each behind what it needs; or the first circle that is met. */
export function neededFirst<T>(
  start: T,
  next: (node: T) => readonly T[],
): { readonly order: readonly T[] } | { readonly circle: readonly T[] } {
  const done = new Set<T>();
  const onWay = new Set([start]);
  const way = [{ node: start, left: [...next(start)] }];
  for (let last = way.at(-1); last; last = way.at(-1)) {
    const other = last.left.pop();
    if (other === undefined) {
      way.pop();
      onWay.delete(last.node);
      done.add(last.node);
    } else if (onWay.has(other)) {
      const nodes = [...onWay];
      return { circle: [...nodes.slice(nodes.indexOf(other)), other] };
    } else if (!done.has(other)) {
      onWay.add(other);
      way.push({ node: other, left: [...next(other)] });
    }
  }
  return { order: [...done] };
}
