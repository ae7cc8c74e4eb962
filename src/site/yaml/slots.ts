/**
 * Where the entries of a file's mappings and lists stand: the place of the dash or key, of what separates it from its value, and
 * of the end of its content. The package's ranges leave out tags and take in blank lines and comments that follow; these do not.
 */
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { InputError } from '../../core/index.ts';
import type { NodePath } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import type { YamlDocument } from './compose.ts';
import { lineIndexAt } from './position.ts';
import { keyText } from './read.ts';
import type { YamlStyle } from './write.ts';

export interface Source {
  readonly text: string;
  readonly starts: readonly number[];
  readonly document: YamlDocument;
  readonly style: YamlStyle;
}

export interface Slot {
  readonly container: YAMLMap | YAMLSeq;
  readonly index: number;
  readonly flow: boolean;
  /** Offset of the dash or key; in a flow list, of the item. */
  readonly start: number;
  /** Offset behind the dash or colon; undefined for a key between braces without colon. */
  readonly separator: number | undefined;
  /** Undefined: nothing stands there. */
  readonly node: Node | undefined;
  /** Offset of the value, its tag included. */
  readonly valueStart: number | undefined;
  /** Offset behind the last character of the content. */
  readonly end: number;
  /** Columns before `start`. */
  readonly column: number;
}

interface Token {
  readonly type: string;
  readonly offset: number;
  readonly source: string;
}

export const lineOf = (source: Source, offset: number) => lineIndexAt(source.starts, offset);
export const lineStart = (source: Source, line: number) => source.starts[line] ?? source.text.length;

/** Offset behind the last character of a line, before its end. */
export function lineEnd(source: Source, line: number): number {
  const next = source.starts[line + 1];
  if (next === undefined) return source.text.length;
  return source.text[next - 2] === '\r' ? next - 2 : next - 1;
}

function scalarEnd(source: Source, node: Node): number {
  const [start = 0, end = 0] = node.range ?? [];
  const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  if (!isBlock) return end;
  const body = source.text.slice(start, end);
  // Blank lines at the end are content only where the header keeps them.
  const keeps = /^[|>][1-9]?\+/.test(body);
  return start + body.replace(keeps ? /\r?\n$/ : /\s+$/, '').length;
}

function tokensOf(value: unknown): readonly Token[] {
  return Array.isArray(value) ? (value as Token[]) : [];
}

/** The slot of one entry of a collection. */
export function slotAt(source: Source, container: YAMLMap | YAMLSeq, index: number): Slot {
  const flow = container.flow === true;
  const item = container.items[index] as Pair | Node;
  const inMap = isMap(container);
  const tokens = container.srcToken as { items?: readonly { start?: unknown; sep?: unknown }[] } | undefined;
  const token = inMap ? (item as Pair).srcToken : tokens?.items?.[index];
  const before = tokensOf(token?.start);
  const between = inMap ? tokensOf(token?.sep) : [];
  if (before.some(({ type }) => type === 'explicit-key-ind')) {
    throw new InputError(siteCode.SITE_EDIT, 'a key is written with `?`, which no command edits', {
      hint: 'Write it as `key: value`.',
    });
  }
  const given = inMap ? ((item as Pair).value as Node | null) : (item as Node | null);
  const tag = (inMap ? between : before).find(({ type }) => type === 'tag');
  const isEmpty = !given?.range || (given.range[0] === given.range[1] && !isMap(given) && !isSeq(given));
  const node = isEmpty && !tag ? undefined : (given ?? undefined);
  const valueStart = tag?.offset ?? node?.range?.[0];
  const dash = before.find(({ type }) => type === 'seq-item-ind');
  const colon = between.find(({ type }) => type === 'map-value-ind');
  const key = inMap ? ((item as Pair).key as Node) : undefined;
  const start = key?.range?.[0] ?? dash?.offset ?? valueStart ?? 0;
  const separator = inMap ? (colon ? colon.offset + 1 : undefined) : dash ? dash.offset + 1 : start;
  const filled = isEmpty && tag ? tag.offset + tag.source.length : node ? contentEnd(source, node) : undefined;
  const end = filled ?? separator ?? key?.range?.[1] ?? start;
  return {
    container,
    index,
    flow,
    start,
    separator,
    node,
    valueStart,
    end,
    column: start - lineStart(source, lineOf(source, start)),
  };
}

/** Offset behind the content of a node. */
export function contentEnd(source: Source, node: Node): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) return slotAt(source, node, node.items.length - 1).end;
  return scalarEnd(source, node);
}

/** The slot at a path; undefined where the file has none. The empty path has no slot. */
export function findSlot(source: Source, path: NodePath): Slot | undefined {
  let node: Node | null | undefined = source.document.contents;
  let slot: Slot | undefined;
  for (const part of path) {
    if (!isMap(node) && !isSeq(node)) return undefined;
    const index: number = isMap(node)
      ? node.items.findIndex((pair) => keyText(pair) === part)
      : typeof part === 'number' && part < node.items.length
        ? part
        : -1;
    if (index < 0) return undefined;
    slot = slotAt(source, node, index);
    node = slot.node;
  }
  return slot;
}

/** Indentation and line ends that a file uses. */
export function styleOf(text: string, starts: readonly number[], document: YamlDocument): YamlStyle {
  const column = (offset: number) => offset - (starts[lineIndexAt(starts, offset)] ?? 0);
  let step: number | undefined;
  let list: number | undefined;
  const visit = (node: unknown): void => {
    if (step !== undefined && list !== undefined) return;
    if (isSeq(node) && node.flow !== true) node.items.forEach(visit);
    if (!isMap(node) || node.flow === true) return;
    for (const { key, value } of node.items) {
      const at = column((key as Node).range?.[0] ?? 0);
      const from = (value as Node | null)?.range?.[0];
      if (from !== undefined && (isMap(value) || isSeq(value)) && value.flow !== true) {
        const width = column(from) - at;
        if (isSeq(value)) list ??= width;
        else step ??= width;
      }
      visit(value);
    }
  };
  visit(document.contents);
  const width = Math.min(8, Math.max(1, step ?? (list === undefined || list === 0 ? 2 : list)));
  return {
    step: width,
    list: Math.min(8, Math.max(0, list ?? width)),
    eol: /\r\n/.test(text) && text.indexOf('\r\n') === text.indexOf('\n') - 1 ? '\r\n' : '\n',
  };
}
