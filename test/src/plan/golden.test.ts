/** Plans of the install and upgrade templates on three machines: goldens that a person reviews; JSON is stable. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { planHtml, planText, type PlanInput } from '../../../src/plan/index.ts';
import type { MachineFacts } from '../../../src/sequence/index.ts';
import { DESKTOP, LAPTOP, office, TABLET, templateFile } from './office.ts';

const golden = fileURLToPath(new URL('golden/', import.meta.url));

function expectGolden(name: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(golden, { recursive: true });
    writeFileSync(golden + name, text);
  }
  expect(text, `UPDATE_GOLDEN=1 rewrites ${name}`).toBe(readFileSync(golden + name, 'utf8'));
}

const FILES = {
  'task-sequences/install.yaml': templateFile('install', 'ABC00031', {
    name: 'Install Windows 11',
    bootImage: 'pe-x64',
    image: 'Windows 11',
    driverPackage: 'Drivers Traveller 14',
    applications: ['Office'],
    updates: 'required',
  }),
  'task-sequences/bare.yaml': templateFile('install', 'ABC00033', {
    name: 'Install on bare metal',
    bootImage: 'pe-x64',
    image: 'Windows 11',
    captureUserState: false,
    captureNetworkSettings: false,
    captureWindowsSettings: false,
    updates: 'none',
  }),
  'task-sequences/upgrade.yaml': templateFile('upgrade', 'ABC00032', {
    name: 'Upgrade to Windows 11',
    upgradePackage: 'Windows 11 Setup',
    assessment: true,
    checks: true,
  }),
  'deployments/install.yaml':
    'id: ABC20001\nname: Install for laptops\ntaskSequence: Install Windows 11\ncollection: Laptops\npurpose: available\navailableTo: clientsMediaAndPxe\n',
  'deployments/upgrade.yaml':
    'id: ABC20002\nname: Upgrade for all\ntaskSequence: Upgrade to Windows 11\ncollection: All PCs\npurpose: required\npriority: 3\ncontent: { remotePoints: true }\nschedule: { available: "2026-12-01T08:00Z", assignments: [{ at: "2026-12-24T22:00" }] }\n',
};

const { plan } = office(FILES);

const PLANS: readonly (readonly [string, string, MachineFacts, Partial<PlanInput>])[] = [
  ['install-uefi-laptop', 'Install Windows 11', LAPTOP, { medium: 'pxe' }],
  ['install-bios-desktop', 'Install Windows 11', DESKTOP, { medium: 'pxe' }],
  ['install-arm64-tablet', 'Install Windows 11', TABLET, { medium: 'bootable' }],
  ['refresh-uefi-laptop', 'Install Windows 11', LAPTOP, { medium: 'client' }],
  ['bare-uefi-laptop', 'Install on bare metal', { ...LAPTOP, runningSystem: null }, { medium: 'pxe' }],
  ['bare-bios-desktop', 'Install on bare metal', { ...DESKTOP, runningSystem: null }, { medium: 'stand-alone' }],
  ['upgrade-uefi-laptop', 'Upgrade to Windows 11', LAPTOP, {}],
  ['upgrade-bios-desktop', 'Upgrade to Windows 11', DESKTOP, {}],
  ['upgrade-arm64-tablet', 'Upgrade to Windows 11', TABLET, {}],
];

describe('templates on three machines', () => {
  test.each(PLANS)('%s', (name, sequence, facts, more) => {
    const made = plan(sequence, facts, more);
    expectGolden(`${name}.txt`, `${planText(made)}\n`);
    // The same input gives the same bytes, in JSON and in HTML.
    const again = office(FILES).plan(sequence, facts, more);
    expect(JSON.stringify(again)).toBe(JSON.stringify(made));
    expect(planHtml(again)).toBe(planHtml(made));
  });

  test('the keys of the JSON form', () => {
    const made = plan('Install Windows 11', LAPTOP, { medium: 'pxe' });
    expect(Object.keys(made)).toEqual([
      'sequence',
      'device',
      'start',
      'result',
      'deployments',
      'findings',
      'items',
      'unknownConditions',
      'variables',
      'content',
      'sums',
      'restarts',
      'seconds',
      'softwareCenter',
      'methods',
    ]);
    // Nothing is undefined: a program finds every key.
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });
});
