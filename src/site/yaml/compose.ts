/**
 * YAML text to nodes of the `yaml` package, with the limits that it lacks. It makes nodes by recursion, and where the stack is nearly
 * full while V8 compiles one of its regular expressions, the process ends: too deep a nesting is refused before there are nodes.
 */
import { Composer, type CST, type Document, Lexer, Parser, type ScalarTag, YAMLParseError } from 'yaml';

export const maximumText = 4 * 2 ** 20;
export const maximumTokens = 1_000_000;
export const maximumIndent = 500;
export const maximumDepth = 320;

const secretTag: ScalarTag = { tag: '!secret', resolve: (text) => ({ sealed: text }) };

/** After so many the rest is not read: what is no YAML at all has a mistake at every sign. */
const mostSyntaxErrors = 1000;

export type YamlDocument = Document.Parsed;

export interface BrokenLimit {
  /** The sentence that says which one. */
  readonly limit: string;
  readonly offset: number;
}

/** The document, or the limit that the text breaks. Syntax errors are in its `errors`. */
export function composeYaml(text: string, keepTokens: boolean): YamlDocument | BrokenLimit {
  if (text.length > maximumText) {
    return { limit: `the file has ${text.length} characters, at most ${maximumText} are allowed`, offset: 0 };
  }
  const wide = /^(?: |[-?:] ){501}/m.exec(text);
  if (wide) return { limit: `a line is indented by more than ${maximumIndent} columns`, offset: wide.index };
  const reading: Reading = {};
  const composer = new Composer({
    customTags: [secretTag],
    keepSourceTokens: keepTokens,
    logLevel: 'error',
    prettyErrors: false,
    uniqueKeys: false,
  });
  let document: YamlDocument | undefined;
  for (const each of composer.compose(tokensOf(text, reading), true, text.length)) {
    if (reading.broken) return reading.broken;
    if (document !== undefined) {
      const place: [number, number] = [each.range[0], each.range[1]];
      document.errors.push(new YAMLParseError(place, 'MULTIPLE_DOCS', 'The file holds several documents'));
      break;
    }
    document = each;
  }
  return document ?? { limit: 'the file has no document', offset: 0 };
}

interface Reading {
  broken?: BrokenLimit;
}

/** The tokens of a text, up to where it breaks a limit. */
function* tokensOf(text: string, reading: Reading): Iterable<CST.Token> {
  const parser = new Parser();
  let parts = 0;
  let errors = 0;
  for (const part of new Lexer().lex(text)) {
    for (const token of parser.next(part)) {
      yield token;
      if (token.type === 'error' && ++errors > mostSyntaxErrors) return;
    }
    parts++;
    // The document itself is on the stack, too, and the text that is read.
    const isDeep = parser.stack.length > maximumDepth + 2;
    if (!isDeep && parts <= maximumTokens) continue;
    const limit = isDeep
      ? `it is nested deeper than ${maximumDepth} levels`
      : `the file has more than ${maximumTokens} words and signs`;
    reading.broken = { limit, offset: parser.offset };
    return;
  }
  yield* parser.end();
}
