/** What zod found, in our words: place, expected, found, nearest name. Values of secrets and variables are never shown. */
import { nearestHint } from '../core/index.ts';
import type * as z from 'zod';
import type { ErrorCode, Problem } from '../core/index.ts';
import type { NodePath } from '../model/index.ts';
import { siteCode } from './codes.ts';
import { isSealed, valueAt } from './yaml/index.ts';

export interface PathProblem extends Problem {
  readonly path: NodePath;
  /** The place is the key at the end of the path. */
  readonly atKey?: true;
}

interface Inside {
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly options?: readonly z.ZodType[];
  readonly items?: readonly z.ZodType[];
}

const inside = (schema: z.ZodType) => schema.def as unknown as Inside;

/** The keys that the schema knows at a path; empty where it is no mapping of fixed keys. */
export function keysAt(schema: z.ZodType, path: NodePath): string[] {
  const def = inside(schema);
  const next = def.innerType ?? def.in;
  if (next) return keysAt(next, path);
  if (def.options) return def.options.flatMap((option) => keysAt(option, path));
  const [part, ...rest] = path;
  if (part === undefined) return Object.keys(def.shape ?? {});
  const below = def.shape?.[String(part)] ?? def.element ?? def.valueType ?? def.items?.[Number(part)];
  return below ? keysAt(below, rest) : [];
}

const hidden = (path: NodePath) => path.some((part) => part === 'variables' || part === 'password');

/** In words what stands there. */
export function found(value: unknown, path: NodePath): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isSealed(value)) return 'a secret';
  if (typeof value === 'object') return 'a mapping';
  if (hidden(path)) return typeof value === 'string' ? `text of ${value.length} characters` : `a ${typeof value}`;
  const shown = JSON.stringify(value);
  return shown.length > 80 ? `${shown.slice(0, 80)}... (${shown.length} characters)` : shown;
}

const expectedKinds: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

type Issue = z.core.$ZodIssue;

function problemsOf(schema: z.ZodType, top: unknown, issue: Issue, base: NodePath): PathProblem[] {
  const path = [...base, ...(issue.path as NodePath)];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    return issue.keys.map((key) => ({
      code: siteCode.SITE_UNKNOWN_KEY,
      severity: 'error',
      message: `unknown key \`${key.slice(0, 100)}\``,
      hint: nearestHint(key, known),
      path: [...path, key],
      atKey: true,
    }));
  }
  const value = valueAt(top, path);
  if (issue.code === 'invalid_union' && typeof value === 'object' && value !== null) {
    // The branch that takes the value's kind says what is wrong inside.
    const fitting = issue.errors.filter(
      (errors) => !errors.some((each) => each.path.length === 0 && each.code === 'invalid_type'),
    );
    const branch = fitting.sort((a, b) => a.length - b.length)[0];
    if (branch) return branch.flatMap((each) => problemsOf(schema, top, each, path));
  }
  const last = path.at(-1);
  const name = typeof last === 'number' ? `item ${last + 1}` : last === undefined ? 'the file' : `\`${last}\``;
  if (value === undefined && typeof last === 'string') {
    return [problem(siteCode.SITE_MISSING_KEY, `${name} is missing: expected ${expected(issue)}`, path.slice(0, -1))];
  }
  const hint = hintFor(issue, value, last);
  return [
    problem(siteCode.SITE_VALUE, `${name}: expected ${expected(issue)}, found ${found(value, path)}`, path, hint),
  ];
}

function expected(issue: Issue): string {
  if (!issue.message.startsWith('Invalid')) return issue.message;
  return issue.code === 'invalid_type' ? (expectedKinds[issue.expected] ?? issue.expected) : 'another value';
}

function hintFor(issue: Issue, value: unknown, key: string | number | undefined): string | undefined {
  if (issue.code === 'invalid_value' && typeof value === 'string') return nearestHint(value, issue.values.map(String));
  const text = String(value);
  if (key !== 'language' || !/^(0x)?[0-9A-Fa-f]{3,4}$/.test(text)) return undefined;
  return `Hexadecimal ${text} is ${Number.parseInt(text.replace(/^0x/i, ''), 16)} in decimal.`;
}

function problem(code: ErrorCode, message: string, path: NodePath, hint?: string): PathProblem {
  return { code, severity: 'error', message, path, ...(hint === undefined ? {} : { hint }) };
}

/** What is taken out below a key; `gone`: the key itself is. */
interface Gap {
  gone: boolean;
  readonly below: Map<string | number, Gap>;
}

/** The data without the keys at some paths. */
function without(value: unknown, paths: readonly NodePath[]): unknown {
  const top: Gap = { gone: false, below: new Map() };
  for (const path of paths) {
    let gap = top;
    for (const part of path) {
      const next = gap.below.get(part) ?? { gone: false, below: new Map() };
      gap.below.set(part, next);
      gap = next;
    }
    gap.gone = true;
  }
  return cut(value, top);
}

function cut(value: unknown, { below }: Gap): unknown {
  if (below.size === 0) return value;
  const part = (item: unknown, gap: Gap | undefined): unknown => (gap ? cut(item, gap) : item);
  if (Array.isArray(value)) return value.map((item, index) => part(item, below.get(index)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const gap = below.get(key);
      return gap?.gone === true ? [] : [[key, part(item, gap)]];
    }),
  );
}

/**
 * The value as the schema makes it, or undefined; and everything wrong with it. Unknown keys are problems, but do not keep the
 * rest from being judged.
 */
export function parseWith<T extends z.ZodType>(
  schema: T,
  value: unknown,
): { readonly value: z.output<T> | undefined; readonly problems: readonly PathProblem[] } {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, problems: [] };
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(schema, value, issue, []));
  if (!problems.every(({ code }) => code === siteCode.SITE_UNKNOWN_KEY)) return { value: undefined, problems };
  const again = schema.safeParse(
    without(
      value,
      problems.map(({ path }) => path),
    ),
  );
  return { value: again.success ? again.data : undefined, problems };
}
