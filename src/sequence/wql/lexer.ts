/** The words of a WQL query, each with its place. */
import { InputError } from '../../core/index.ts';
import { sequenceCode } from '../codes.ts';

export type WqlToken =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly text: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number | bigint; readonly text: string; readonly at: number }
  | { readonly kind: 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

/** Throws InputError (`SEQUENCE_WQL_SYNTAX`) with the place, counted from 1. */
export function wqlError(query: string, at: number, message: string, hint?: string): InputError {
  const around = query.slice(Math.max(0, at - 20), at + 20);
  return new InputError(
    sequenceCode.SEQUENCE_WQL_SYNTAX,
    `WQL: ${message} at character ${at + 1}, near ${JSON.stringify(around)}`,
    { details: { position: at + 1, near: around }, ...(hint === undefined ? {} : { hint }) },
  );
}

const patterns = {
  space: /\s+/y,
  word: /[A-Za-z_][A-Za-z0-9_]*/y,
  number: /[+-]?(?:0[xX][0-9A-Fa-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y,
  sign: /<>|!=|<=|>=|[=<>(),*.]/y,
} as const;

/** All tokens, `end` last. Throws InputError for a character that no token starts with and for a string without end. */
export function wqlTokens(query: string): WqlToken[] {
  const tokens: WqlToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(query)?.[0];
  };
  while (at < query.length) {
    const space = take(patterns.space);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const quote = query[at];
    if (quote === "'" || quote === '"') {
      const { text, end } = readString(query, at);
      tokens.push({ kind: 'string', text, at });
      at = end;
      continue;
    }
    const word = take(patterns.word);
    const number = word === undefined ? take(patterns.number) : undefined;
    const sign = word === undefined && number === undefined ? take(patterns.sign) : undefined;
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, value: numberOf(number), at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, at });
    else throw wqlError(query, at, `${JSON.stringify(String.fromCodePoint(query.codePointAt(at) ?? 0))} is not known`);
    at += (word ?? number ?? sign ?? '').length;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}

/** Between equal quotes; a backslash before a quote or a backslash takes its meaning away. */
function readString(query: string, start: number): { readonly text: string; readonly end: number } {
  const quote = query[start];
  let text = '';
  for (let at = start + 1; at < query.length; at++) {
    const character = query[at] as string;
    if (character === quote) return { text, end: at + 1 };
    const next = query[at + 1];
    if (character === '\\' && (next === '\\' || next === "'" || next === '"')) {
      text += next;
      at++;
    } else text += character;
  }
  throw wqlError(query, start, `the string that starts here has no end (${quote} is missing)`);
}

function numberOf(text: string): number | bigint {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[+-]/, '');
  const value = Number(digits);
  if (!/^(0[xX][0-9A-Fa-f]+|\d+)$/.test(digits) || Number.isSafeInteger(value)) return negative ? -value : value;
  return negative ? -BigInt(digits) : BigInt(digits);
}
