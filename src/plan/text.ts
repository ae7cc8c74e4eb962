/** A plan as text for a terminal. */
import type { Plan, PlannedCondition, PlannedItem, PlanFinding } from './types.ts';
import {
  bytesWords,
  environmentWords,
  resultLine,
  sourceWords,
  startLine,
  setLines,
  timeRange,
  totals,
  variableLine,
} from './words.ts';

export function planText(plan: Plan): string {
  const { sequence, device } = plan;
  const lines = [
    `Plan of ${JSON.stringify(sequence.name)} (${sequence.id}) on ${device.name}`,
    '',
    `Result     ${resultLine(plan)}`,
    `Device     ${device.identity}`,
    ...device.summary.map(([title, text]) => `  ${title.padEnd(14)}${text}`),
    `  ${'collections'.padEnd(14)}${device.collections.join(', ') || 'none'}`,
    `Start      ${startLine(plan)}`,
    ...(sequence.highImpact === null ? [] : [`High impact: ${sequence.highImpact}`]),
    ...section('Findings', plan.findings.flatMap(findingLines)),
    ...section('Steps', plan.items.flatMap(itemLines)),
    ...section(
      'Content',
      plan.content.map(
        (each) =>
          `  ${each.id}  ${bytesWords(each.bytes).padEnd(14)}${each.decision.padEnd(15)}${JSON.stringify(each.name)} ${sourceWords(each)}; used by ${each.usedBy.join(', ')}`,
      ),
    ),
    ...section(
      'Totals',
      totals(plan).map(([title, text]) => `  ${title.padEnd(38)}${text}`),
    ),
    ...section('Deployments', plan.deployments.flatMap(deploymentLines)),
    ...section('Ways to start', plan.methods.flatMap(methodLines)),
    ...section(
      'Variables at the start',
      plan.variables.map((variable) => `  ${variableLine(variable)}`),
    ),
  ];
  return lines.join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function findingLines({ severity, place, step, message, code, hint }: PlanFinding): string[] {
  const where = place === null ? '' : `${place} ${JSON.stringify(step)}: `;
  return [
    `  ${severity.padEnd(8)}${where}${message} [${code}]`,
    ...(hint === null || severity === 'note' ? [] : [`          ${hint}`]),
  ];
}

function itemLines(item: PlannedItem): string[] {
  const { place, depth, kind, name, type, decision, why, condition, environment, restart, seconds, fails } = item;
  const indent = '  '.repeat(depth + 1);
  const mark = fails ? 'FAILS' : decision;
  const title =
    kind === 'group' && type === null ? `group ${JSON.stringify(name)}` : `${JSON.stringify(name)} (${type})`;
  const details = [
    ...(why === '' ? [] : [`because of ${why}`.replace('because of it is', 'it is')]),
    ...(kind === 'step' && environment !== null && decision !== 'skipped' ? [environmentWords(environment)] : []),
    ...(seconds === null ? [] : [timeRange(seconds)]),
    ...(item.continueOnError ? ['continues on error'] : []),
  ];
  const below = `${indent}         `;
  return [
    `${indent}${mark.padEnd(8)} ${place} ${title}${details.length === 0 ? '' : `: ${details.join('; ')}`}`,
    ...(condition === null ? [] : conditionLines(condition, below)),
    ...(decision === 'skipped'
      ? []
      : [
          ...item.uses.map((variable) => `${below}uses ${variableLine(variable)}`),
          ...setLines(item.sets).map((line) => `${below}${line}`),
          ...(item.content.length === 0 ? [] : [`${below}takes ${item.content.join(', ')}`]),
          ...(restart === null
            ? []
            : [`${below}${restart === 'shut down' ? 'shuts down' : `restarts into ${restart}`}`]),
        ]),
  ];
}

/** The list itself has no line where it has one part. */
function conditionLines({ parts, ...own }: PlannedCondition, indent: string): string[] {
  if (parts.length === 1 && own.why === '' && own.text === 'all of')
    return parts.flatMap((part) => partLines(part, indent));
  return partLines({ ...own, parts }, indent);
}

function partLines({ verdict, text, why, parts }: PlannedCondition, indent: string): string[] {
  const word = verdict === 'unknown' ? 'not decided' : verdict ? 'holds' : 'does not hold';
  return [
    `${indent}${text}: ${word}${why === '' ? '' : `, ${why}`}`,
    ...parts.flatMap((part) => partLines(part, `${indent}  `)),
  ];
}

function deploymentLines({
  id,
  name,
  collection,
  purpose,
  availableTo,
  offered,
  why,
  highRisk,
  notes,
}: Plan['deployments'][number]): string[] {
  return [
    `  ${id} ${JSON.stringify(name)} to ${JSON.stringify(collection)}, ${purpose}, ${availableTo}`,
    `    ${offered ? 'offered' : 'not offered'}: ${why}`,
    ...(highRisk === null ? [] : [`    high risk: ${highRisk}`]),
    ...notes.map((note) => `    ${note}`),
  ];
}

function methodLines({ method, starts, why, failsAt }: Plan['methods'][number]): string[] {
  const word = starts === 'unknown' ? 'perhaps' : starts ? 'yes' : 'no';
  const fails = failsAt === null ? [] : [`would fail at ${failsAt}`];
  const [first = '', ...more] = [...why, ...fails];
  return [
    `  ${method.padEnd(18)}${word.padEnd(8)}${first}`.trimEnd(),
    ...more.map((line) => `${' '.repeat(28)}${line}`),
  ];
}
