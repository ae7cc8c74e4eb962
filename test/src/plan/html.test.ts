/** The HTML report: whole by itself, everything escaped, nothing hidden in it. */
import { describe, expect, test } from 'vitest';
import { planHtml, planText } from '../../../src/plan/index.ts';
import { LAPTOP, planOf } from './office.ts';

const EVIL = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)>';

const plan = planOf(
  `- group: ${JSON.stringify(EVIL.slice(0, 90))}
  steps:
    - step: ${JSON.stringify(EVIL.slice(0, 90))}
      type: run-command-line
      with: { CommandLine: ${JSON.stringify(`tool %Evil% %Hush% ${EVIL}`)} }
      condition: [{ variable: Evil, equals: ${JSON.stringify(EVIL)} }]
    - step: Odd
      type: unknown
      extra: { type: ${JSON.stringify(EVIL)} }`,
  { ...LAPTOP, name: EVIL, model: EVIL },
  { given: [{ name: 'Evil', value: EVIL }] },
);
const html = planHtml(plan);

describe('HTML report', () => {
  test('text from sequences, facts and variables is escaped', () => {
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    // Every attribute value is of our own making: no quote of a text ends one early.
    expect(html.match(/<[a-z]+[^<>]*onerror/g)).toBeNull();
  });

  test('it asks nothing of any other place and needs no script', () => {
    expect(html).not.toMatch(/\b(src|href)="(?!#)/);
    expect(html).not.toMatch(/@import|url\(|https?:/);
    expect(html).not.toMatch(/<(script|link|iframe|object|embed|base|form)\b/);
    expect(html).toContain("content=\"default-src 'none'; style-src 'unsafe-inline'\"");
  });

  test('elements are closed in order', () => {
    const open: string[] = [];
    const alone = new Set(['meta', 'br']);
    for (const [, slash, name = ''] of html
      .replace(/<!DOCTYPE html>|<style>[\s\S]*?<\/style>/g, '')
      .matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (!alone.has(name)) open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('a link to a step leads to it', () => {
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  test('hidden values are in no form', () => {
    for (const text of [html, planText(plan), JSON.stringify(plan)]) expect(text).not.toContain('secret text');
  });

  test('light, dark and paper have their colours', () => {
    expect(html).toContain('color-scheme: light dark');
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('@media print');
  });
});
