/** Facts of a machine: what is taken, what is refused, and the names that were meant. */
import { describe, expect, test } from 'vitest';
import { InputError, nearestHint, nearestName } from '../../../src/core/index.ts';
import { parseFacts } from '../../../src/sequence/index.ts';

describe('facts', () => {
  test('every key may be missing; null and empty lists say that there is none', () => {
    expect(parseFacts({})).toEqual({});
    expect(parseFacts({ tpm: null, domain: null, runningSystem: null, batteries: [] })).toEqual({
      tpm: null,
      domain: null,
      runningSystem: null,
      batteries: [],
    });
  });

  test('every mistake is named with its place', () => {
    const thrown = (() => {
      try {
        return parseFacts(
          { modell: 'x', memory: -1, macAddresses: ['00:15'], disks: [{ index: 0, size: 'big' }] },
          'pc.json',
        );
      } catch (error) {
        return error as InputError;
      }
    })();
    expect(thrown).toBeInstanceOf(InputError);
    const { code, message } = thrown as InputError;
    expect(code).toBe('SEQUENCE_FACTS');
    for (const part of ['pc.json', 'modell', 'memory', 'macAddresses.0', 'disks.0.size'])
      expect(message).toContain(part);
  });

  test.each([['text'], [null], [[]], [{ wmi: { X: [{ a: { b: 1 } }] } }], [{ smbiosGuid: '1' }]])(
    '%j is refused',
    (data) => {
      expect(() => parseFacts(data)).toThrow(InputError);
    },
  );
});

describe('nearest name', () => {
  const names = ['description', 'enabled', 'continueOnError', 'steps', 'step'];

  test.each([
    ['descripton', 'description'],
    ['Enabled', 'enabled'],
    ['enabeld', 'enabled'],
    ['stesp', 'steps'],
    ['continue-on-error', 'continueOnError'],
    ['zzz', undefined],
    ['', undefined],
  ])('%j is %j', (given, expected) => {
    expect(nearestName(given, names)).toBe(expected);
  });

  test('where none is near, a short list of names is shown', () => {
    expect(nearestHint('zzz', ['a1b2', 'c3d4'])).toBe('Known here: a1b2, c3d4.');
    expect(
      nearestHint(
        'zzz',
        Array.from({ length: 25 }, (_, index) => `name-number-${index}`),
      ),
    ).toBe('No known name is near it.');
  });
});
