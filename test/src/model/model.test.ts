/** Rules of task sequence variables and media options. */
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../src/core/index.ts';
import {
  checkLabel,
  checkValidity,
  checkVariableName,
  checkZonedDate,
  isPasswordVariable,
  mergeVariables,
} from '../../../src/model/index.ts';

describe('variables', () => {
  it('VAR-11 refuses names that start with _ as read-only', () => {
    expect(() => checkVariableName('_SMSTSInWinPE', 'here')).toThrow(
      /here: _SMSTSInWinPE is a read-only system variable/,
    );
  });

  it('takes names of letters, digits, _ and - that start with a letter, trimmed', () => {
    expect(checkVariableName('  OSD-Name_1 ', 'here')).toBe('OSD-Name_1');
    for (const bad of ['', '1a', 'a b', 'a=b', 'ä', 'a'.repeat(257)]) {
      expect(() => checkVariableName(bad, 'here')).toThrow(/is not a variable name/);
    }
    expect(checkVariableName('a'.repeat(256), 'here')).toHaveLength(256);
  });

  it('limits values to 4000 characters and never shows them', () => {
    const list = (value: string) => [{ place: 'file', variables: [{ name: 'A', value: new Secret(value) }] }];
    expect(mergeVariables(list('x'.repeat(4000)))).toHaveLength(1);
    expect(() => mergeVariables(list('secret'.repeat(1000)))).toThrow(/A: its value has 6000 characters/);
    expect(() => mergeVariables(list('sec\0ret'))).not.toThrow(/sec/);
  });

  it('compares names without case: later lists win, doubles in one list are refused', () => {
    const merged = mergeVariables([
      {
        place: 'file',
        variables: [
          { name: 'abc', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
      { place: 'line', variables: [{ name: 'ABC', value: '3' }] },
    ]);
    expect(merged).toEqual([
      { name: 'ABC', value: '3' },
      { name: 'B', value: '2' },
    ]);
    const twice = [
      { name: 'a', value: '1' },
      { name: 'A', value: '2' },
    ];
    expect(() => mergeVariables([{ place: 'file', variables: twice }])).toThrow(/file: A is given twice/);
  });

  it('knows password variables without case', () => {
    expect(isPasswordVariable('osdjoinPASSWORD')).toBe(true);
    expect(isPasswordVariable('OSDRandomAdminPassword')).toBe(false);
  });
});

describe('media options', () => {
  it('takes labels that every file system can carry', () => {
    expect(checkLabel('WinPE_x64-1')).toBe('WINPE_X64-1');
    expect(() => checkLabel('TWELVE_CHARS')).toThrow(/it has 12 characters, FAT allows 11/);
    expect(() => checkLabel('A B')).toThrow(/other characters/);
  });

  it('wants dates with a zone, real ones, in order', () => {
    expect(checkZonedDate('2026-12-31T18:00:00+01:00', '--start')).toBe('2026-12-31T18:00:00+01:00');
    for (const bad of ['2026-12-31', '2026-12-31T18:00:00', '2026-02-30T00:00Z', 'tomorrow']) {
      expect(() => checkZonedDate(bad, '--start')).toThrow(/is not a date with a time zone/);
    }
    expect(() => checkValidity('2026-02-01T00:00Z', '2026-02-01T00:30+01:00')).toThrow(/is not after/);
  });
});
