/**
 * Who is let in when there are too many: windows of a second, and under pressure those first who ask again. A flood with made-up
 * addresses never repeats one; firmware asks again after 4, 8, 16 and 32 seconds (PXE 2.1).
 */

/** Counts per second and key. Times are milliseconds of a clock that never goes back. */
export function openWindow(limit: number): { take(at: number, key?: string): boolean } {
  let second = -1;
  let total = 0;
  let counts = new Map<string, number>();
  return {
    take(at, key) {
      const now = Math.floor(at / 1000);
      if (now !== second) {
        second = now;
        total = 0;
        if (counts.size > 0) counts = new Map();
      }
      if (key === undefined) {
        total += 1;
        return total <= limit;
      }
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= limit;
    },
  };
}

const BITS = 2 ** 25;
const GENERATION = 30_000;

/** 32 bits of a text (FNV-1a). */
function hash(text: string, start: number): number {
  let value = start;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Remembers who asked for 30 to 60 s in 8 MiB, which it takes at the first use; some that never asked pass as well. */
export function openMemory(): { seen(key: string, at: number): boolean; remember(key: string, at: number): void } {
  let current: Uint8Array | undefined;
  let earlier: Uint8Array | undefined;
  let since = 0;
  const bitsOf = (key: string) => [hash(key, 0x811c9dc5) % BITS, hash(key, 0x01234567) % BITS];
  const turn = (at: number): void => {
    if (current !== undefined && at - since < GENERATION) return;
    earlier = current !== undefined && at - since < 2 * GENERATION ? current : undefined;
    current = undefined;
    since = at;
  };
  const has = (bits: Uint8Array | undefined, places: readonly number[]) =>
    bits !== undefined && places.every((place) => ((bits[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0);
  return {
    seen(key, at) {
      turn(at);
      const places = bitsOf(key);
      return has(current, places) || has(earlier, places);
    },
    remember(key, at) {
      turn(at);
      current ??= new Uint8Array(BITS / 8);
      for (const place of bitsOf(key)) current[place >>> 3] = (current[place >>> 3] ?? 0) | (1 << (place & 7));
    },
  };
}

export interface Admission {
  /** Whether a client that has no exchange may have one. `returning`: it has shown that it got an answer. */
  admit(key: string, returning: boolean, at: number): boolean;
}

/** Half of all decisions, and a first window of clients, are for anybody; the rest for those who come again. */
export function openAdmission(
  limits: { readonly newClients: number; readonly decisions: number },
  open: () => number,
): Admission {
  const anybody = openWindow(limits.newClients);
  const again = openWindow(limits.newClients);
  const memory = openMemory();
  let pressed = -Infinity;
  return {
    admit(key, returning, at) {
      const free = open() < limits.decisions / 2 && anybody.take(at);
      if (free) {
        // So that who lost its exchange to a flood is known again.
        if (at - pressed < GENERATION) memory.remember(key, at);
        return true;
      }
      pressed = at;
      const known = returning || memory.seen(key, at);
      memory.remember(key, at);
      return known && open() < limits.decisions && again.take(at);
    },
  };
}
