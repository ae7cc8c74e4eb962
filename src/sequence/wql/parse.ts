/**
 * WQL as conditions use it (Microsoft Learn, "WQL (SQL for WMI)"): SELECT properties or * FROM class [WHERE expression]. Written
 * from the description; NOT binds closer than AND, AND closer than OR.
 */
import { LimitError } from '../../core/index.ts';
import { sequenceCode } from '../codes.ts';
import { MAXIMUM_QUERY, MAXIMUM_QUERY_DEPTH } from '../limits.ts';
import { wqlError, type WqlToken, wqlTokens } from './lexer.ts';

export type WqlLiteral = string | number | bigint | boolean | null;

export type WqlOperand = { readonly property: string } | { readonly literal: WqlLiteral };

export const WQL_COMPARISONS = ['=', '<>', '<', '>', '<=', '>=', 'like'] as const;
export type WqlComparison = (typeof WQL_COMPARISONS)[number];

export type WqlExpression =
  | { readonly kind: 'and' | 'or'; readonly of: readonly WqlExpression[] }
  | { readonly kind: 'not'; readonly of: WqlExpression }
  | {
      readonly kind: 'compare';
      readonly operator: WqlComparison;
      readonly left: WqlOperand;
      readonly right: WqlOperand;
    };

export type WqlQuery =
  | {
      readonly kind: 'select';
      /** As written; empty for `*`. */
      readonly properties: readonly string[];
      readonly class: string;
      readonly where?: WqlExpression;
    }
  /** Legal WQL that facts cannot decide. */
  | { readonly kind: 'other'; readonly why: string };

/**
 * The query. Throws InputError (`SEQUENCE_WQL_SYNTAX`) with the place for what is no WQL, and LimitError (`SEQUENCE_WQL_LIMIT`)
 * for a query of more than 16384 characters or 64 levels.
 */
export function parseWql(query: string): WqlQuery {
  if (query.length > MAXIMUM_QUERY) {
    throw new LimitError(
      sequenceCode.SEQUENCE_WQL_LIMIT,
      `WQL: the query has ${query.length} characters, at most ${MAXIMUM_QUERY} are allowed`,
      { details: { length: query.length, maximum: MAXIMUM_QUERY } },
    );
  }
  return new Parser(query).query();
}

