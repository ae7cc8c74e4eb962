/** What every module stands on: exit codes, secrets that do not show, system errors in words. */
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FormatError, IntegrityError, registerCodes, Secret, toOsdkitError } from '../../../src/core/index.ts';

describe('errors', () => {
  it('carry code, hint, details and exit code to JSON', () => {
    const error = new FormatError('WIM_X', 'x.wim: broken', { hint: 'copy it again', details: { offset: 8 } });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      error: 'FormatError',
      code: 'WIM_X',
      message: 'x.wim: broken',
      hint: 'copy it again',
      details: { offset: 8 },
      exitCode: 3,
    });
    expect(new IntegrityError('WIM_Y', 'differs').exitCode).toBe(5);
  });

  it('turn errno into place and remedy', () => {
    const full = toOsdkitError(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' }), 'writing x.iso');
    expect([full.code, full.exitCode]).toEqual(['CORE_NO_SPACE', 4]);
    expect(full.message).toMatch(/^writing x\.iso: no space left/);
    expect(toOsdkitError(Object.assign(new Error('x'), { code: 'ENOENT', path: '/x' }), 'opening').exitCode).toBe(2);
    for (const code of ['EISDIR', 'ENOTDIR']) {
      const kind = toOsdkitError(Object.assign(new Error('x'), { code }), 'opening x');
      expect([kind.code, kind.exitCode]).toEqual(['CORE_WRONG_KIND', 2]);
    }
    expect(toOsdkitError(new TypeError('oops'), 'media create').exitCode).toBe(70);
    expect(toOsdkitError(full, 'again')).toBe(full);
  });

  it('refuse malformed and doubled codes', () => {
    expect(() => registerCodes({ lower_case: { title: '', remedy: '' } })).toThrow(/malformed/);
    expect(() => registerCodes({ CORE_CANCELED: { title: '', remedy: '' } })).toThrow(/twice/);
  });
});

describe('Secret', () => {
  it('shows only where it is revealed', () => {
    const secret = new Secret('hunter2');
    for (const shown of [String(secret), JSON.stringify({ secret }), inspect({ secret }, { depth: 5 })]) {
      expect(shown).not.toContain('hunter2');
    }
    expect(secret.reveal()).toBe('hunter2');
  });
});
