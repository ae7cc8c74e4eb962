/** Content of a plan: what is fetched, from where, how much; pre-cache beside the run. */
import { describe, expect, test } from 'vitest';
import type { Plan, PlanInput } from '../../../src/plan/index.ts';
import type { MachineFacts } from '../../../src/sequence/index.ts';
import { DESKTOP, LAPTOP, planOf, TABLET, told } from './office.ts';

const takes = (name: string, more = ''): string =>
  `- step: Take ${name}\n  type: download-package-content\n  with: { DownloadPackages: [${name}], DestinationVariable: X }${more}`;
const only = (architecture: string): string =>
  `\n  condition: [{ wmi: "SELECT * FROM Win32_Processor WHERE Architecture = ${architecture === 'x64' ? 9 : 12}" }]`;
const upgrade = (name: string, lcid: number): string =>
  `- step: Upgrade ${lcid}\n  type: upgrade-operating-system\n  with: { InstallPackageID: ${name}, InstallEditionIndex: 1 }\n  condition: [{ wmi: "SELECT * FROM Win32_OperatingSystem WHERE OSLanguage = ${lcid} AND OSArchitecture = '64-bit'" }]`;
const deployed = (more: string): Record<string, string> => ({
  'deployments/d.yaml': `id: ABC20001\nname: D\ntaskSequence: Test\ncollection: Laptops\npurpose: available\n${more}`,
});

type More = Partial<PlanInput> & { readonly head?: string; readonly files?: Readonly<Record<string, string>> };
const NO_IMAGE: More = { head: '' };

function piece(plan: Plan, name: string) {
  return plan.content.find((each) => each.name === name);
}

describe('where content comes from', () => {
  const from = (facts: MachineFacts, more: More = {}) => {
    const found = piece(planOf(takes('Drivers Traveller 14'), facts, { ...NO_IMAGE, ...more }), 'Drivers Traveller 14');
    return [found?.from, ...(found?.points ?? [])];
  };

  test('SITE-16: points of the boundary group are local, by subnet and by range; those of neighbours remote', () => {
    expect(from(DESKTOP)).toEqual(['local', 'Munich']);
    expect(from(LAPTOP)).toEqual(['remote', 'Munich']);
    const outside = { ...DESKTOP, networkAdapters: [{ ipAddresses: ['10.2.0.201'] }] };
    expect(from(outside)).toEqual(['none', 'Munich']);
    expect(from({ ...DESKTOP, networkAdapters: [] })).toEqual(['unknown', 'Munich']);
  });

  test('SITE-16: outside of every boundary the default boundary group serves', () => {
    const files = { 'boundary-groups/rest.yaml': 'name: Rest\ndistributionPoints: [Munich]\ndefault: true\n' };
    expect(from({ ...DESKTOP, networkAdapters: [{ ipAddresses: ['192.168.1.1'] }] }, { files })).toEqual([
      'local',
      'Munich',
    ]);
  });

  test('DEP-66: remote points only where the deployment allows them', () => {
    const codes = ['PLAN_CONTENT_POINTS'];
    const plan = (files?: Record<string, string>) =>
      told(planOf(takes('Drivers Traveller 14'), LAPTOP, { ...NO_IMAGE, ...(files ? { files } : {}) }), codes);
    expect(plan(deployed(''))).toEqual(['1 PLAN_CONTENT_POINTS error']);
    expect(plan(deployed('content: { remotePoints: true }\n'))).toEqual([]);
    // Nobody has deployed it yet: a deployment must allow it.
    expect(plan()).toEqual(['1 PLAN_CONTENT_POINTS warning']);
  });

  test('DEP-66: the default boundary group serves members of another one where the deployment allows that', () => {
    const rest = { 'boundary-groups/rest.yaml': 'name: Rest\ndistributionPoints: [Munich]\ndefault: true\n' };
    const lonely = { 'boundary-groups/berlin.yaml': 'name: North\nboundaries: [{ subnet: 10.1.0.0/16 }]\n' };
    const plan = (more: string) => {
      const files = { ...rest, ...lonely, ...deployed(more) };
      return piece(planOf(takes('Drivers Traveller 14'), LAPTOP, { ...NO_IMAGE, files }), 'Drivers Traveller 14')?.from;
    };
    expect(plan('content: { defaultBoundaryGroup: true }\n')).toBe('remote');
    expect(plan('content: { remotePoints: true }\n')).toBe('none');
  });

  test('DEP-67: on stand-alone media everything is on the medium, whatever the points hold', () => {
    expect(from(LAPTOP, { head: 'bootImage: pe-x64\n', medium: 'stand-alone' })).toEqual(['medium']);
    const plan = planOf(takes('Drivers Traveller 14'), LAPTOP, { medium: 'stand-alone' });
    expect(plan.sums.network).toEqual({ least: 0, most: 0 });
    expect(told(plan, ['PLAN_CONTENT_POINTS'])).toEqual([]);
  });

  test('MEDIA-09: on prestaged media boot image and system image are on the disk; the rest is what remains to be fetched', () => {
    const steps = `- step: Apply\n  type: apply-operating-system-image\n  with: { ImagePackageID: Windows 11, ImageIndex: 1 }\n${takes('Client')}`;
    const plan = planOf(steps, LAPTOP, { medium: 'prestaged' });
    expect(plan.content.map(({ name, from: source }) => `${name}: ${source}`)).toEqual([
      'pe-x64: disk',
      'Windows 11: disk',
      'Client: local',
    ]);
    expect(plan.sums.network).toEqual({ least: 50_000_000, most: 50_000_000 });
    expect(plan.sums.run.most).toBe(5_450_000_000);
  });
});

