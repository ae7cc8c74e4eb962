/** A set of cell references, one bit for each 8 bytes of hive: a sixty-fourth of its size. */

export interface PlaceSet {
  has(reference: number): boolean;
  add(reference: number): void;
  delete(reference: number): void;
  /** The largest member below `reference`. */
  before(reference: number): number | undefined;
  /** The same members, with room for references below `size`. */
  grown(size: number): PlaceSet;
}

/** An empty set for references below `size`; multiples of 8 only, others are never members. */
export function placeSet(size: number, from?: Uint8Array): PlaceSet {
  const bits = new Uint8Array(Math.ceil(size / 64));
  if (from !== undefined) bits.set(from);
  const has = (reference: number): boolean =>
    reference % 8 === 0 && ((bits[Math.floor(reference / 64)] ?? 0) & (1 << ((reference / 8) % 8))) !== 0;
  const change = (reference: number, on: boolean): void => {
    const byte = Math.floor(reference / 64);
    const bit = 1 << ((reference / 8) % 8);
    bits[byte] = on ? (bits[byte] ?? 0) | bit : (bits[byte] ?? 0) & ~bit;
  };
  return {
    has,
    add: (reference) => change(reference, true),
    delete: (reference) => change(reference, false),
    before(reference) {
      for (let place = reference - 8; place >= 0; place -= 8) {
        // Whole bytes without a member are passed over: a cell may be long.
        if (place % 64 === 56 && bits[(place - 56) / 64] === 0) place -= 56;
        else if (has(place)) return place;
      }
      return undefined;
    },
    grown: (larger) => placeSet(larger, bits),
  };
}
