/** What happens when: a binary heap, equal times in the order in which they were added. */
export interface Happening {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export interface Timeline {
  add(at: number, run: () => void): void;
  /** The earliest, or null. */
  take(): Happening | null;
}

export function timeline(): Timeline {
  const heap: Happening[] = [];
  let order = 0;
  const before = (a: number, b: number): boolean => {
    const x = heap[a] as Happening;
    const y = heap[b] as Happening;
    return x.at < y.at || (x.at === y.at && x.order < y.order);
  };
  const swap = (a: number, b: number): void => {
    const kept = heap[a] as Happening;
    heap[a] = heap[b] as Happening;
    heap[b] = kept;
  };
  return {
    add(at, run) {
      heap.push({ at, order: order++, run });
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (!before(i, parent)) break;
        swap(i, parent);
        i = parent;
      }
    },
    take() {
      if (heap.length === 0) return null;
      swap(0, heap.length - 1);
      const first = heap.pop() as Happening;
      for (let i = 0; ; ) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2]) if (child < heap.length && before(child, least)) least = child;
        if (least === i) return first;
        swap(i, least);
        i = least;
      }
    },
  };
}
