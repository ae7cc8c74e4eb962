/** What the schedule of a deployment means to a client, and that Windows PE asks none of it. */
import { describe, expect, test } from 'vitest';
import { mayRerun, type Rerun } from '../../../src/policy/index.ts';
import { SCRIPT } from '../site/site-of.ts';
import { CLIENT, deployment, NOW, offered, policy, PXE, refusals, site } from './policy-of.ts';

const install = (more = 'purpose: available\navailableTo: mediaAndPxe') =>
  `taskSequence: Install\ncollection: Lab\n${more}`;
const script = (more = 'purpose: available') => `taskSequence: Script\ncollection: Lab\n${more}`;
const hour = 3_600_000;

describe('the schedule of a client', () => {
  const required = (lines: string) => deployment('ABC20000', script(`purpose: required\n${lines}`));
  const first = (files: Record<string, string>, request = {}, medium = CLIENT) =>
    policy(site(files), medium, request).deployments[0];

  test('DEP-33 DEP-35: not before it becomes available, not after it expired', () => {
    const between = (available: string, expires: string) =>
      first(
        deployment(
          'ABC20000',
          script(`purpose: available\nschedule: { available: ${available}, expires: ${expires} }`),
        ),
        {
          time: { now: NOW, zoneOffset: 60 },
        },
      )?.offered;
    expect(between('2026-11-21T11:59Z', '2026-11-21T12:01Z')).toBe(true);
    expect(between('2026-11-21T12:01Z', '2026-11-22T12:01Z')).toBe(false);
    expect(between('2026-11-20T12:01Z', '2026-11-21T12:00Z')).toBe(false);
    // 12:00 UTC is 13:00 on the clock of this computer.
    expect(between('2026-11-21T13:00', '2026-11-21T13:01')).toBe(true);
    expect(between('2026-11-21T13:01', '2026-11-21T13:02')).toBe(false);
  });

  test('DEP-30: Windows PE evaluates none of it', () => {
    const schedule =
      'schedule: { available: 2030-01-01T00:00Z, expires: 2030-01-02T00:00Z, assignments: [{ at: 2030-01-01T08:00Z }] }';
    const files = deployment('ABC20000', install(`purpose: required\navailableTo: clientsMediaAndPxe\n${schedule}`));
    const started = policy(site(files), PXE);
    expect(started.choice).toMatchObject({ kind: 'run', deployment: 'ABC20000' });
    expect(started.deployments[0]?.reasons.map(({ text }) => text)).toContain(
      'Windows PE evaluates no schedule (DEP-30)',
    );
    expect(offered(policy(site(files), CLIENT))).toEqual([]);
  });

  test('DEP-36: an assignment that passed runs now, one ahead runs later', () => {
    expect(first(required('schedule: { assignments: [{ at: 2026-11-21T11:00Z }] }'))).toMatchObject({ runs: 'now' });
    expect(first(required('schedule: { assignments: [{ at: 2026-11-21T13:00Z }] }'))).toMatchObject({
      runs: 'later',
      nextRun: NOW + hour,
    });
    expect(
      first(required('schedule: { assignments: [{ at: 2026-11-21T11:00Z }] }'), {
        lastRuns: { ABC20000: { succeeded: true, at: NOW - hour / 2 } },
      }),
    ).toMatchObject({ runs: 'not' });
  });

  test('DEP-35: no run is announced for a time after it expires', () => {
    const lines = (expires: string) =>
      required(`schedule: { expires: ${expires}, assignments: [{ from: 2026-11-20T20:00Z, every: { days: 1 } }] }`);
    const ran = { lastRuns: { ABC20000: { succeeded: true, at: NOW - hour } } };
    expect(first(lines('2026-11-21T21:00Z'), ran)).toMatchObject({ runs: 'later', nextRun: NOW + 8 * hour });
    expect(first(lines('2026-11-21T19:00Z'), ran)).toMatchObject({ runs: 'not', nextRun: undefined });
  });

  test('SMSTSPreferredAdvertID means nothing to a client in the full OS', () => {
    const files = {
      ...deployment('ABC20000', script()),
      'collections/lab.yaml':
        'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC1] }\nvariables: { SMSTSPreferredAdvertID: ABC29999 }\n',
    };
    expect(policy(site(files), CLIENT).choice).toEqual({ kind: 'list', deployments: ['ABC20000'] });
    expect(policy(site(files), PXE).choice.kind).toBe('stop');
  });

  test('DEP-34: available before the deadline downloads at the available time', () => {
    const lines = 'schedule: { available: 2026-11-21T10:00Z, assignments: [{ at: 2026-11-21T20:00Z }] }';
    expect(first(required(lines))).toMatchObject({
      offered: true,
      downloadFrom: NOW - 2 * hour,
      nextRun: NOW + 8 * hour,
    });
  });

  test('DEP-39: an assignment before it becomes available downloads at the assigned time, and runs when available', () => {
    const lines = 'schedule: { available: 2026-11-21T20:00Z, assignments: [{ at: 2026-11-21T10:00Z }] }';
    const files = {
      ...required(lines),
      'packages/p.yaml': `id: ABC00030\nname: Tools\ncontent: { sha256: ${'a'.repeat(64)}, size: 5 }\n`,
    };
    const withPackage = {
      ...files,
      'task-sequences/script.yaml': SCRIPT.replace(
        'CommandLine: cmd /c ver',
        'CommandLine: cmd /c ver, PackageID: Tools',
      ),
    };
    const early = policy(site(withPackage), CLIENT);
    expect(early.deployments[0]).toMatchObject({ offered: false, downloadFrom: NOW - 2 * hour });
    expect(early.content.map(({ name }) => name)).toEqual(['Tools']);
    expect(early.sequences).toEqual([]);
    const others = {
      ...withPackage,
      'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC2] }\n',
    };
    expect(policy(site(others), CLIENT).content).toEqual([]);
    const later = policy(site(withPackage), CLIENT, { time: { now: NOW + 8 * hour, zoneOffset: 0 } });
    expect(later.deployments[0]).toMatchObject({ offered: true, runs: 'now' });
  });

  test('CACHE-08: pre-download starts at the available time, at once when that has passed', () => {
    const pre = (available: string) =>
      first(
        deployment('ABC20000', script(`purpose: available\npreDownload: true\nschedule: { available: ${available} }`)),
      )?.downloadFrom;
    expect(pre('2026-11-21T10:00Z')).toBe(NOW);
    expect(pre('2026-11-21T14:00Z')).toBe(NOW + 2 * hour);
    expect(first(deployment('ABC20000', script()))?.downloadFrom).toBeUndefined();
  });

  // never run, failed, succeeded; each with the sequence as it was and changed since.
  const reruns: [Rerun, readonly [boolean, boolean, boolean]][] = [
    ['never', [true, false, false]],
    ['always', [true, true, true]],
    ['ifFailed', [true, true, false]],
    ['ifSucceeded', [true, false, true]],
  ];
  test.each(reruns)(
    'DEP-42 to DEP-45 DEP-40: rerun %s over never run, failed, succeeded, changed since',
    (rerun, expected) => {
      const runs = [undefined, false, true].map((succeeded) =>
        succeeded === undefined ? undefined : { succeeded, at: NOW - 48 * hour },
      );
      expect(runs.map((run) => mayRerun(rerun, run).holds)).toEqual(expected);
      const lines = `schedule: { rerun: ${rerun}, assignments: [{ from: 2026-11-01T10:00Z, every: { days: 1 } }] }`;
      for (const changed of ['', 'description: changed since\n']) {
        const found = runs.map(
          (run) =>
            first(
              { ...required(lines), 'task-sequences/script.yaml': SCRIPT + changed },
              run === undefined ? {} : { lastRuns: { ABC20000: run } },
            )?.runs === 'now',
        );
        expect(found).toEqual(expected);
      }
    },
  );

  test('DEP-41: rerun has no effect without a required assignment: an available sequence may always be run again', () => {
    const ran = { lastRuns: { ABC20000: { succeeded: true, at: NOW - hour } } };
    expect(first(deployment('ABC20000', script('purpose: available\nschedule: { rerun: never }')), ran)).toMatchObject({
      offered: true,
      runs: 'by the user',
    });
    expect(first(required('schedule: { rerun: never }'), ran)?.reasons.at(-1)?.text).toContain('DEP-41');
  });

  test('DEP-50: a required one without assignment is started by users only where that is allowed', () => {
    expect(first(required('userExperience: { runIndependently: true }'))).toMatchObject({ runs: 'by the user' });
    expect(first(required(''))).toMatchObject({ runs: 'not' });
  });

  test('DEP-51 DEP-67: progress is handed on; content options are those of the full OS alone', () => {
    const lines =
      'purpose: available\navailableTo: clientsMediaAndPxe\ncontent: { option: fromPoint }\nuserExperience: { showProgress: false }';
    const files = deployment('ABC20000', script(lines));
    expect(first(files)).toMatchObject({ contentOption: 'fromPoint', showProgress: false });
    expect(first(files, {}, PXE)).toMatchObject({ contentOption: 'whenNeeded', showProgress: false });
  });

  test('DEP-08 DEP-10: high risk is computed, shown with its reason, and keeps a built-in collection out', () => {
    const files = deployment(
      'ABC20000',
      install('purpose: required\navailableTo: mediaAndPxe').replace('Lab', 'All Systems'),
    );
    const found = policy(site(files), PXE);
    expect(refusals(found, 'ABC20000')).toEqual(['high risk']);
    expect(found.deployments[0]?.highRisk).toContain('"Apply"');
    const available = deployment('ABC20000', install().replace('Lab', 'All Systems'));
    expect(policy(site(available), PXE).deployments[0]).toMatchObject({ offered: true, highRisk: undefined });
  });
});
