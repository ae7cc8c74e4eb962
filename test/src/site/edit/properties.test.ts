/** Properties of a sequence: the lines that change, and that no step does. */
import { describe, expect, test } from 'vitest';
import { NOTICE_TEXTS, noticeOf } from '../../../../src/model/index.ts';
import { editProperties, editSequence, type PropertyChanges } from '../../../../src/site/index.ts';
import { readYaml } from '../../../../src/site/yaml/index.ts';

const steps = `steps:
  - step: First   # stays
    type: run-command-line
    description: no property
    with: { CommandLine: cmd /c ver }
`;
const file = `# A file
id: ABC00010
name: Script # the name
${steps}`;
const value = (text: string) => readYaml(text).value as Record<string, unknown>;

describe('EDIT-08', () => {
  test.each<[string, PropertyChanges, object]>([
    ['name', { name: 'Other' }, { name: 'Other' }],
    ['description', { description: 'why' }, { description: 'why' }],
    ['category', { category: 'Clients' }, { category: 'Clients' }],
    ['boot image', { bootImage: 'pe-x64' }, { bootImage: 'pe-x64' }],
    ['enabled', { enabled: false }, { enabled: false }],
    ['run time', { maximumRunTime: 90 }, { maximumRunTime: 90 }],
    ['progress text', { progressMessage: 'Wait' }, { progressMessage: 'Wait' }],
    ['first program', { runFirst: { package: 'P', program: 'x' } }, { runFirst: { package: 'P', program: 'x' } }],
    [
      'HI-12: restart required',
      { softwareCenter: { restartRequired: false } },
      { softwareCenter: { restartRequired: false } },
    ],
    ['HI-13: download size', { softwareCenter: { downloadSize: 4000 } }, { softwareCenter: { downloadSize: 4000 } }],
    ['HI-14: run time', { softwareCenter: { runTime: 60 } }, { softwareCenter: { runTime: 60 } }],
    ['HI-01: marked', { highImpact: { marked: true } }, { highImpact: { marked: true } }],
  ])('EDIT-08: %s changes the sequence and no line of its steps', (_what, changes, expected) => {
    const text = editProperties(file, changes);
    expect(value(text)).toEqual({ ...value(file), ...expected });
    expect(text.endsWith(steps)).toBe(true);
    expect(text.startsWith('# A file\nid: ABC00010\n')).toBe(true);
  });

  test('EDIT-08: an edit of a step changes no property', () => {
    const { text } = editSequence(file, { edit: 'change', item: 'First', changes: { name: 'X', description: 'y' } });
    const { steps: _, ...before } = value(file);
    const { steps: __, ...after } = value(text);
    expect(after).toEqual(before);
    expect(text.startsWith(file.slice(0, file.indexOf('steps:')))).toBe(true);
  });
});

test('what is taken away leaves the file as it was', () => {
  const changes = { description: 'd', softwareCenter: { runTime: 5 }, highImpact: { marked: true }, enabled: false };
  const back = { description: null, softwareCenter: { runTime: null }, highImpact: { marked: false }, enabled: true };
  expect(editProperties(editProperties(file, changes), back)).toBe(file);
});

describe('the notice', () => {
  test('HI-07 to HI-09: boxes that nobody gives keep the default text when own text is switched on', () => {
    const text = editProperties(file, { highImpact: { marked: true, customText: true, boldText: 'Bold' } });
    expect(value(text)['highImpact']).toEqual({
      marked: true,
      customText: true,
      message: [NOTICE_TEXTS.mainText, 'Bold', NOTICE_TEXTS.lastLine],
    });
    const again = editProperties(text, { highImpact: { mainText: 'Main' } });
    expect(value(again)).toHaveProperty('highImpact.message', ['Main', 'Bold', NOTICE_TEXTS.lastLine]);
  });

  test('HI-06 to HI-09: the default texts ask for consent, warn of restarts, say what is kept, and name the buttons', () => {
    const { headline, mainText, boldText, lastLine } = noticeOf(undefined);
    expect(headline).toMatch(/operating system.*\?$/i);
    expect(mainText).toMatch(/time.*restart several times/);
    expect(boldText).toMatch(/in-place upgrade.*keeps your apps, settings and data/);
    expect(lastLine).toMatch(/Install.*Cancel/);
    for (const text of [headline, mainText, boldText, lastLine]) expect(text.length).toBeLessThanOrEqual(255);
  });

  test('HI-10: headline, main text, bold text, last line, then the buttons; own texts only where they are switched on', () => {
    const message = ['main', 'bold', 'last'] as const;
    const own = noticeOf({ customText: true, headline: 'head', message });
    expect(Object.values(own)).toEqual(['head', 'main', 'bold', 'last', ['Install', 'Cancel']]);
    expect(noticeOf({ headline: 'head', message })).toEqual(noticeOf(undefined));
    expect(noticeOf({ customText: true, message }).headline).toBe(NOTICE_TEXTS.headline);
  });
});
