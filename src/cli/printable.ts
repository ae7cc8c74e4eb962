/**
 * Text that is safe to show: names inside images and on media are whatever their maker wrote, and a terminal obeys escape
 * sequences. JSON needs none of this: it escapes by itself.
 */

/** Control characters but tab and line feed, and the marks that turn the direction of writing. */
const unsafe = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text with such characters shown as `\x1b` or `\u202e`. */
export function printable(text: string): string {
  return text.replace(unsafe, (character) => {
    if (character === '\n' || character === '\t') return character;
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
  });
}
