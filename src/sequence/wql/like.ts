/**
 * LIKE of WQL: `%` any run, `_` one character, `[a-f]` and `[abc]` one of these, `[^a-f]` one but these; without case
 * (Microsoft Learn, "LIKE Operator" of WQL).
 */
import { matchParts, type PatternPart } from '../wildcard.ts';

/** Whether the text is like the pattern. A `[` without its `]` is itself. */
export function matchLike(pattern: string, text: string): boolean {
  return matchParts(likeParts(pattern.toUpperCase()), text.toUpperCase());
}

function likeParts(pattern: string): PatternPart[] {
  const characters = Array.from(pattern);
  const parts: PatternPart[] = [];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    const end = character === '[' ? characters.indexOf(']', at + 2) : -1;
    if (end > 0) {
      parts.push(oneOf(characters.slice(at + 1, end)));
      at = end;
    } else if (character === '%') parts.push('any');
    else parts.push(character === '_' ? () => true : (other) => other === character);
  }
  return parts;
}

function oneOf(inside: readonly string[]): PatternPart {
  const negated = inside[0] === '^' && inside.length > 1;
  const set = negated ? inside.slice(1) : inside;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < set.length; at++) {
    const from = set[at] as string;
    const to = set[at + 1] === '-' ? set[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated;
}