describe('EDIT-17: what is missing', () => {
  const codes = ['PLAN_CONTENT_MISSING', 'PLAN_CONTENT_POINTS'];
  const files = {
    'packages/nowhere.yaml': 'id: ABC00050\nname: Nowhere\ncontent: { sha256: "' + 'c'.repeat(64) + '", size: 5 }\n',
    'packages/empty.yaml': 'id: ABC00051\nname: Empty\ndistribution: { points: [Berlin] }\n',
  };

  test('each piece is named once, with the step that takes it first', () => {
    const plan = planOf([takes('Nowhere'), takes('Nowhere'), takes('Empty')].join('\n'), LAPTOP, {
      ...NO_IMAGE,
      files,
    });
    expect(told(plan, codes)).toEqual(['1 PLAN_CONTENT_POINTS error', '3 PLAN_CONTENT_MISSING error']);
    // The second step that takes it fails as the first does.
    expect(plan.items.map(({ fails }) => fails)).toEqual([true, true, true]);
  });

  test('EDIT-13: content that the library does not hold as it is now must be added and distributed again', () => {
    const stale = planOf(takes('Client'), LAPTOP, { ...NO_IMAGE, inLibrary: () => false });
    expect(stale.findings.find(({ code }) => code === 'PLAN_CONTENT_MISSING')?.message).toMatch(
      /"Client" \(ABC00007\) as it is now.*distributed again/,
    );
    expect(told(planOf(takes('Client'), LAPTOP, { ...NO_IMAGE, inLibrary: () => true }), codes)).toEqual([]);
  });

  test('SITE-19: a build-and-capture sequence names what is on no point before it is made use of', () => {
    const steps =
      '- step: Apply\n  type: apply-operating-system-image\n  with: { ImagePackageID: Lonely, ImageIndex: 1 }\n' +
      '- step: Capture\n  type: capture-operating-system-image\n  with: { CaptureDestination: "\\\\\\\\s\\\\i\\\\r.wim" }';
    const lonely = {
      'operating-systems/lonely.yaml':
        'id: ABC00052\nname: Lonely\ncontent: { sha256: "' + 'd'.repeat(64) + '", size: 9 }\n',
    };
    expect(told(planOf(steps, LAPTOP, { medium: 'pxe', files: lonely }), codes)).toEqual([
      '1 PLAN_CONTENT_POINTS error',
    ]);
  });

  test('applications bring what they depend on', () => {
    const plan = planOf(
      '- step: Office\n  type: install-application\n  with: { ApplicationName: [Office] }',
      LAPTOP,
      NO_IMAGE,
    );
    expect(plan.content.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['Office', 700_000_000],
      ['Runtime', 30_000_000],
    ]);
  });
});

