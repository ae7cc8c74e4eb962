/** The free cells of an open hive, by size. Knows sizes and places, not bytes: the owner tells whether a place is still free. */

/** Sizes below this have a list each; all larger cells share one. Sizes are multiples of 8. */
const exactBelow = 4096;

export class FreeCells {
  readonly #lists: number[][] = Array.from({ length: exactBelow / 8 + 1 }, () => []);
  /** Size of the free cell at a place, 0 when none is there any more: entries are not removed when cells are merged. */
  readonly #sizeAt: (reference: number) => number;

  constructor(sizeAt: (reference: number) => number) {
    this.#sizeAt = sizeAt;
  }

  put(reference: number, size: number): void {
    this.#list(size).push(reference);
  }

  /** The smallest free cell of at least `size` bytes, taken out; undefined when there is none. */
  take(size: number): number | undefined {
    for (let fit = size; fit < exactBelow; fit += 8) {
      const list = this.#list(fit);
      for (let reference = list.pop(); reference !== undefined; reference = list.pop()) {
        if (this.#sizeAt(reference) === fit) return reference;
      }
    }
    return this.#takeLarge(Math.max(size, exactBelow));
  }

  #takeLarge(size: number): number | undefined {
    const list = this.#list(exactBelow);
    let best = -1;
    let bestSize = Infinity;
    let kept = 0;
    for (const reference of list) {
      const there = this.#sizeAt(reference);
      if (there < exactBelow) continue; // merged, or taken in part
      if (there >= size && there < bestSize) {
        best = kept;
        bestSize = there;
      }
      list[kept++] = reference;
    }
    list.length = kept;
    return best < 0 ? undefined : list.splice(best, 1)[0];
  }

  #list(size: number): number[] {
    return this.#lists[Math.min(size, exactBelow) / 8] as number[];
  }
}
