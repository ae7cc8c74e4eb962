/**
 * A step as it runs at one moment: a value that somebody gave to the variable of a property stands in for the property
 * (configmgr-formats 4.3), `%NAME%` are replaced where values are known and may be shown.
 */
import { type PropertyValue, type Step, variableKey } from '../model/index.ts';
import {
  expand,
  readList,
  type RunVariable,
  showOrigin,
  showState,
  stateOf,
  type VariableLookup,
} from '../sequence/index.ts';
import { isStepType, stepType } from '../steps/index.ts';
import { lookupOf, type RunState } from './state.ts';
import type { PlannedVariable } from './types.ts';

/** An application or a package that a variable of a list names. */
export interface ListedObject {
  readonly kind: 'application' | 'package';
  readonly name: string;
  readonly variable: string;
}

export interface EffectiveStep {
  readonly step: Step;
  readonly uses: readonly PlannedVariable[];
  /** `%NAME%` that nothing has set. */
  readonly missing: readonly string[];
  /** What variables name one by one: `X01`, `X02` (configmgr-formats 4.5). */
  readonly listed: readonly ListedObject[];
}

/** A variable as it may be shown, with its givers (VAR-21). */
export function shownVariable({ name, hidden, origin, overridden, ...variable }: RunVariable): PlannedVariable {
  const state = stateOf({ name, hidden, origin, overridden, ...variable });
  const value = hidden && state.state === 'set' ? 'set (hidden)' : showState(state);
  return { name, value, hidden, from: showOrigin(origin), over: overridden.map((each) => showOrigin(each)) };
}

/** Names of Windows' own environment: every process has them. */
const WINDOWS_NAMES =
  /^(ALLUSERSPROFILE|APPDATA|COMMONPROGRAM\w*|COMPUTERNAME|COMSPEC|DATE|ERRORLEVEL|HOME(DRIVE|PATH)|LOCALAPPDATA|LOGONSERVER|NUMBER_OF_PROCESSORS|OS|PATH(EXT)?|PROCESSOR_\w+|PROGRAM(DATA|FILES|W6432)|PUBLIC|RANDOM|SYSTEM(DRIVE|ROOT)|TE?MP|TIME|USER(DOMAIN|NAME|PROFILE)|WINDIR)$/i;

/** The step with what holds now. Unknown and hidden values leave a text as it stands. */
export function effectiveStep(step: Step, state: RunState): EffectiveStep {
  const uses = new Map<string, PlannedVariable>();
  const missing = new Set<string>();
  const lookup = lookupOf(state);
  const use = (name: string): void => {
    const key = variableKey(name);
    const variable = state.variables.get(key);
    if (variable) uses.set(key, shownVariable(variable));
  };
  const properties = isStepType(step.type) ? stepType(step.type).definition.properties : {};
  const values: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(step.with)) {
    values[name] = properties[name]?.value.kind === 'script' ? value : replaced(value, lookup, use, missing);
  }
  for (const [name, { variable, hidden, value }] of Object.entries(properties)) {
    if (variable === undefined || hidden === true || variable.startsWith('_')) continue;
    const global = state.variables.get(variableKey(variable));
    const now = stateOf(global);
    if (global === undefined || now.state === 'missing') continue;
    use(variable);
    if (now.state !== 'set' || now.hidden === true) delete values[name];
    else values[name] = typedAs(value.kind, now.value);
  }
  const listed = listedBy(values['BaseVariableName'], step.type, lookup);
  for (const { variable } of listed) use(variable);
  return { step: { ...step, with: values }, uses: [...uses.values()], missing: [...missing], listed };
}

/** Packages are named as `ID:Program`, applications by their names; what is hidden names nothing here. */
function listedBy(base: PropertyValue | undefined, type: string, lookup: VariableLookup): ListedObject[] {
  const kind = type === 'install-application' ? 'application' : type === 'install-package' ? 'package' : undefined;
  if (kind === undefined || typeof base !== 'string' || base === '') return [];
  return readList(lookup, base, kind === 'application' ? 2 : 3)
    .values.filter(({ hidden }) => !hidden)
    .map(({ name, value }) => ({
      kind,
      name: kind === 'package' ? (value.split(':')[0] ?? '').trim() : value.trim(),
      variable: name,
    }));
}

/** What a variable's text is as a property's value. */
function typedAs(kind: string, text: string): PropertyValue {
  if (kind === 'integer' && /^\d{1,15}$/.test(text)) return Number(text);
  if (kind === 'boolean' && /^(true|false)$/i.test(text)) return /^true$/i.test(text);
  return text;
}

function replaced(
  value: PropertyValue,
  lookup: VariableLookup,
  use: (name: string) => void,
  missing: Set<string>,
): PropertyValue {
  if (typeof value === 'string') {
    const expanded = expand(value, lookup);
    for (const name of [...expanded.used, ...expanded.unknown.map((each) => each.name)]) use(name);
    for (const name of expanded.missing) if (!WINDOWS_NAMES.test(name)) missing.add(name);
    return expanded.hidden ? value : expanded.text;
  }
  if (!Array.isArray(value)) return value;
  const list = value as readonly (string | Readonly<Record<string, PropertyValue>>)[];
  return list.map((item) =>
    typeof item === 'string'
      ? replaced(item, lookup, use, missing)
      : Object.fromEntries(Object.entries(item).map(([name, inner]) => [name, replaced(inner, lookup, use, missing)])),
  ) as PropertyValue;
}
