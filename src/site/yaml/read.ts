/**
 * A file to plain values with the place of each. Everything wrong is collected, nothing is thrown. `!secret TEXT` becomes
 * `{ sealed: TEXT }`; anchors, aliases, other tags and explicit keys are refused: a site's file means what it shows.
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { ErrorCode } from '../../core/index.ts';
import type { NodePath } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { type BrokenLimit, composeYaml, maximumDepth, type YamlDocument } from './compose.ts';
import { lineStarts, positionAt, type Position } from './position.ts';

export interface YamlProblem extends Position {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

export interface YamlFile {
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
  /** Source text of numbers and booleans that are not written as JavaScript writes them (`1.10`, `0x1F`, `True`). */
  readonly sourceOf: (path: NodePath) => string | undefined;
  /** Whether `sourceOf` has anything to say. */
  readonly hasSources: boolean;
  /** Where the value (or, with `atKey`, its key) is written; for a path that is not there, the nearest place above it. */
  readonly placeOf: (path: NodePath, atKey?: boolean) => Position;
}

interface Reading {
  readonly problems: (Omit<YamlProblem, keyof Position> & { readonly offset: number })[];
  readonly sources: Map<string, string>;
}

const pathKey = (path: NodePath) => JSON.stringify(path);

function report(reading: Reading, code: ErrorCode, offset: number, message: string, hint?: string): void {
  reading.problems.push({ code, offset, message, ...(hint === undefined ? {} : { hint }) });
}

/** The text of a key; undefined for keys that are no plain text. */
export function keyText(pair: Pair): string | undefined {
  const { key } = pair;
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function readMap(reading: Reading, map: YAMLMap, path: NodePath): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  const seen = new Set<string>();
  for (const pair of map.items) {
    const at = (pair.key as Node | null)?.range?.[0] ?? map.range?.[0] ?? 0;
    const key = keyText(pair);
    if (key === undefined || (pair.key as Node).tag !== undefined || '\0' === key || key === '__proto__') {
      report(
        reading,
        siteCode.SITE_YAML_FEATURE,
        at,
        'this key is not plain text',
        'Keys are names without tag or brackets.',
      );
      continue;
    }
    if (seen.has(key)) {
      report(
        reading,
        siteCode.SITE_YAML_KEY_TWICE,
        at,
        `the key \`${key.slice(0, 100)}\` stands twice in this mapping`,
      );
      continue;
    }
    seen.add(key);
    entries.push([key, readNode(reading, pair.value as Node | null, [...path, key])]);
  }
  return Object.fromEntries(entries);
}

function readNode(reading: Reading, node: Node | null, path: NodePath): unknown {
  if (node === null) return null;
  const at = node.range?.[0] ?? 0;
  if (path.length > maximumDepth) {
    if (reading.problems.at(-1)?.code !== siteCode.SITE_YAML_LIMIT) {
      report(reading, siteCode.SITE_YAML_LIMIT, at, `it is nested deeper than ${maximumDepth} levels`);
    }
    return null;
  }
  if (isAlias(node)) {
    report(reading, siteCode.SITE_YAML_FEATURE, at, `*${node.source} is an alias; a site has none`);
    return null;
  }
  const { anchor } = node as { anchor?: string };
  if (anchor !== undefined) report(reading, siteCode.SITE_YAML_FEATURE, at, `&${anchor} is an anchor; a site has none`);
  if (node.tag !== undefined && !(node.tag === '!secret' && isScalar(node))) {
    report(
      reading,
      siteCode.SITE_YAML_FEATURE,
      at,
      `the tag ${node.tag} is unknown; the only one is !secret before a text`,
    );
    return null;
  }
  if (isMap(node)) return readMap(reading, node, path);
  if (isSeq(node)) return node.items.map((item, index) => readNode(reading, item as Node | null, [...path, index]));
  if (!isScalar(node)) return null;
  const { value, source } = node;
  if ((typeof value === 'number' || typeof value === 'boolean') && source !== undefined && String(value) !== source) {
    reading.sources.set(pathKey(path), source);
  }
  return value;
}

/** The pairs of mappings by key, made when a place in one is first asked for: a hostile one has a hundred thousand. */
type PairIndex = WeakMap<YAMLMap, Map<string, Pair>>;

function pairIn(map: YAMLMap, key: string, known: PairIndex): Pair | undefined {
  let pairs = known.get(map);
  if (!pairs) {
    pairs = new Map();
    for (const item of map.items) {
      const text = keyText(item);
      if (text !== undefined && !pairs.has(text)) pairs.set(text, item);
    }
    known.set(map, pairs);
  }
  return pairs.get(key);
}

/** The node at a path and the key before it, as far down as the path goes. */
function nodeAt(top: Node | null, path: NodePath, known: PairIndex): { key: Node | undefined; node: Node | null } {
  let found: { key: Node | undefined; node: Node | null } = { key: undefined, node: top };
  for (const part of path) {
    const { node } = found;
    if (isMap(node)) {
      const pair = pairIn(node, String(part), known);
      if (!pair) break;
      found = { key: pair.key as Node, node: pair.value as Node | null };
    } else if (isSeq(node) && typeof part === 'number' && part < node.items.length) {
      found = { key: undefined, node: node.items[part] as Node | null };
    } else break;
  }
  return found;
}

/** So many are listed. */
const mostErrors = 100;

/** Reads one file. */
export function readYaml(text: string): YamlFile {
  return readComposed(text, composeYaml(text, false));
}

/** Reads a file that is composed already. */
export function readComposed(text: string, document: YamlDocument | BrokenLimit): YamlFile {
  const starts = lineStarts(text);
  const reading: Reading = { problems: [], sources: new Map() };
  let value: unknown = null;
  if ('limit' in document) report(reading, siteCode.SITE_YAML_LIMIT, document.offset, document.limit);
  else {
    const { errors } = document;
    for (const error of errors.slice(0, mostErrors)) {
      report(reading, siteCode.SITE_YAML_SYNTAX, error.pos[0], syntaxText(error));
    }
    const next = errors[mostErrors];
    if (next) {
      const message = 'not YAML: more mistakes from here on';
      report(reading, siteCode.SITE_YAML_SYNTAX, next.pos[0], message);
    }
    value = readNode(reading, document.contents, []);
  }
  const { sources } = reading;
  let top: Node | null | undefined;
  const pairs: PairIndex = new WeakMap();
  return {
    value,
    problems: reading.problems.map(({ offset, ...problem }) => ({ ...problem, ...positionAt(starts, offset) })),
    sourceOf: (path) => (sources.size === 0 ? undefined : sources.get(pathKey(path))),
    hasSources: sources.size > 0,
    placeOf: (path, atKey = false) => {
      if (top === undefined) {
        // Nodes take ten times the memory of values: they are made again for the few files that have mistakes.
        const again = composeYaml(text, false);
        top = 'limit' in again ? null : again.contents;
      }
      const { key, node } = nodeAt(top, path, pairs);
      const ofKey = key?.range ? positionAt(starts, key.range[0]) : undefined;
      const ofValue = node?.range ? positionAt(starts, node.range[0]) : undefined;
      if (ofKey && (atKey || ofValue === undefined || ofValue.line !== ofKey.line)) return ofKey;
      return ofValue ?? ofKey ?? { line: 1, column: 1 };
    },
  };
}

/** The parser's sentence without its end: it quotes nothing of the file, so that no secret gets into a message. */
function syntaxText(error: { message: string; code: string }): string {
  return `not YAML: ${error.message.split('\n')[0] ?? error.code}`;
}
