/** `%NAME%` in texts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expand, referencedNames, type VariableState } from '../../../src/sequence/index.ts';
import { anyText } from './arbitrary.ts';

const variables: Readonly<Record<string, VariableState>> = {
  A: { state: 'set', value: 'a' },
  NEST: { state: 'set', value: '%A%' },
  P: { state: 'set', value: 'secret', hidden: true },
  U: { state: 'unknown', why: 'a script sets it' },
};
const lookup = (name: string): VariableState => variables[name.toUpperCase()] ?? { state: 'missing' };

test.each([
  ['%A%', 'a'],
  ['x%a%y%A%', 'xaya'],
  ['%Missing%', '%Missing%'],
  ['100%A%', '100a'],
  ['%Missing%A%', '%Missinga'],
  ['%%', '%%'],
  ['%%A%%', '%a%'],
  ['50% of %A%', '50% of a'],
  ['%NEST%', '%A%'],
  ['%ProgramFiles(x86)%', '%ProgramFiles(x86)%'],
  ['%U%', '%U%'],
])('VAR-19: %s becomes %s', (text, expected) => {
  expect(expand(text, lookup).text).toBe(expected);
});

test('what was used, missing, unknown and hidden is told', () => {
  expect(expand('%A% %a% %Nope% %U% %P%', lookup)).toEqual({
    text: 'a a %Nope% %U% secret',
    used: ['A', 'a', 'P'],
    missing: ['Nope'],
    unknown: [{ name: 'U', why: 'a script sets it' }],
    hidden: true,
  });
  expect(expand('%A%', lookup).hidden).toBe(false);
});

test('names referenced by a text, whether set or not', () => {
  expect(referencedNames('%A% and %B-1%, %A%')).toEqual(['A', 'B-1']);
});

test('a text without names stays, and nothing is expanded twice', () => {
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      expect(expand(before, () => ({ state: 'missing' })).text).toBe(before);
      const plain = before.replaceAll('%', '');
      expect(expand(`${plain}%A%`, () => ({ state: 'set', value: `%A%${after}` })).text).toBe(`${plain}%A%${after}`);
    }),
  );
});
