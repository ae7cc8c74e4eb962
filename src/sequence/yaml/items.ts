/** Groups and steps of the YAML form, read; every mistake at once, each with its path. */
import { nearestHint } from '../../core/index.ts';
import type { Group, RunIn, SequenceItem, Step } from '../../model/index.ts';
import { sequenceCode } from '../codes.ts';
import { MAXIMUM_DEPTH, MAXIMUM_DESCRIPTION, MAXIMUM_NAME } from '../limits.ts';
import { type DataPath, type PathProblem, type ReadContext, report, type SourceOf } from '../path-problem.ts';
import { readConditions } from './conditions.ts';
import { readExtra } from './extra.ts';
import { readProperties } from './properties.ts';
import {
  type Mapping,
  named,
  readBoolean,
  readChoice,
  readInteger,
  readKeys,
  readList,
  readMapping,
  readText,
  refuseUnknownKeys,
  reportMissing,
} from './read.ts';

/** What `parseItems` made of the data: all items that could be read, and all that was wrong. */
export interface ParsedItems {
  readonly items: readonly SequenceItem[];
  readonly problems: readonly PathProblem[];
}

/**
 * The `steps:` of a task sequence from plain data as YAML gives it, `!secret` scalars as `{ sealed }`. Never throws: each
 * mistake is a problem whose path starts with `path`. What `with:` may hold is checked by `src/steps`; whether a `type` exists,
 * too. `sourceOf` gives the text of numbers and booleans as they stand in the file.
 */
export function parseItems(value: unknown, path: DataPath = [], sourceOf: SourceOf = () => undefined): ParsedItems {
  const problems: PathProblem[] = [];
  const items = readItems({ sourceOf, problems }, value, path) ?? [];
  return { items, problems };
}

const COMMON = {
  description: readDescription,
  enabled: readBoolean,
  continueOnError: readBoolean,
  condition: (context: ReadContext, value: unknown, path: DataPath) => readConditions(context, value, path),
  extra: readExtra,
};

const STEP = {
  ...COMMON,
  runIn: (context: ReadContext, value: unknown, path: DataPath) => readChoice(context, value, path, RUN_IN),
  timeout: readCount,
  successCodes: readSuccessCodes,
  retryCount: readCount,
  runFromNet: readBoolean,
  startIn: readText,
  with: readProperties,
};

const RUN_IN = ['WinPE', 'FullOS', 'WinPEandFullOS'] as const satisfies readonly RunIn[];

const GROUP_KEYS = ['group', 'steps', 'expand', ...Object.keys(COMMON)];
const STEP_KEYS = ['step', 'type', ...Object.keys(STEP)];

function readItems(
  context: ReadContext,
  value: unknown,
  path: DataPath,
  depth = 0,
): readonly SequenceItem[] | undefined {
  const list = readList(context, value, path);
  if (list === undefined) return undefined;
  if (depth > MAXIMUM_DEPTH) {
    const message = `groups are nested deeper than ${MAXIMUM_DEPTH} levels`;
    report(context, sequenceCode.SEQUENCE_TOO_DEEP, path, message);
    return undefined;
  }
  return list.flatMap((item, index) => readItem(context, item, [...path, index], depth) ?? []);
}

function readItem(context: ReadContext, value: unknown, path: DataPath, depth: number): SequenceItem | undefined {
  const mapping = readMapping(context, value, path);
  if (mapping === undefined) return undefined;
  const group = Object.hasOwn(mapping, 'group');
  if (group === Object.hasOwn(mapping, 'step')) {
    const found = group ? 'this has both' : 'this has neither';
    const hint = group ? undefined : nearestHint(Object.keys(mapping)[0] ?? '', ['group', 'step']);
    const message = `an item is a group (key \`group\`) or a step (key \`step\`); ${found}`;
    report(context, sequenceCode.SEQUENCE_ITEM, path, message, hint === undefined ? {} : { hint });
    return undefined;
  }
  return group ? readGroup(context, mapping, path, depth) : readStep(context, mapping, path);
}

function readGroup(context: ReadContext, mapping: Mapping, path: DataPath, depth: number): Group {
  refuseUnknownKeys(context, mapping, path, GROUP_KEYS);
  const name = readName(context, mapping['group'], [...path, 'group']) ?? '';
  const read = readKeys<Required<Omit<Group, 'kind' | 'name'>>>(context, mapping, path, {
    ...COMMON,
    expand: readBoolean,
    steps: (inner, steps, below) => readItems(inner, steps, below, depth + 1),
  });
  if (!Object.hasOwn(mapping, 'steps')) reportMissing(context, path, 'steps', `the group ${JSON.stringify(name)}`);
  return { kind: 'group', name, steps: [], ...read };
}

function readStep(context: ReadContext, mapping: Mapping, path: DataPath): Step {
  refuseUnknownKeys(context, mapping, path, STEP_KEYS);
  const name = readName(context, mapping['step'], [...path, 'step']) ?? '';
  const read = readKeys<Required<Omit<Step, 'kind' | 'name'>>>(context, mapping, path, { type: readText, ...STEP });
  if (!Object.hasOwn(mapping, 'type')) reportMissing(context, path, 'type', `the step ${JSON.stringify(name)}`);
  return { kind: 'step', name, type: '', with: {}, ...read };
}

function readName(context: ReadContext, value: unknown, path: DataPath): string | undefined {
  const name = readText(context, value, path);
  if (name === undefined) return undefined;
  if (name.trim() === '') report(context, sequenceCode.SEQUENCE_VALUE, path, `${named(path)}: the name is empty`);
  return warnLong(context, name, path, MAXIMUM_NAME);
}

function readDescription(context: ReadContext, value: unknown, path: DataPath): string | undefined {
  const text = readText(context, value, path);
  return text === undefined ? undefined : warnLong(context, text, path, MAXIMUM_DESCRIPTION);
}

/** A warning only: what an import brought is kept whatever its length. */
function warnLong(context: ReadContext, text: string, path: DataPath, most: number): string {
  if (text.length > most) {
    const message = `${named(path)} has ${text.length} characters, ConfigMgr takes ${most}`;
    report(context, sequenceCode.SEQUENCE_TEXT_LENGTH, path, message, { severity: 'warning' });
  }
  return text;
}

function readCount(context: ReadContext, value: unknown, path: DataPath): number | undefined {
  return readInteger(context, value, path, 0, 0x7fff_ffff);
}

/** Exit codes as unsigned 32-bit numbers; -1047526896 is 3247440400 (ENG-05). */
function readSuccessCodes(context: ReadContext, value: unknown, path: DataPath): readonly number[] | undefined {
  return readList(context, value, path)?.flatMap((item, index) => {
    const code = readInteger(context, item, [...path, index], -0x8000_0000, 0xffff_ffff);
    return code === undefined ? [] : [code >>> 0];
  });
}
