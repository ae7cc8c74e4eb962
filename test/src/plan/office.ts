/** A small site of two places, and the plan of a sequence in it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Site, TaskSequence } from '../../../src/model/index.ts';
import { type Plan, type PlanInput, planSequence } from '../../../src/plan/index.ts';
import { type MachineFacts, parseFacts } from '../../../src/sequence/index.ts';
import { objectText } from '../../../src/site/index.ts';
import { makeTemplate, type TemplateKind } from '../../../src/templates/index.ts';
import { siteOf } from '../site/site-of.ts';

const folder = fileURLToPath(new URL('../../fixtures/facts/', import.meta.url));

export function factsNamed(name: 'uefi-laptop' | 'bios-desktop' | 'arm64-tablet'): MachineFacts {
  return parseFacts(JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')), name);
}

export const LAPTOP = factsNamed('uefi-laptop');
export const DESKTOP = factsNamed('bios-desktop');
export const TABLET = factsNamed('arm64-tablet');

const digest = (digit: string): string => digit.repeat(64);
const content = (digit: string, size: number): string => `content: { sha256: "${digest(digit)}", size: ${size} }\n`;
const on = (...points: string[]): string => `distribution: { points: [${points.join(', ')}] }\n`;

export const SETTINGS = `osdkit: 1
siteCode: ABC
name: Two places
clientPackage: Client
usmtPackage: USMT
softwareUpdates: { source: wsus, server: http://wsus.contoso.example:8530 }
variables: { Place: site, OnlySite: from the site }
`;

/** Objects that every test finds; sequences and deployments come with the test. */
export const OFFICE: Readonly<Record<string, string>> = {
  'boot-images/pe-x64.yaml': `id: ABC00001\nname: pe-x64\narchitecture: x64\nosVersion: 10.0.26100.1\n${content('1', 400_000_000)}${on('Berlin', 'Munich')}`,
  'boot-images/pe-arm64.yaml': `id: ABC00002\nname: pe-arm64\narchitecture: arm64\n${content('2', 420_000_000)}${on('Berlin')}`,
  'operating-systems/win11.yaml': `id: ABC00003\nname: Windows 11\narchitecture: x64\nlanguage: 1033\neditions:\n  - { index: 1, edition: Enterprise, name: Windows 11 Enterprise, version: 10.0.26100.1742, architecture: x64 }\n${content('3', 5_000_000_000)}${on('Berlin', 'Munich')}`,
  'upgrade-packages/en.yaml': `id: ABC00005\nname: Windows 11 Setup\narchitecture: x64\nlanguage: 1033\neditions:\n  - { index: 1, edition: Enterprise, name: Windows 11 Enterprise, version: 10.0.26100.1742, architecture: x64 }\n${content('5', 3_000_000_000)}${on('Berlin', 'Munich')}`,
  'upgrade-packages/de.yaml': `id: ABC00006\nname: Windows 11 Setup deutsch\narchitecture: x64\nlanguage: 1031\neditions:\n  - { index: 1, edition: Enterprise, name: Windows 11 Enterprise, version: 10.0.26100.1742, architecture: x64 }\n${content('6', 3_100_000_000)}${on('Berlin', 'Munich')}`,
  'packages/client.yaml': `id: ABC00007\nname: Client\n${content('7', 50_000_000)}${on('Berlin', 'Munich')}`,
  'packages/usmt.yaml': `id: ABC00008\nname: USMT\n${content('8', 60_000_000)}${on('Berlin', 'Munich')}`,
  'driver-packages/traveller.yaml': `id: ABC00009\nname: Drivers Traveller 14\nmodel: Traveller 14\n${content('9', 900_000_000)}${on('Munich')}`,
  'applications/office.yaml': `id: ABC0000A\nname: Office\ndependencies: [Runtime]\ninTaskSequence: true\ndeploymentTypes:\n  - name: msi\n    technology: windowsInstaller\n    install: msiexec /i office.msi /q\n    content: { sha256: "${digest('a')}", size: 700000000 }\n${on('Berlin', 'Munich')}`,
  'applications/runtime.yaml': `id: ABC0000B\nname: Runtime\ninTaskSequence: true\ndeploymentTypes:\n  - name: exe\n    technology: script\n    install: setup /quiet\n    content: { sha256: "${digest('b')}", size: 30000000 }\n${on('Berlin', 'Munich')}`,
  'distribution-points/berlin.yaml': 'name: Berlin\npxe: { enabled: true, unknownComputers: true }\n',
  'distribution-points/munich.yaml': 'name: Munich\n',
  'boundary-groups/berlin.yaml':
    'name: North\nboundaries: [{ subnet: 10.1.0.0/16 }]\ndistributionPoints: [Berlin]\nneighbours: [{ group: South, after: 10 }]\n',
  'boundary-groups/munich.yaml':
    'name: South\nboundaries: [{ range: 10.2.0.1-10.2.0.200 }]\ndistributionPoints: [Munich]\n',
  'devices.csv': `name,mac,smbiosGuid\nLT-0417,,${LAPTOP.smbiosGuid}\nPC-0093,00:15:5D:0A:00:93,\n`,
  'devices/spare.yaml':
    'name: SPARE-1\nmacAddresses: ["00:15:5D:0A:99:01"]\nvariables: { Place: device, OnlyDevice: "1" }\n',
  'collections/laptops.yaml':
    'id: ABC00020\nname: Laptops\ntype: device\nmembers: { devices: [LT-0417, SPARE-1] }\nvariablePriority: 5\nvariables: { Place: laptops, Team: mobile, Hush: { value: secret text, hidden: true } }\n',
  'collections/all.yaml':
    'id: ABC00021\nname: All PCs\ntype: device\nmembers: { devices: [LT-0417, PC-0093, SPARE-1] }\nvariables: { Place: all, Team: everyone }\nmaintenanceWindows: [{ name: Night, start: "2026-12-01T22:00", duration: 240, every: { days: 1 } }]\n',
  'collections/unknown.yaml':
    'id: ABC00022\nname: Staging\ntype: device\nmembers: { include: [Unknown Computers] }\nvariables: { Place: staging }\n',
};

