/** Collects what one turn of the event loop has to say, and says it at its end: a message costs more than what is in it. */

/** `say` gets all that was added since, behind the datagrams that wait; nothing, too, when only `due` was called. */
export function openBatch<T>(say: (items: readonly T[]) => void): { add(item: T): void; due(): void } {
  let items: T[] = [];
  let planned = false;
  const due = (): void => {
    if (planned) return;
    planned = true;
    setImmediate(() => {
      const said = items;
      items = [];
      planned = false;
      say(said);
    });
  };
  return {
    add(item) {
      items.push(item);
      due();
    },
    due,
  };
}

/**
 * The same, with one message on its way at a time: what comes until the other side has `taken` it goes with the next. So messages grow
 * with the load instead of in number.
 */
export function openTurns<T>(say: (items: readonly T[]) => void): { add(item: T): void; taken(): void } {
  let waiting: T[] = [];
  let onItsWay = false;
  const batch = openBatch<T>((items) => {
    onItsWay = true;
    say(items);
  });
  return {
    add(item) {
      if (onItsWay) waiting.push(item);
      else batch.add(item);
    },
    taken() {
      onItsWay = false;
      for (const item of waiting) batch.add(item);
      waiting = [];
    },
  };
}
