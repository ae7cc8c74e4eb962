/** Variables of devices and collections in their files, and in devices.csv. */
import { describe, expect, test } from 'vitest';
import { removeVariableIn, setCsvVariable, setVariableIn } from '../../../../src/site/index.ts';

const file = `name: Lab # a lab
variables:
  # about A
  A: one
  H: { value: hush, hidden: true }
  S: !secret eA==
type: device
`;

describe('VAR-03', () => {
  test('VAR-03: a variable is set, added and removed in the lines of its own', () => {
    expect(setVariableIn(file, { name: 'A', value: 'two' })).toBe(file.replace('A: one', 'A: two'));
    expect(setVariableIn(file, { name: 'a', value: 'two' })).toBe(file.replace('A: one', 'A: two'));
    expect(setVariableIn(file, { name: 'New', value: '1' })).toBe(file.replace('eA==\n', 'eA==\n  New: "1"\n'));
    expect(removeVariableIn(file, 'h')).toBe(file.replace('  H: { value: hush, hidden: true }\n', ''));
    expect(setVariableIn('name: x\n', { name: 'A', value: 'b' })).toBe('name: x\nvariables:\n  A: b\n');
    expect(removeVariableIn('name: x\nvariables:\n  A: b\n', 'A')).toBe('name: x\n');
  });

  test('a variable that is not there', () => {
    const absent = expect.objectContaining({ code: 'SITE_VARIABLE' }) as Error;
    expect(() => removeVariableIn(file, 'B')).toThrow(absent);
    expect(() => setVariableIn(file, { name: 'B', hidden: true })).toThrow(absent);
  });
});

describe('masks', () => {
  test('a mask is added without the value, and stays when another value is given', () => {
    expect(setVariableIn(file, { name: 'A', hidden: true })).toContain('  A:\n    value: one\n    hidden: true\n');
    expect(setVariableIn(file, { name: 'H', value: 'psst' })).toContain('  H: { value: psst, hidden: true }\n');
    expect(setVariableIn(file, { name: 'S', value: 'plain' })).toContain('value: plain\n    hidden: true\n');
  });

  test.each(['1.10', '0x1F', 'True', '007'])(
    'a value that was written as %s stays that text below its mask',
    (text) => {
      const masked = `variables:\n  A:\n    value: "${text}"\n    hidden: true\n`;
      expect(setVariableIn(`variables:\n  A: ${text}\n`, { name: 'A', hidden: true })).toBe(masked);
      expect(setVariableIn(`variables:\n  A: { value: ${text} }\n`, { name: 'A', hidden: true })).toBe(masked);
    },
  );

  test('VAR-05: a mask goes only when the value is given anew', () => {
    const refused = expect.objectContaining({ code: 'SITE_VARIABLE_HIDDEN' }) as Error;
    expect(() => setVariableIn(file, { name: 'H', hidden: false })).toThrow(refused);
    expect(() => setVariableIn(file, { name: 'S', hidden: false })).toThrow(refused);
    expect(() => setVariableIn(file, { name: 'H', hidden: false })).not.toThrow(/hush/);
    expect(setVariableIn(file, { name: 'H', value: 'open', hidden: false })).toContain('  H: open\n');
  });
});

describe('devices.csv', () => {
  const csv = 'name,mac,variable:Old\r\nA,00155D000001,1\r\n"B, b",00155D000002\r\n';

  test('VAR-03: one cell changes; a new variable is a new column', () => {
    expect(setCsvVariable(csv, 'a', 'OLD', '2')).toBe(csv.replace(',1\r', ',2\r'));
    expect(setCsvVariable(csv, 'b, b', 'Old', 'x, "y"')).toBe(csv.replace('000002\r', '000002,"x, ""y"""\r'));
    expect(setCsvVariable(csv, 'B, b', 'New', 'z')).toBe(
      'name,mac,variable:Old,variable:New\r\nA,00155D000001,1\r\n"B, b",00155D000002,,z\r\n',
    );
    expect(setCsvVariable(csv, 'A', 'Old', undefined)).toBe(csv.replace(',1\r', ',\r'));
  });

  test('semicolons, byte order mark, a value of two lines', () => {
    const text = '\uFEFFname;mac\nA;00155D000001\n"B";00155D000002';
    const changed = setCsvVariable(text, 'B', 'V', 'one\ntwo');
    expect(changed).toBe('\uFEFFname;mac;variable:V\nA;00155D000001\n"B";00155D000002;"one\ntwo"');
    expect(setCsvVariable(changed, 'A', 'V', 'x')).toContain('A;00155D000001;x\n');
    expect(setCsvVariable(changed, 'B', 'V', 'y')).toContain('"B";00155D000002;y');
  });

  test.each<[string, string, () => string]>([
    ['a device that is not there', 'SITE_EDIT', () => setCsvVariable(csv, 'C', 'Old', '1')],
    ['a variable that is not there', 'SITE_VARIABLE', () => setCsvVariable(csv, 'A', 'New', undefined)],
    ['an empty value', 'SITE_EDIT', () => setCsvVariable(csv, 'A', 'Old', '')],
    [
      "ConfigMgr's form without names of columns",
      'SITE_EDIT',
      () => setCsvVariable('A,,00155D000001\n', 'A', 'V', '1'),
    ],
  ])('%s is refused', (_what, code, edit) => {
    expect(edit).toThrow(expect.objectContaining({ code }) as Error);
  });
});
