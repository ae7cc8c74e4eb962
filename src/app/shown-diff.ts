/** The difference of two texts of a site's file as it may be shown: what is hidden or a password is dots (VAR-04). */
import { isPasswordVariable, type NodePath } from '../model/index.ts';
import { readYaml, setIn } from '../site/index.ts';
import { secretProperties, stepTypes } from '../steps/index.ts';
import { masked } from './mask-secrets.ts';
import { unifiedDiff } from './unified-diff.ts';

/** As `unifiedDiff`; a file with secrets that cannot be read shows no lines. */
export function shownDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (!/\.ya?ml$/i.test(path)) return unifiedDiff(path, before, after);
  const old = secretsIn(before);
  const made = secretsIn(after);
  if (old === undefined || made === undefined) return `${path}: its lines are not shown, for it is no YAML\n`;
  if (old.size + made.size === 0) return unifiedDiff(path, before, after);
  const dots = (text: string | undefined, secrets: Secrets, mark: (key: string, value: string) => string) =>
    text === undefined
      ? undefined
      : [...secrets].reduce((all, [key, { at, value }]) => setIn(all, at, mark(key, value)), text);
  return unifiedDiff(
    path,
    dots(before, old, () => masked),
    // Another value is seen to be another one, without being seen.
    dots(after, made, (key, value) => ((old.get(key)?.value ?? value) === value ? masked : `${masked} (another)`)),
  );
}

type Secrets = ReadonlyMap<string, { readonly at: NodePath; readonly value: string }>;

/** Plain texts that no command shows, by their path; undefined for text that is no YAML. */
function secretsIn(text: string | undefined): Secrets | undefined {
  if (text === undefined) return new Map();
  const { value, problems } = readYaml(text);
  if (problems.length > 0) return undefined;
  const found = new Map<string, { at: NodePath; value: string }>();
  visit(value, [], (at, secret) => found.set(JSON.stringify(at), { at, value: secret }));
  return found;
}

type Take = (at: NodePath, value: string) => void;

/** Properties of steps that are secrets, of whatever type. */
const secretNames = new Set(stepTypes.flatMap(({ definition }) => secretProperties(definition)));

function visit(value: unknown, at: NodePath, take: Take): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) return value.forEach((item, index) => visit(item, [...at, index], take));
  const mapping = value as Readonly<Record<string, unknown>>;
  const { hidden, secret, name, VariableName: variable } = mapping;
  const isHidden = hidden === true || secret === true || (typeof name === 'string' && isPasswordVariable(name));
  const setsPassword = typeof variable === 'string' && isPasswordVariable(variable);
  for (const [key, item] of Object.entries(mapping)) {
    if (typeof item === 'object') visit(item, [...at, key], take);
    else if (
      (key === 'value' && isHidden) ||
      (key === 'VariableValue' && setsPassword) ||
      key === 'password' ||
      secretNames.has(key) ||
      isPasswordVariable(key)
    ) {
      if (item !== '' && item !== undefined) take([...at, key], JSON.stringify(item));
    }
  }
}
