/** Where a sequence uses variables: `%NAME%` in what steps are given, and conditions. */
import type { Condition, DynamicRules, NodePath, PropertyValue, Step } from '../../model/index.ts';
import { listName, referencedNames } from '../../sequence/index.ts';
import { conditionsOf } from '../conditions.ts';
import { knownText } from '../read-step.ts';
import type { Node, Run } from '../types.ts';

export interface VariableUse {
  readonly node: Node;
  readonly name: string;
  /** From the item to the value. */
  readonly below: NodePath;
  /** `text`: `%NAME%`; `name`: a property that holds the name; else the operator of a condition. */
  readonly how: 'text' | 'name' | Extract<Condition, { kind: 'variable' }>['operator'];
}

/** All uses by enabled items, in order. */
export function usesOf(run: Run): VariableUse[] {
  return run.nodes.filter(({ enabled }) => enabled).flatMap((node) => [...conditionUses(node), ...textUses(node)]);
}

function conditionUses(node: Node): VariableUse[] {
  return conditionsOf(node.item).flatMap((condition): VariableUse[] => {
    const below: NodePath = ['condition'];
    const texts = namesInCondition(condition).map((name): VariableUse => ({ node, name, below, how: 'text' }));
    if (condition.kind !== 'variable') return texts;
    return [{ node, name: condition.variable.trim(), below, how: condition.operator }, ...texts];
  });
}

/** A `%` in LIKE is a wildcard, so texts in quotes after it are left out. */
function namesInCondition(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'variable':
      return referencedNames(condition.value ?? '');
    case 'wmi':
      return namesInQuery(condition.query);
    case 'operatingSystem':
      return condition.platforms.flatMap(({ queries }) => queries.flatMap(({ query }) => namesInQuery(query)));
    case 'file':
    case 'folder':
      return referencedNames(condition.path);
    case 'registry':
      return [condition.keyPath, condition.value ?? '', condition.data ?? ''].flatMap(referencedNames);
    default:
      return [];
  }
}

function namesInQuery(query: string): readonly string[] {
  return referencedNames(query.replace(/\blike\s+("[^"]*"|'[^']*')/gi, ''));
}

function textUses(node: Node): VariableUse[] {
  const { item } = node;
  if (item.kind === 'group') return [];
  const inWith = Object.entries(item.with).flatMap(([property, value]) =>
    // A script is not expanded.
    property === 'SourceScript'
      ? []
      : namesIn(value).map((name): VariableUse => ({ node, name, below: ['with', property], how: 'text' })),
  );
  const startIn = referencedNames(item.startIn ?? '').map(
    (name): VariableUse => ({ node, name, below: ['startIn'], how: 'text' }),
  );
  return [...inWith, ...startIn, ...nameUses(node, item)];
}

/** Properties that name a variable: the drive to apply to, the first of a list to install. */
function nameUses(node: Node, step: Step): VariableUse[] {
  const drive = step.type.startsWith('apply-') ? knownText(step, 'DestinationVariable') : undefined;
  const base = knownText(step, 'BaseVariableName');
  const first = base === undefined ? undefined : listName(base, 1, step.type === 'install-package' ? 3 : 2);
  return [
    ...(drive === undefined
      ? []
      : [{ node, name: drive.trim(), below: ['with', 'DestinationVariable'], how: 'name' as const }]),
    ...(first === undefined ? [] : [{ node, name: first, below: ['with', 'BaseVariableName'], how: 'name' as const }]),
  ];
}

function namesIn(value: PropertyValue): string[] {
  if (typeof value === 'string') return [...referencedNames(value)];
  if (typeof value !== 'object' || 'sealed' in value) return [];
  if ('rules' in value) return namesInRules(value);
  return (value as readonly (string | Readonly<Record<string, PropertyValue>>)[]).flatMap((item) =>
    typeof item === 'string' ? [...referencedNames(item)] : Object.values(item).flatMap(namesIn),
  );
}

function namesInRules({ rules }: DynamicRules): string[] {
  return rules.flatMap(({ condition = [], variables }) => [
    ...condition.flatMap((each) => [
      ...(each.kind === 'variable' ? [each.variable.trim()] : []),
      ...namesInCondition(each),
    ]),
    ...variables.flatMap(({ value }) => (typeof value === 'string' ? [...referencedNames(value)] : [])),
  ]);
}