describe('lists in variables', () => {
  const install = (type: string) => `- step: Listed\n  type: ${type}\n  with: { BaseVariableName: APP }`;
  const names = (type: string, variables: Readonly<Record<string, string>>) => {
    const given = Object.entries(variables).map(([name, value]) => ({ name, value }));
    const plan = planOf(install(type), LAPTOP, { ...NO_IMAGE, given });
    return [plan.content.map(({ name }) => name), told(plan, ['PLAN_REFERENCE'])];
  };

  test('applications by X01, X02 and packages by X001: up to the first gap, what is not there is named', () => {
    expect(names('install-application', { APP01: 'Runtime', APP02: 'Nothing', APP04: 'Office' })).toEqual([
      ['Runtime'],
      ['1 PLAN_REFERENCE error'],
    ]);
    expect(names('install-package', { APP001: 'ABC00007:Install', APP002: 'ABC00008:Install' })).toEqual([
      ['Client', 'USMT'],
      [],
    ]);
  });
});

describe('sums', () => {
  const steps = [
    upgrade('Windows 11 Setup', 1033),
    upgrade('Windows 11 Setup deutsch', 1031),
    takes('Drivers Traveller 14'),
  ];

  test('CACHE-02: with pre-cache and without', () => {
    const { sums } = planOf(steps.join('\n'), LAPTOP, NO_IMAGE);
    expect(sums.all).toBe(3_000_000_000 + 3_100_000_000 + 900_000_000);
    expect(sums.preCache).toEqual({ least: 3_900_000_000, most: 3_900_000_000 });
  });

  test('CACHE-04: labels choose the upgrade package: architecture and language of the running Windows', () => {
    const chosen = (facts: MachineFacts) =>
      planOf(steps.join('\n'), facts, NO_IMAGE).content.map(({ name, preCache }) => [name, preCache]);
    expect(chosen(LAPTOP)).toContainEqual(['Windows 11 Setup', true]);
    expect(chosen(LAPTOP)).toContainEqual(['Windows 11 Setup deutsch', false]);
    expect(chosen(DESKTOP)).toContainEqual(['Windows 11 Setup', false]);
    expect(chosen(DESKTOP)).toContainEqual(['Windows 11 Setup deutsch', true]);
    expect(chosen(TABLET)).toContainEqual(['Windows 11 Setup', false]);
    // What the facts do not say may be fetched.
    expect(chosen({ architecture: 'x64' })).toContainEqual(['Windows 11 Setup', 'unknown']);
  });

  test('CACHE-05: the step of each language and architecture is decided from the facts', () => {
    const decisions = (facts: MachineFacts) =>
      planOf(steps.join('\n'), facts, NO_IMAGE).items.map(({ decision }) => decision);
    expect(decisions(LAPTOP)).toEqual(['runs', 'skipped', 'runs']);
    expect(decisions(DESKTOP)).toEqual(['skipped', 'runs', 'runs']);
  });

  test('CACHE-09: everything but upgrade packages is fetched whole, whatever its labels and conditions', () => {
    const files = {
      'packages/arm.yaml': `id: ABC00060\nname: For ARM\narchitecture: arm64\ncontent: { sha256: "${'e'.repeat(64)}", size: 7 }\ndistribution: { points: [Berlin] }\n`,
    };
    const plan = planOf(takes('For ARM', only('arm64')), LAPTOP, { ...NO_IMAGE, files });
    expect(piece(plan, 'For ARM')).toMatchObject({ preCache: true, decision: 'not fetched' });
  });

  test('CACHE-10: the list of pre-cache asks no condition, the list of the run does', () => {
    const plan = planOf([takes('Client', only('arm64')), takes('USMT', only('x64'))].join('\n'), LAPTOP, NO_IMAGE);
    expect(plan.sums.run).toEqual({ least: 60_000_000, most: 60_000_000 });
    expect(plan.sums.preCache).toEqual({ least: 110_000_000, most: 110_000_000 });
  });

  test('what may run counts for the most alone; disabled steps count nowhere', () => {
    const maybe = takes('Client', '\n  condition: [{ wmi: SELECT * FROM Contoso_Thing }]');
    const plan = planOf([maybe, takes('USMT', '\n  enabled: false')].join('\n'), LAPTOP, NO_IMAGE);
    expect(plan.sums.run).toEqual({ least: 0, most: 50_000_000 });
    expect(plan.sums.all).toBe(50_000_000);
    expect(piece(plan, 'Client')?.decision).toBe('may be fetched');
  });

  test('time is a range that content and rates give', () => {
    const [step] = planOf(takes('Client'), LAPTOP, NO_IMAGE).items;
    // 50 MB at 110 to 10 MB/s, and 1 to 30 s for the step.
    expect(step?.seconds).toEqual({ least: 1, most: 35 });
  });
});
