/**
 * YAML text to nodes of the `yaml` package, with the limits that it lacks: an indentation of some thousand columns makes a
 * regular expression of that size inside it, which ends the process instead of throwing.
 */
import { type Document, parseDocument, type ScalarTag } from 'yaml';

export const maximumText = 4 * 2 ** 20;
export const maximumIndent = 1000;
export const maximumDepth = 320;

const secretTag: ScalarTag = { tag: '!secret', resolve: (text) => ({ sealed: text }) };

export type YamlDocument = Document.Parsed;

/** The document, or the sentence that says which limit it breaks. Syntax errors are in its `errors`. */
export function composeYaml(text: string, tokens: boolean): YamlDocument | string {
  if (text.length > maximumText) return `the file has ${text.length} characters, at most ${maximumText} are allowed`;
  if (/^(?: |[-?:] ){500}/m.test(text)) return `a line is indented by more than ${maximumIndent} columns`;
  try {
    return parseDocument(text, {
      customTags: [secretTag],
      keepSourceTokens: tokens,
      logLevel: 'error',
      prettyErrors: false,
      uniqueKeys: false,
    });
  } catch (error) {
    if (error instanceof RangeError) return `it is nested deeper than ${maximumDepth} levels`;
    throw error;
  }
}
