/** Mutations of text: whole lines and words, since bytes at random hardly ever leave a text that a reader takes. */
import type { Draft } from './draft.ts';
import type { Random } from './mutate.ts';

/** Words, values that are nearly what is wanted, signs of YAML, CSV, JSON and WQL, blanks. */
const words = (
  'null|true|~|-1|0|1.10|0x1F|1e999|99999999999999999999|2026-13-01|constructor|%A%|name|id|ABC00001|PC1|NOT | OR |' +
  '"|\'|`|[|]|{|}|: |- |? |&a |*a|!secret |> |#|, |;|()|\\|\n|\r\n|\n\n|\t|  |    |\u00e4|\u{1F4BB}'
)
  .split('|')
  .map((word) => new TextEncoder().encode(word));

const newline = 10;

/** Where the line of a place begins, and where the next one does. */
function lineAt(bytes: Uint8Array, at: number): { from: number; to: number } {
  const end = bytes.indexOf(newline, at);
  return { from: at === 0 ? 0 : bytes.lastIndexOf(newline, at - 1) + 1, to: end < 0 ? bytes.length : end + 1 };
}

/** Changes a draft in one to three ways; the result may be text as its seed was. */
export function mutateText(draft: Draft, random: Random): void {
  for (let n = 1 + random(3); n > 0 && draft.length > 0; n--) {
    const at = random(draft.length);
    const { from, to } = lineAt(draft.bytes, at);
    const word = words[random(words.length)] as Uint8Array;
    switch (random(8)) {
      case 0:
        draft.remove(from, to - from);
        break;
      case 1:
        draft.insert(from, draft.bytes.slice(from, to));
        break;
      case 2: {
        const other = lineAt(draft.bytes, random(draft.length));
        draft.insert(from, draft.bytes.slice(other.from, other.to));
        break;
      }
      case 3:
        draft.insert(from, Uint8Array.of(...Array<number>(1 + random(4)).fill(32)));
        break;
      case 4:
        draft.remove(at, 1 + random(8));
        break;
      case 5: {
        // The word at the place becomes another.
        let end = at;
        while (end < draft.length && /\w/.test(String.fromCharCode(draft.bytes[end] as number))) end++;
        draft.remove(at, end - at);
        draft.insert(at, word);
        break;
      }
      default:
        draft.insert(at, word);
    }
  }
}
