/** Every rule of lint finds its bad site, at the right line, and not its good one. */
import { describe, expect, test } from 'vitest';
import { lintCode, lintSequence, ruleTexts } from '../../../src/lint/index.ts';
import { siteOf } from '../site/site-of.ts';
import { CASES } from './cases.ts';

function lint(files: Readonly<Record<string, string>>) {
  const { site, problems } = siteOf(files);
  const sequence = site.find('taskSequence', 'S');
  if (!sequence) throw new Error(`no sequence: ${JSON.stringify(problems)}`);
  return lintSequence(site, sequence, problems);
}

const rules = ruleTexts().map(({ code }) => code);

test('every code is a rule with title, reason and remedy, and has a bad and a good site', () => {
  expect(rules).toEqual(Object.keys(lintCode).sort());
  expect(Object.keys(CASES).sort()).toEqual(rules);
  for (const { title, why, remedy } of ruleTexts()) {
    for (const text of [title, why, remedy]) expect(text).toMatch(/^.{10,}\.$/);
  }
});

describe('rules', () => {
  test.each(rules)('%s: the bad site', (code) => {
    const { bad, place } = CASES[code] ?? { bad: {}, place: '' };
    const found = lint(bad).filter((problem) => problem.code === code);
    expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual([place]);
    expect(found[0]?.hint).toMatch(/.{10,}/);
    expect(found[0]?.column).toBeGreaterThan(0);
  });

  test.each(rules)('%s: the good site', (code) => {
    const problems = lint(CASES[code]?.good ?? {});
    expect(problems.filter((problem) => problem.code === code)).toEqual([]);
    // The site is a good one but for references that the case does not need.
    const errors = problems.filter(
      ({ severity, code: other }) => severity === 'error' && other !== 'SITE_NOT_DEPLOYABLE',
    );
    expect(errors.map(({ message }) => message)).toEqual([]);
  });
});
