/** Whether a condition holds on a machine, with the reason for each part. */
import { OsdkitError } from '../../core/index.ts';
import type { Condition } from '../../model/index.ts';
import { expand } from '../variables/expand.ts';
import { showState } from '../variables/state.ts';
import { allOf, anyOf, not } from '../verdict.ts';
import { evaluateWql } from '../wql/evaluate.ts';
import { parseWql } from '../wql/parse.ts';
import { compareTexts } from './compare.ts';
import { computerPart, locationPart, makeModelPart } from './machine.ts';
import { filePart, registryPart, softwarePart } from './recorded.ts';
import { conditionLine } from './text.ts';
import type { ConditionEnvironment, Evaluation, Finding } from './types.ts';

/** The `condition:` of an item: all must hold. No condition and an empty one hold. */
export function evaluateAll(
  conditions: readonly Condition[] | undefined,
  environment: ConditionEnvironment,
): Evaluation {
  const parts = (conditions ?? []).map((condition) => evaluate(condition, environment));
  const why = parts.length === 0 ? 'no condition' : '';
  return { verdict: allOf(parts.map(({ verdict }) => verdict)), text: 'all of', why, parts };
}

/** One condition with everything in it. Never throws: a query that is no WQL is unknown, lint tells where it breaks. */
export function evaluate(condition: Condition, environment: ConditionEnvironment): Evaluation {
  const text = conditionLine(condition);
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'none': {
      const parts = condition.of.map((inner) => evaluate(inner, environment));
      const verdicts = parts.map(({ verdict }) => verdict);
      const verdict =
        condition.kind === 'all' ? allOf(verdicts) : condition.kind === 'any' ? anyOf(verdicts) : not(anyOf(verdicts));
      return { verdict, text, why: '', parts };
    }
    case 'operatingSystem': {
      const parts = condition.platforms.map(({ name, queries }): Evaluation => {
        const inner = queries.map(({ query, namespace }) =>
          evaluate({ kind: 'wmi', query, ...(namespace === undefined ? {} : { namespace }) }, environment),
        );
        return { verdict: allOf(inner.map(({ verdict }) => verdict)), text: name, why: '', parts: inner };
      });
      return { verdict: anyOf(parts.map(({ verdict }) => verdict)), text, why: '', parts };
    }
    default:
      return { ...find(condition, environment), text, parts: [] };
  }
}

type PlainCondition = Exclude<Condition, { readonly kind: 'all' | 'any' | 'none' | 'operatingSystem' }>;

function find(condition: PlainCondition, environment: ConditionEnvironment): Finding {
  switch (condition.kind) {
    case 'variable':
      return variablePart(condition, environment);
    case 'wmi':
      return wmiPart(condition, environment);
    case 'file':
    case 'folder':
      return filePart(condition, environment);
    case 'registry':
      return registryPart(condition, environment);
    case 'software':
      return softwarePart(condition, environment);
    case 'computer':
      return computerPart(condition, environment);
    case 'location':
      return locationPart(condition, environment);
    case 'makeModel':
      return makeModelPart(condition, environment);
    default:
      return { verdict: 'unknown', why: `an import could not read it (${condition.type})` };
  }
}

/**
 * A variable that is not set equals the empty text; nothing is less or greater than it. Ours: the documents say neither, and
 * sequences rely on `not equals` for variables that nobody set.
 */
function variablePart(
  { variable, operator, value = '' }: Extract<Condition, { kind: 'variable' }>,
  { variable: lookup }: ConditionEnvironment,
): Finding {
  const state = lookup(variable);
  const found = `${variable} is ${showState(state)}`;
  const existence = operator === 'exists' || operator === 'notExists';
  const set = (state.state === 'set' && state.value !== '') || (state.state === 'unknown' && state.set === true);
  if (existence && (set || state.state !== 'unknown')) return { verdict: set === (operator === 'exists'), why: found };
  if (existence || state.state === 'unknown') return { verdict: 'unknown', why: found };
  if (operator === 'like' || operator === 'notLike') {
    return { verdict: 'unknown', why: 'no source says how ConfigMgr compares with like' };
  }
  const operand = expand(value, lookup);
  const [missing] = operand.unknown;
  if (missing) return { verdict: 'unknown', why: `%${missing.name}% is not known (${missing.why})` };
  const left = state.state === 'set' ? state.value : '';
  if (!set && operator !== 'equals' && operator !== 'notEquals') return { verdict: false, why: found };
  return { verdict: compareTexts(operator, left, operand.text), why: found };
}

function wmiPart(
  { query, namespace }: Extract<Condition, { kind: 'wmi' }>,
  { variable, facts }: ConditionEnvironment,
): Finding {
  const expanded = expand(query, variable);
  const [missing] = expanded.unknown;
  if (missing) return { verdict: 'unknown', why: `%${missing.name}% is not known (${missing.why})` };
  try {
    return evaluateWql(parseWql(expanded.text), facts, namespace || undefined);
  } catch (error) {
    if (!(error instanceof OsdkitError)) throw error;
    // The message shows the query; with a hidden value in it, it must not.
    return { verdict: 'unknown', why: expanded.hidden ? 'the query is not well-formed' : error.message };
  }
}