export interface OfficeSite {
  readonly site: Site;
  readonly plan: (name: string, facts: MachineFacts, more?: Partial<PlanInput>) => Plan;
}

/** The office with more files; it has no errors. */
export function office(files: Readonly<Record<string, string>> = {}, settings = SETTINGS): OfficeSite {
  const { site, problems } = siteOf({ ...OFFICE, ...files }, settings);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return {
    site,
    plan: (name, facts, more = {}) => {
      const sequence = site.find('taskSequence', name);
      if (!sequence) throw new Error(`no sequence ${name}`);
      return planSequence({ site, sequence, facts, ...more });
    },
  };
}

/** One sequence "Test" of these steps (YAML lines, not indented). */
export function planOf(
  steps: string,
  facts: MachineFacts,
  more: Partial<PlanInput> & {
    readonly head?: string;
    readonly files?: Readonly<Record<string, string>>;
    readonly settings?: string;
  } = {},
): Plan {
  const { head = 'bootImage: pe-x64\n', files = {}, settings = SETTINGS, ...rest } = more;
  const text = `id: ABC00030\nname: Test\n${head}steps:\n${steps.replaceAll(/^/gm, '  ')}\n`;
  return office({ 'task-sequences/test.yaml': text, ...files }, settings).plan('Test', facts, rest);
}

/** The text of a file that a template makes in the office. */
export function templateFile(kind: TemplateKind, id: string, answers: Readonly<Record<string, unknown>>): string {
  const { sequence, problems } = makeTemplate(kind, answers, office().site);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const whole: TaskSequence = { id, folder: '', ...sequence };
  return objectText('taskSequence', whole);
}

/** Findings as `place CODE severity`. */
export function told(plan: Plan, codes?: readonly string[]): string[] {
  return plan.findings
    .filter(({ code }) => codes === undefined || codes.includes(code))
    .map(({ place, code, severity }) => `${place ?? '-'} ${code} ${severity}`);
}

/** Items as `place decision`. */
export function decided(plan: Plan): string[] {
  return plan.items.map(({ place, decision }) => `${place} ${decision}`);
}
