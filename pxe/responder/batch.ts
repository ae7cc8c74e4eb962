/** Collects what one turn of the event loop has to say, and says it at its end. */

/** `say` gets all that was added since, behind the datagrams that wait. */
export function openBatch<T>(say: (items: readonly T[]) => void): (item: T) => void {
  let items: T[] = [];
  return (item) => {
    items.push(item);
    if (items.length > 1) return;
    setImmediate(() => {
      const said = items;
      items = [];
      say(said);
    });
  };
}
