/** The judge of equal XML: a parser of its own rules, so that a fault of src/exchange's tree does not hide itself. */
import { SaxesParser } from 'saxes';

interface Node {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: Node[];
  text: string;
}

export function parsed(text: string): Node {
  const parser = new SaxesParser();
  const root: Node = { name: '', attributes: [], children: [], text: '' };
  const stack = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { name, attributes: Object.entries(attributes), children: [], text: '' };
    stack.at(-1)?.children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => void stack.pop());
  parser.on('text', (part) => {
    const top = stack.at(-1);
    if (top) top.text += part;
  });
  parser.write(text).close();
  return root.children[0] as Node;
}

/** Places that src/exchange/README.md says it does not keep: the order of parts, and of variables in their lists. */
const firstParts = ['referenceList', 'globalVarList', 'condition', 'action', 'defaultVarList'];

/** One line for each element: attributes sorted, variables sorted, parts of a step in one order; nothing else is changed. */
export function canonical(text: string): string[] {
  return lines(parsed(text), '');
}

function lines(node: Node, before: string): string[] {
  const attributes = node.attributes.map(([name, value]) => `${name}=${JSON.stringify(value)}`).sort();
  const own = node.children.length === 0 ? node.text : node.text.trim();
  const children = node.children.map((child) => ({ name: child.name, lines: lines(child, `${before}  `) }));
  if (node.name === 'defaultVarList' || node.name === 'expression') {
    children.sort((a, b) => (a.lines.join('\n') < b.lines.join('\n') ? -1 : 1));
  } else if (['sequence', 'group', 'step', 'subtasksequence'].includes(node.name)) {
    const place = (name: string): number => (firstParts.includes(name) ? firstParts.indexOf(name) : firstParts.length);
    children.sort((a, b) => place(a.name) - place(b.name));
  }
  return [
    `${before}${node.name} ${attributes.join(' ')} ${JSON.stringify(own)}`,
    ...children.flatMap((child) => child.lines),
  ];
}

/** How often each value of an attribute occurs at elements of some names; `(none)` without it. */
export function tally(text: string, names: readonly string[], attribute?: string): Record<string, number> {
  const found: Record<string, number> = {};
  const visit = (node: Node): void => {
    if (names.includes(node.name)) {
      const values = new Map(node.attributes);
      const key = attribute === undefined ? node.name : (values.get(attribute) ?? '(none)');
      found[key] = (found[key] ?? 0) + 1;
    }
    node.children.forEach(visit);
  };
  visit(parsed(text));
  return found;
}
