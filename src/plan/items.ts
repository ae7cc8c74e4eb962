/** The items of a plan from the walk: what people read of each. */
import type { ErrorCode } from '../core/index.ts';
import { type SequenceItem, variableKey } from '../model/index.ts';
import { type Evaluation, showPath, type SurveyReason, type SurveyVisit } from '../sequence/index.ts';
import { isStepType, stepType } from '../steps/index.ts';
import { bytesOf, type Fetched, type ContentObject } from './content.ts';
import { shownVariable } from './effective.ts';
import type { Found } from './findings.ts';
import { addRanges, ANY_STEP, applyTime, fetchTime, RESTART, STEP_TIMES, wholeRange } from './rates.ts';
import { LAST_ACTION } from './set-variables.ts';
import type { RunState } from './state.ts';
import type { PlannedCondition, PlannedItem, PlannedVariable, PlanFinding, Range } from './types.ts';
import { chainOf, type ReachedStep, type Walked } from './walk.ts';

export interface Items {
  readonly items: readonly PlannedItem[];
  readonly findings: readonly PlanFinding[];
  readonly unknownConditions: number;
  /** The first step that would fail and that nothing takes. */
  readonly failsAt: string | null;
}

/** `fetched` says for each object where it comes from; asked once for each object. */
export function itemsOf(walked: Walked, fetched: (object: ContentObject) => Fetched): Items {
  const items: PlannedItem[] = [];
  const findings: PlanFinding[] = [];
  const told = new Set<ContentObject>();
  let failsAt: string | null = null;
  for (const visit of walked.visits) {
    const place = showPath(visit.path);
    const reached = walked.steps.get(place);
    const runs = visit.decision === 'runs' || visit.decision === 'may run';
    const objects = runs ? (reached?.content ?? []) : [];
    const ofContent = objects.flatMap((object) => fetched(object).findings);
    const ofStep = runs ? [...(walked.groups.get(place) ?? []), ...(reached?.findings ?? [])] : [];
    const own = [...ofStep, ...ofContent].map((each) => placed(each, visit, place));
    // What is wrong with one object is told at the first step that takes it, and fails every step that does.
    const news = objects.filter((object) => !told.has(object)).flatMap((object) => fetched(object).findings);
    for (const object of objects) told.add(object);
    findings.push(...[...ofStep, ...news].map((each) => placed(each, visit, place)));
    const fails = own.some(({ severity }) => severity === 'error');
    const taken = chainOf(walked.whole.items, visit.path).some(({ continueOnError }) => continueOnError === true);
    if (fails && !taken) failsAt ??= place;
    items.push(
      itemOf(
        walked,
        visit,
        reached,
        fails,
        own.map(({ code }) => code),
        fetched,
      ),
    );
  }
  const unknownConditions = [...walked.conditions.values()].filter(({ verdict }) => verdict === 'unknown').length;
  return { items, findings, unknownConditions, failsAt };
}

/** What is an error of a step that may not run is a warning. */
function placed({ code, severity, message, hint }: Found, visit: SurveyVisit<RunState>, place: string): PlanFinding {
  const unsure = visit.decision === 'may run' && severity === 'error';
  return {
    code,
    severity: unsure ? 'warning' : severity,
    place,
    step: visit.item.name,
    message: unsure ? `if it runs: ${message}` : message,
    hint,
  };
}

function itemOf(
  { whole, conditions }: Walked,
  { item, path, decision, reason, before }: SurveyVisit<RunState>,
  reached: ReachedStep | undefined,
  fails: boolean,
  codes: readonly ErrorCode[],
  fetched: (object: ContentObject) => Fetched,
): PlannedItem {
  const place = showPath(path);
  const evaluation = conditions.get(place);
  const runs = decision === 'runs' || decision === 'may run';
  const child = whole.children.get(item);
  return {
    place,
    depth: path.length - 1,
    kind: item.kind,
    name: item.name,
    type: typeTitle(child?.step ?? item),
    decision: decision === 'not reached' ? 'skipped' : decision,
    why: whyOf(reason),
    environment: before?.environment ?? null,
    condition: evaluation && item.condition !== undefined ? conditionOf(evaluation) : null,
    continueOnError: item.continueOnError === true,
    fails,
    uses: reached?.effective.uses ?? [],
    sets: reached ? changes(reached) : [],
    content: (reached?.content ?? []).map(({ id, name }) => id ?? name),
    restart: reached?.restart ?? null,
    seconds: runs && reached ? wholeRange(timeOf(reached, fetched)) : null,
    findings: [...new Set(codes)],
  };
}

function typeTitle(item: SequenceItem): string | null {
  if (item.kind === 'group') return null;
  return isStepType(item.type) ? stepType(item.type).definition.title : `unknown (${item.extra?.type ?? item.type})`;
}

function whyOf(reason: SurveyReason | undefined): string {
  switch (reason?.kind) {
    case 'disabled':
      return 'it is disabled';
    case 'condition':
      return 'its condition';
    case 'group':
      return `its group ${showPath(reason.by)}`;
    case 'failure':
      return `step ${showPath(reason.by)} before it`;
    default:
      return '';
  }
}

function conditionOf({ verdict, text, why, parts }: Evaluation): PlannedCondition {
  return { verdict, text, why, parts: parts.map((part) => conditionOf(part)) };
}

const EVERY_STEP: ReadonlySet<string> = new Set(LAST_ACTION.map(variableKey));

/** Variables that differ after the step. */
function changes({ before, after }: ReachedStep): PlannedVariable[] {
  return [...after.variables]
    .filter(([key, variable]) => before.variables.get(key) !== variable && !EVERY_STEP.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, variable]) => shownVariable(variable));
}

function timeOf({ effective, content, restart }: ReachedStep, fetched: (object: ContentObject) => Fetched): Range {
  const { type } = effective.step;
  const applies =
    type === 'apply-operating-system-image' || type === 'apply-data-image' || type === 'install-operating-system';
  return addRanges([
    STEP_TIMES[type] ?? ANY_STEP,
    ...content.flatMap((object) => {
      const bytes = bytesOf(object) ?? 0;
      const unpacks = applies && object.kind === 'operatingSystem';
      return [fetchTime(bytes, fetched(object).from), ...(unpacks ? [applyTime(bytes)] : [])];
    }),
    ...(restart === null ? [] : [RESTART]),
  ]);
}
