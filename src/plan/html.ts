/**
 * A plan as one HTML file: no script, no request to anywhere, light and dark, for screen and paper. All text goes through `escape`.
 */
import { kindTitle } from '../site/index.ts';
import { STYLE } from './html-style.ts';
import type { Plan, PlannedCondition, PlannedItem, PlannedVariable, PlanFinding } from './types.ts';
import {
  bytesWords,
  environmentWords,
  resultLine,
  sourceWords,
  startLine,
  setLines,
  timeRange,
  totals,
} from './words.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in elements and attribute values; control characters and marks that turn the writing become visible. */
export function escape(text: string): string {
  return text
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
      character === '\n' || character === '\t'
        ? character
        : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** The whole file. */
export function planHtml(plan: Plan): string {
  const { sequence, device, result } = plan;
  const title = `Plan of ${sequence.name} on ${device.name}`;
  const mood = result.verdict === 'would fail' ? 'error' : result.verdict === 'may fail' ? 'warning' : 'good';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="kind">Task sequence plan</p>
<h1>${escape(sequence.name)} <span class="quiet">${escape(sequence.id)}</span></h1>
<p class="result ${mood}">${escape(resultLine(plan))}</p>
</header>
<main>
<div class="columns">
${section('Device', facts([['device', device.name], ['identity', device.identity], ...device.summary, ['collections', device.collections.join(', ') || 'none']]))}
${section('Run', facts([['start', startLine(plan)], ['high impact', sequence.highImpact ?? 'no'], ...totals(plan)]))}
</div>
${plan.findings.length === 0 ? '' : section('Findings', `<ul class="findings">${plan.findings.map(finding).join('\n')}</ul>`)}
${section('Steps', `<ol class="steps">${plan.items.map(item).join('\n')}</ol>`)}
${plan.content.length === 0 ? '' : section('Content', contentTable(plan))}
${plan.deployments.length === 0 ? '' : section('Deployments', plan.deployments.map(deployment).join('\n'))}
${section('Ways to start', methodTable(plan))}
${section('Variables at the start', variableTable(plan.variables))}
</main>
</body>
</html>
`;
}

const section = (title: string, body: string): string => `<section><h2>${escape(title)}</h2>\n${body}\n</section>`;

function facts(rows: readonly (readonly [string, string])[]): string {
  return `<dl>${rows.map(([title, text]) => `<dt>${escape(title)}</dt><dd>${escape(text)}</dd>`).join('\n')}</dl>`;
}

/** A table that scrolls by itself where the page is narrow. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<div class="wide"><table><thead>${cells('th', head)}</thead><tbody>${rows.map((row) => cells('td', row)).join('\n')}</tbody></table></div>`;
}

function finding({ severity, place, step, message, code, hint }: PlanFinding): string {
  const where = place === null ? '' : `<a href="#step-${place}">${place}</a> <b>${escape(step ?? '')}</b>: `;
  const todo = hint === null || severity === 'note' ? '' : `<span class="hint">${escape(hint)}</span>`;
  return `<li class="${severity}"><span class="tag">${severity}</span><div>${where}${escape(message)} <code>${escape(code)}</code>${todo}</div></li>`;
}

function item(each: PlannedItem): string {
  const { place, depth, kind, name, type, decision, why, condition, environment, seconds, restart, fails } = each;
  const mood = fails ? 'error' : decision === 'runs' ? 'good' : decision === 'may run' ? 'warning' : 'off';
  const shown = decision !== 'skipped';
  const details = [
    ...(type === null ? ['group'] : [type]),
    ...(why === '' ? [] : [why.startsWith('it is') ? why : `because of ${why}`]),
    ...(shown && kind === 'step' && environment !== null ? [environmentWords(environment)] : []),
    ...(seconds === null ? [] : [timeRange(seconds)]),
    ...(each.content.length === 0 || !shown ? [] : [`takes ${each.content.join(', ')}`]),
    ...(restart === null || !shown ? [] : [restart === 'shut down' ? 'shuts down' : `restarts into ${restart}`]),
    ...(each.continueOnError ? ['continues on error'] : []),
  ];
  const codes = each.findings.map((code) => `<code>${escape(code)}</code>`).join(' ');
  const lines = [
    ...(condition === null
      ? []
      : [`<ul class="condition">${conditionParts(condition).map(conditionItem).join('')}</ul>`]),
    ...(shown && each.uses.length > 0 ? [variableList(each.uses)] : []),
    ...(shown && each.sets.length > 0
      ? [
          `<ul class="condition">${setLines(each.sets)
            .map((line) => `<li>${escape(line)}</li>`)
            .join('')}</ul>`,
        ]
      : []),
  ];
  return `<li id="step-${place}" class="${kind} ${mood}" style="--depth:${Math.min(depth, 12)}">
<span class="place">${place}</span><span class="tag">${fails ? 'fails' : decision}</span>
<div><b>${escape(name)}</b> <span class="quiet">${escape(details.join(' · '))}</span>${codes === '' ? '' : ` ${codes}`}${lines.join('')}</div></li>`;
}

/** The list itself has no line where it has one part. */
function conditionParts(condition: PlannedCondition): readonly PlannedCondition[] {
  return condition.text === 'all of' && condition.why === '' && condition.parts.length === 1
    ? condition.parts
    : [condition];
}

function conditionItem({ verdict, text, why, parts }: PlannedCondition): string {
  const word = verdict === 'unknown' ? 'not decided' : verdict ? 'holds' : 'does not hold';
  const inner = parts.length === 0 ? '' : `<ul>${parts.map(conditionItem).join('')}</ul>`;
  return `<li>${escape(text)}: <i>${word}</i>${why === '' ? '' : `, ${escape(why)}`}${inner}</li>`;
}

function variableList(variables: readonly PlannedVariable[]): string {
  const rows = variables.map(
    ({ name, value, from }) =>
      `<li>uses <code>${escape(name)}</code> = ${escape(value)} <span class="quiet">${escape(from)}</span></li>`,
  );
  return `<ul class="condition">${rows.join('')}</ul>`;
}

function contentTable({ content }: Plan): string {
  return table(
    ['Object', 'Size', 'Decision', 'From', 'Used by'],
    content.map((each) => [
      `<b>${escape(each.name)}</b> <span class="quiet">${escape(each.id)} · ${escape(kindTitle(each.kind))}</span>`,
      escape(bytesWords(each.bytes)),
      escape(each.decision),
      escape(sourceWords(each)),
      each.usedBy.map((place) => (place === 'start' ? 'start' : `<a href="#step-${place}">${place}</a>`)).join(', '),
    ]),
  );
}

function deployment({
  id,
  name,
  collection,
  purpose,
  availableTo,
  offered,
  why,
  highRisk,
  notes,
}: Plan['deployments'][number]): string {
  const lines = [...(highRisk === null ? [] : [`High risk: ${highRisk}`]), ...notes];
  return `<div class="deployment"><p><span class="tag ${offered ? 'good' : 'off'}">${offered ? 'offered' : 'not offered'}</span>
<b>${escape(name)}</b> <span class="quiet">${escape(id)}</span> to ${escape(collection)}, ${purpose}, ${escape(availableTo)}: ${escape(why)}</p>
<ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('')}</ul></div>`;
}

function methodTable({ methods }: Plan): string {
  return table(
    ['Method', 'Starts', 'Why'],
    methods.map(({ method, starts, why, failsAt }) => [
      escape(method),
      starts === 'unknown' ? 'perhaps' : starts ? 'yes' : 'no',
      [...why, ...(failsAt === null ? [] : [`would fail at ${failsAt}`])].map(escape).join('<br>'),
    ]),
  );
}

function variableTable(variables: readonly PlannedVariable[]): string {
  return table(
    ['Variable', 'Value', 'From', 'Over'],
    variables.map(({ name, value, from, over }) => [
      `<code>${escape(name)}</code>`,
      escape(value),
      escape(from),
      escape(over.join(', ')),
    ]),
  );
}
