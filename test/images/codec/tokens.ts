/**
 * What a chunk says, before it is coded: literals and matches. `expand` is the naive meaning of it, byte by byte, with
 * which the decoders are compared; the writers beside this file code it.
 */

export type Token = { readonly literal: number } | { readonly offset: number; readonly length: number };

/** Literals for the characters of an ASCII text. */
export function literals(text: string): Token[] {
  return [...Buffer.from(text, 'latin1')].map((literal) => ({ literal }));
}

/** The bytes that the tokens stand for, behind what `before` holds. */
export function expand(tokens: readonly Token[], before: readonly number[] = []): number[] {
  const bytes = [...before];
  for (const token of tokens) {
    if ('literal' in token) bytes.push(token.literal);
    else for (let i = 0; i < token.length; i++) bytes.push(bytes[bytes.length - token.offset] as number);
  }
  return bytes.slice(before.length);
}

export function lengthOf(tokens: readonly Token[]): number {
  return tokens.reduce((sum, token) => sum + ('literal' in token ? 1 : token.length), 0);
}

/**
 * Lengths of a complete code for the symbols used out of `total`: balanced, or `skewed` with codewords as long as `most`
 * bits, for the decoder's slow path. A lone symbol gets a partner, none gives the empty code.
 */
export function codeLengths(used: Iterable<number>, total: number, most: number, skewed = false): number[] {
  const symbols = [...new Set(used)].sort((a, b) => a - b);
  const lengths = Array.from({ length: total }, () => 0);
  if (symbols.length === 0) return lengths;
  if (symbols.length === 1) symbols.push(symbols[0] === 0 ? 1 : 0);
  let taken = 0;
  if (skewed) {
    // 1, 2, 3 ... bits for the first symbols, while the rest still fits below.
    while (taken < most - 1 && symbols.length - taken > 1 && symbols.length - taken - 1 <= 2 ** (most - taken - 1)) {
      lengths[symbols[taken] as number] = taken + 1;
      taken += 1;
    }
  }
  const rest = symbols.slice(taken);
  const bits = Math.ceil(Math.log2(rest.length));
  const shorter = 2 ** bits - rest.length;
  for (const [i, symbol] of rest.entries()) lengths[symbol] = taken + (i < shorter ? bits - 1 : bits);
  return lengths;
}

/** The canonical codewords of code lengths, as numbers. */
export function codewords(lengths: readonly number[]): number[] {
  const words = lengths.map(() => 0);
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    next *= 2;
    for (const [symbol, own] of lengths.entries()) if (own === length) words[symbol] = next++;
  }
  return words;
}
