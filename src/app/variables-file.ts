/** `--variable NAME=VALUE` and `--variables-file`: YAML, `NAME: value` or `NAME: {secret: value}`; every mistake with its line. */
import type * as Yaml from 'yaml';
import { readToEnd } from '../../images/bytes/index.ts';
import { InputError, Secret } from '../core/index.ts';
import { isPasswordVariable, type Variable } from '../model/index.ts';
import { appCode } from './codes.ts';
import { saveAsUtf8, utf8Text } from './utf8-text.ts';

/** A variables file has no reason to be larger. */
const limit = 1024 * 1024;

/**
 * The variables in a YAML file. Values marked `secret`, and those of password variables, become secrets. Throws InputError
 * (`APP_VARIABLES_FILE`) with line and column; values never show in messages.
 */
export async function readVariablesFile(path: string): Promise<Variable[]> {
  const text = utf8Text(await readToEnd(path, limit));
  if (text === undefined) {
    throw new InputError(appCode.APP_VARIABLES_FILE, `${path}: is not UTF-8 text`, {
      details: { path },
      hint: saveAsUtf8,
    });
  }
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const fail = (offset: number, what: string): InputError => {
    const { line, col } = lines.linePos(offset);
    return new InputError(appCode.APP_VARIABLES_FILE, `${path}:${line}:${col}: ${what}`, {
      details: { path, line, column: col },
      hint: 'Each line is `NAME: value`, or `NAME: {secret: value}` for a secret.',
    });
  };
  const [error] = document.errors;
  // The library's message quotes the line, which may hold a secret: only its code is shown.
  if (error) throw fail(error.pos[0], `not YAML (${error.code})`);
  if (document.contents === null) return [];
  if (!yaml.isMap(document.contents)) throw fail(0, 'a list of names and values is expected');
  return document.contents.items.map(({ key, value }) => {
    if (!yaml.isScalar(key)) throw fail(0, 'a variable name is expected');
    const name = String(key.value);
    return { name, value: valueOf(yaml, name, value, key.range?.[0] ?? 0, fail) };
  });
}

function valueOf(
  { isMap, isScalar }: typeof Yaml,
  name: string,
  node: Yaml.Node | null,
  at: number,
  fail: (offset: number, what: string) => InputError,
): string | Secret {
  const offset = node?.range?.[0] ?? at;
  if (isMap(node)) {
    const [entry] = node.items;
    const secret = node.items.length === 1 && isScalar(entry?.key) && entry.key.value === 'secret' && entry.value;
    if (!isScalar(secret)) throw fail(offset, `${name}: only {secret: value} is allowed here`);
    return new Secret(scalarText(secret.value, secret.source));
  }
  if (node !== null && !isScalar(node)) throw fail(offset, `${name}: a text value is expected`);
  const text = node === null ? '' : scalarText(node.value, node.source);
  return isPasswordVariable(name) ? new Secret(text) : text;
}

/** Numbers and booleans keep the text as written: `0123` stays `0123`. */
function scalarText(value: unknown, source: string | undefined): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : (source ?? '');
}

/**
 * The variables given as `NAME=VALUE` by the option `flag`. Throws InputError: `APP_OPTION` without `=`, `APP_VARIABLE_SECRET_IN_ARGV` for the
 * name of a password variable.
 */
export function parseVariableOptions(options: readonly string[], flag = '--variable'): Variable[] {
  return options.map((option) => {
    const equals = option.indexOf('=');
    if (equals < 1) {
      // The text is not shown: it may be a password typed in the wrong place.
      throw new InputError(appCode.APP_OPTION, `${flag}: NAME=VALUE is expected`, {
        hint: `For example ${flag} SMSTSPreferredAdvertID=ABC20001`,
      });
    }
    const name = option.slice(0, equals);
    if (isPasswordVariable(name)) {
      throw new InputError(appCode.APP_VARIABLE_SECRET_IN_ARGV, `${flag} ${name}: this variable holds a password`, {
        details: { variable: name },
        hint: `Write \`${name}: {secret: ...}\` into a file and give it with --variables-file and --password-file.`,
      });
    }
    return { name, value: option.slice(equals + 1) };
  });
}
