/** What becomes of each object of an import. The rows are those of behaviours.md, typed by hand. */
import { describe, expect, test } from 'vitest';
import { mapReferences, withReferences, type ImportChoice } from '../../../src/exchange/index.ts';
import type { TaskSequence } from '../../../src/model/index.ts';

const references = [
  { id: 'PS100001', kind: 'package', name: 'Tools' },
  { id: 'PS100002', kind: 'bootImage', name: 'PE' },
  { id: 'App1', kind: 'application', name: 'Editor' },
  { id: 'PS100003', kind: 'driverPackage', name: 'Drivers' },
] as const;

const site = [
  { kind: 'package', id: 'ABC00001', name: 'TOOLS' },
  { kind: 'application', id: 'ABC00002', name: 'Editor' },
  { kind: 'package', id: 'ABC00003', name: 'Other tools' },
  // Another kind of the same name is another object.
  { kind: 'package', id: 'ABC00004', name: 'PE' },
] as const;

const included = new Set(['PS100001', 'PS100002', 'App1']);

function actions(choices: Readonly<Record<string, ImportChoice>> = {}): string[] {
  const mapped = mapReferences({ references, included, site, choices: new Map(Object.entries(choices)) });
  return mapped.map(({ reference, action, target }) => `${reference.id} ${action} ${target?.id ?? '-'}`);
}

test('IO-13, IO-14, IO-15: each object has its line; new ones are made, known ones are linked, the rest waits', () => {
  expect(actions()).toEqual([
    'PS100001 ignore-duplicate ABC00001',
    'PS100002 create-new -',
    'App1 ignore-duplicate ABC00002',
    'PS100003 unresolved -',
  ]);
});

test('IO-15: overwrite replaces what is there', () => {
  expect(actions({ PS100001: { action: 'overwrite' } })[0]).toBe('PS100001 overwrite ABC00001');
});

test('IO-16: an application is revised or made anew, and one of both must be said', () => {
  expect(actions({ App1: { action: 'add-revision' } })[2]).toBe('App1 add-revision ABC00002');
  expect(actions({ App1: { action: 'new-application' } })[2]).toBe('App1 new-application -');
  expect(() => actions({ App1: { action: 'overwrite' } })).toThrow(/add-revision or by new-application/);
});

test('another object of the site can stand for it', () => {
  expect(actions({ PS100001: { to: 'other TOOLS' } })[0]).toBe('PS100001 ignore-duplicate ABC00003');
});

describe('a choice that cannot be is refused', () => {
  test.each<readonly [string, ImportChoice]>([
    ['PS100002', { action: 'overwrite' }],
    ['PS100003', { action: 'create-new' }],
    ['PS100001', { action: 'create-new' }],
    ['PS100001', { action: 'add-revision' }],
    ['PS100003', { to: 'Nothing' }],
    ['PS100099', { action: 'overwrite' }],
  ])('%s %j', (id, choice) => {
    expect(() => actions({ [id]: choice })).toThrow(expect.objectContaining({ code: 'EXCHANGE_ARGUMENT' }));
  });
});

test('a sequence takes the names of the site wherever it names an object', () => {
  const sequence: TaskSequence = {
    id: 'ABC00010',
    name: 'S',
    folder: '',
    bootImage: 'PS100002',
    runFirst: { package: 'PS100001', program: 'p' },
    steps: [
      {
        kind: 'group',
        name: 'G',
        steps: [
          {
            kind: 'step',
            name: 'C',
            type: 'run-command-line',
            with: { CommandLine: 'PS100001', PackageID: 'PS100001' },
          },
          {
            kind: 'step',
            name: 'D',
            type: 'download-package-content',
            with: {
              DownloadPackages: ['PS100001', 'PS100003'],
              PackageInfo: [{ Name: 'PS100001', PackageId: 'PS100001' }, { PackageId: 'PS100003' }],
            },
          },
        ],
      },
    ],
  };
  const names = new Map([
    ['PS100001', 'Tools'],
    ['PS100002', 'PE'],
  ]);
  expect(withReferences(sequence, names)).toEqual({
    ...sequence,
    bootImage: 'PE',
    runFirst: { package: 'Tools', program: 'p' },
    steps: [
      {
        kind: 'group',
        name: 'G',
        steps: [
          { kind: 'step', name: 'C', type: 'run-command-line', with: { CommandLine: 'PS100001', PackageID: 'Tools' } },
          {
            kind: 'step',
            name: 'D',
            type: 'download-package-content',
            with: {
              DownloadPackages: ['Tools', 'PS100003'],
              PackageInfo: [{ Name: 'PS100001', PackageId: 'Tools' }, { PackageId: 'PS100003' }],
            },
          },
        ],
      },
    ],
  });
});
