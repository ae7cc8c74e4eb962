/** Random trees of keys for property tests, and the form in which two trees are compared. */
import * as fc from 'fast-check';
import type { NewKey, NewValue } from '../../../images/hive/index.ts';

/** Names that hit both encodings, case folding and the four characters of a hint. */
const nameCharacter = fc.constantFrom(...Array.from('abcABC019 _-{}.äÖßÿ'), 'Ω', 'ж', '日', '\u{1F600}');
const keyName = fc.string({ unit: nameCharacter, minLength: 1, maxLength: 12 });
const valueName = fc.string({ unit: nameCharacter, maxLength: 12 });

const value: fc.Arbitrary<NewValue> = fc.record({
  name: valueName,
  type: fc.oneof(fc.integer({ min: 0, max: 11 }), fc.constant(0xffff_fff0)),
  data: fc.oneof(
    fc.uint8Array({ maxLength: 9 }),
    fc.uint8Array({ maxLength: 300 }),
    // around one and two segments
    fc.constantFrom(16_343, 16_344, 16_345, 32_688, 32_689).map((length) => new Uint8Array(length).fill(length & 255)),
  ),
});

const caseless = (item: { readonly name: string }): string =>
  Array.from(item.name)
    .map((c) => (c.toUpperCase().length === c.length ? c.toUpperCase() : c))
    .join('');

const unique = <T extends { readonly name: string }>(item: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> =>
  fc.uniqueArray(item, { maxLength, selector: caseless });

/** A tree of at most a few dozen keys. */
export const anyTree: fc.Arbitrary<NewKey> = fc.letrec<{ key: NewKey }>((tie) => ({
  key: fc.record(
    {
      name: keyName,
      lastWritten: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      className: keyName,
      values: unique(value, 4),
      subkeys: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.constant([]), unique(tie('key'), 4)),
    },
    { requiredKeys: ['name'] },
  ),
})).key;

/** A tree in plain, ordered form: absent parts filled in, subkeys sorted, data as hex. */
export function plain(key: NewKey): unknown {
  const subkeys = [...(key.subkeys ?? [])].sort((a, b) => (caseless(a) < caseless(b) ? -1 : 1));
  return {
    name: key.name,
    lastWritten: key.lastWritten ?? 0n,
    className: key.className ?? '',
    values: (key.values ?? []).map(({ name, type, data }) => ({ name, type, data: Buffer.from(data).toString('hex') })),
    subkeys: subkeys.map(plain),
  };
}