/** Where the parser stands; a class because it has a life: one walk over the tokens. */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly WqlToken[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = wqlTokens(text);
  }

  query(): WqlQuery {
    if (this.#isWord('associators') || this.#isWord('references')) {
      return { kind: 'other', why: `${this.#token.text.toUpperCase()} OF asks for relations, which facts do not hold` };
    }
    this.#expectWord('SELECT');
    const properties = this.#takeSign('*') ? [] : this.#propertyList();
    this.#expectWord('FROM');
    const name = this.#name('the name of a class');
    const where = this.#takeWord('where') ? this.#or() : undefined;
    for (const word of ['within', 'group', 'having']) {
      if (this.#isWord(word)) return { kind: 'other', why: `${word.toUpperCase()} belongs to queries for events` };
    }
    if (this.#token.kind !== 'end') throw this.#unexpected(where ? 'AND, OR or the end' : 'WHERE or the end');
    return { kind: 'select', properties, class: name, ...(where === undefined ? {} : { where }) };
  }

  get #token(): WqlToken {
    return this.#tokens[this.#at] as WqlToken;
  }

  #isWord(word: string): boolean {
    return this.#token.kind === 'word' && this.#token.text.toLowerCase() === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#at++;
    return true;
  }

  #takeSign(sign: string): boolean {
    if (this.#token.kind !== 'sign' || this.#token.text !== sign) return false;
    this.#at++;
    return true;
  }

  #expectWord(word: string): void {
    if (!this.#takeWord(word.toLowerCase())) throw this.#unexpected(word);
  }

  #unexpected(expected: string, hint?: string): Error {
    const { kind, text, at } = this.#token;
    const found = kind === 'end' ? 'the end' : JSON.stringify(text.slice(0, 40));
    return wqlError(this.#text, at, `expected ${expected}, found ${found}`, hint);
  }

  #name(expected: string): string {
    const token = this.#token;
    if (token.kind !== 'word' || RESERVED.has(token.text.toLowerCase())) throw this.#unexpected(expected);
    this.#at++;
    return token.text;
  }

  /** `Name`, or `Inner.Name` of an embedded object. */
  #property(): string {
    let name = this.#name('the name of a property');
    while (this.#takeSign('.')) name += `.${this.#name('the name of a property')}`;
    return name;
  }

  #propertyList(): string[] {
    const names = [this.#property()];
    while (this.#takeSign(',')) names.push(this.#property());
    return names;
  }

  #or(): WqlExpression {
    const of = [this.#and()];
    while (this.#takeWord('or')) of.push(this.#and());
    return of.length === 1 ? (of[0] as WqlExpression) : { kind: 'or', of };
  }

  #and(): WqlExpression {
    const of = [this.#not()];
    while (this.#takeWord('and')) of.push(this.#not());
    return of.length === 1 ? (of[0] as WqlExpression) : { kind: 'and', of };
  }

  #not(): WqlExpression {
    const nested = this.#isWord('not') || (this.#token.kind === 'sign' && this.#token.text === '(');
    if (!nested) return this.#comparison();
    if (++this.#depth > MAXIMUM_QUERY_DEPTH) {
      throw new LimitError(
        sequenceCode.SEQUENCE_WQL_LIMIT,
        `WQL: more than ${MAXIMUM_QUERY_DEPTH} levels of NOT and parentheses at character ${this.#token.at + 1}`,
        { details: { maximum: MAXIMUM_QUERY_DEPTH, position: this.#token.at + 1 } },
      );
    }
    const expression = this.#takeWord('not') ? ({ kind: 'not', of: this.#not() } as const) : this.#parentheses();
    this.#depth--;
    return expression;
  }

  #parentheses(): WqlExpression {
    this.#takeSign('(');
    const inner = this.#or();
    if (!this.#takeSign(')')) throw this.#unexpected(')');
    return inner;
  }

  #comparison(): WqlExpression {
    const left = this.#operand();
    if (this.#takeWord('is')) {
      const negated = this.#takeWord('not');
      this.#expectWord('NULL');
      return { kind: 'compare', operator: negated ? '<>' : '=', left, right: { literal: null } };
    }
    if (this.#isWord('not')) {
      throw this.#unexpected('an operator', 'WQL has no NOT LIKE: write NOT before the property.');
    }
    if (this.#takeWord('like')) {
      const right = this.#operand();
      if (!('literal' in right) || typeof right.literal !== 'string') {
        this.#at--;
        throw this.#unexpected('a pattern in quotes after LIKE');
      }
      return { kind: 'compare', operator: 'like', left, right };
    }
    const sign = this.#token.kind === 'sign' ? this.#token.text : '';
    const operator = sign === '!=' ? '<>' : WQL_COMPARISONS.find((known) => known === sign);
    if (operator === undefined) throw this.#unexpected('=, <>, <, >, <=, >=, LIKE or IS');
    this.#at++;
    return { kind: 'compare', operator, left, right: this.#operand() };
  }

  #operand(): WqlOperand {
    const token = this.#token;
    if (token.kind === 'string' || token.kind === 'number') {
      this.#at++;
      return { literal: token.kind === 'string' ? token.text : token.value };
    }
    for (const [word, literal] of LITERALS) if (this.#takeWord(word)) return { literal };
    if (token.kind !== 'word') throw this.#unexpected('a property, text in quotes or a number');
    return { property: this.#property() };
  }
}

const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const;

const RESERVED = new Set(['select', 'from', 'where', 'and', 'or', 'not', 'like', 'is', 'null', 'true', 'false']);
