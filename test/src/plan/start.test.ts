/** How a run starts: variables with their givers, deployments, methods, what the sequence is. */
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../src/plan/index.ts';
import { Secret } from '../../../src/core/index.ts';
import { planText } from '../../../src/plan/index.ts';
import type { MachineFacts } from '../../../src/sequence/index.ts';
import { DESKTOP, LAPTOP, office, planOf, TABLET, told } from './office.ts';

const STEP = '- step: Version\n  type: run-command-line\n  with: { CommandLine: cmd /c ver }';
const SPARE: MachineFacts = { name: 'SPARE-1', architecture: 'x64', firmware: 'uefi' };

/** `NAME = VALUE, from ORIGIN` of one variable, or undefined. */
function from(plan: Plan, name: string): string | undefined {
  const found = plan.variables.find((each) => each.name === name);
  return found && `${found.value} from ${found.from}${found.over.map((each) => ` over ${each}`).join('')}`;
}

describe('variables at the start', () => {
  test('VAR-02, VAR-21: the device wins over its collections, and each value names its source', () => {
    const plan = planOf(STEP, SPARE);
    expect(plan.device.identity).toBe('device "SPARE-1", by its name alone');
    expect(from(plan, 'Place')).toBe(
      '"device" from device "SPARE-1" over collection "Laptops" (ABC00020, priority 5) over collection "All PCs" (ABC00021, priority 1) over site',
    );
    expect(from(plan, 'OnlySite')).toBe('"from the site" from site');
    expect(from(plan, 'OnlyDevice')).toBe('"1" from device "SPARE-1"');
    expect(from(plan, '_SMSTSInWinPE')).toMatch(/from built-in$/);
  });

  test('VAR-06: of two collections the higher priority wins; it is printed, the default included', () => {
    expect(from(planOf(STEP, LAPTOP), 'Team')).toBe(
      '"mobile" from collection "Laptops" (ABC00020, priority 5) over collection "All PCs" (ABC00021, priority 1)',
    );
    expect(from(planOf(STEP, DESKTOP), 'Team')).toBe('"everyone" from collection "All PCs" (ABC00021, priority 1)');
  });

  test('VAR-10: an unknown computer has variables of its collections and none of a device', () => {
    const plan = planOf(STEP, TABLET);
    expect(plan.device.identity).toBe('unknown computer, as "arm64 Unknown Computer"');
    expect(from(plan, 'Place')).toBe('"staging" from collection "Staging" (ABC00022, priority 1) over site');
    expect(plan.variables.filter((each) => each.from.startsWith('device'))).toEqual([]);
  });

  test('VAR-20: on stand-alone media the medium is the only source, on others it is beside the site', () => {
    const mediumVariables = [{ name: 'Place', value: 'medium' }];
    const alone = planOf(STEP, LAPTOP, { medium: 'stand-alone', mediumVariables });
    expect(from(alone, 'Place')).toBe('"medium" from medium "stand-alone media"');
    expect(from(alone, 'Team')).toBeUndefined();
    const bootable = planOf(STEP, LAPTOP, { medium: 'bootable', mediumVariables });
    expect(from(bootable, 'Place')).toContain('"medium" from medium "bootable media" over collection "Laptops"');
    expect(from(bootable, 'Team')).toContain('"mobile"');
  });

  test('what is given for the run is the strongest; hidden and secret values are not shown anywhere', () => {
    const given = [
      { name: 'Place', value: 'here' },
      { name: 'Key', value: new Secret('very secret') },
    ];
    const uses = '- step: Uses\n  type: run-command-line\n  with: { CommandLine: "tool %Hush% %Key% %Place%" }';
    const plan = planOf(uses, LAPTOP, { given });
    expect(from(plan, 'Place')).toMatch(/^"here" from given for this run over collection "Laptops"/);
    expect(plan.items[0]?.uses.map(({ name, value }) => `${name} ${value}`)).toEqual([
      'Hush set (hidden)',
      'Key set (hidden)',
      'Place "here"',
    ]);
    const everything = JSON.stringify(plan) + planText(plan);
    expect(everything).not.toContain('secret text');
    expect(everything).not.toContain('very secret');
  });
});

const deployment = (more: string, id = 'ABC20001'): Record<string, string> => ({
  [`deployments/${id}.yaml`]: `id: ${id}\nname: Deployment ${id}\ntaskSequence: Test\ncollection: Laptops\n${more}`,
});

describe('deployments', () => {
  const notes = (more: string, medium: 'client' | 'pxe' | 'stand-alone', facts = LAPTOP, collection = 'Laptops') => {
    const files = Object.fromEntries(
      Object.entries(deployment(more)).map(([path, text]) => [path, text.replace('Laptops', collection)]),
    );
    return planOf(STEP, facts, { medium, files }).deployments[0]?.notes.join('\n') ?? '';
  };

  test('DEP-30: started in Windows PE no schedule counts; DEP-32: maintenance windows are named in its place', () => {
    const scheduled =
      'purpose: required\navailableTo: clientsMediaAndPxe\nschedule: { available: "2026-12-01T08:00", assignments: [{ at: "2026-12-02T08:00Z" }] }\n';
    expect(notes(scheduled, 'pxe', LAPTOP, 'All PCs')).toMatch(
      /evaluates no start, no expiry and no deadline \(DEP-30\)/,
    );
    expect(notes(scheduled, 'pxe', LAPTOP, 'All PCs')).toMatch(/maintenance window "Night".*\(DEP-32\)/);
    const client = notes(scheduled, 'client', LAPTOP, 'All PCs');
    expect(client).toContain('available from 2026-12-01T08:00 (local time of the device)');
    expect(client).not.toContain('DEP-30');
  });

  test('SITE-15: a required run from the client waits for the maintenance window, unless it may run outside', () => {
    const required = 'purpose: required\nschedule: { assignments: [{ at: "2026-12-02T08:00Z" }] }\n';
    expect(notes(required, 'client', LAPTOP, 'All PCs')).toMatch(
      /"Night" of "All PCs".*a required run waits for it \(SITE-15\)/,
    );
    const outside = `${required}userExperience: { installOutsideWindow: true }\n`;
    expect(notes(outside, 'client', LAPTOP, 'All PCs')).toMatch(/may run outside of it/);
    expect(notes(required, 'client', LAPTOP, 'Laptops')).not.toContain('Night');
  });

  test('DEP-41: rerun behaviour without a required assignment has no effect', () => {
    expect(notes('purpose: available\nschedule: { rerun: never }\n', 'client')).toContain('(DEP-41)');
    const assigned = 'purpose: required\nschedule: { rerun: never, assignments: [{ at: "2026-12-02T08:00Z" }] }\n';
    expect(notes(assigned, 'client')).not.toContain('(DEP-41)');
  });

  test('DEP-67: content options are for the full OS; on stand-alone media all is there', () => {
    const first = 'purpose: available\ncontent: { option: allFirst }\n';
    expect(notes(first, 'client')).toContain('all content is downloaded before the sequence starts');
    expect(notes(first, 'stand-alone')).toContain('all content is on the medium (DEP-67)');
    const both = 'purpose: available\navailableTo: clientsMediaAndPxe\n';
    expect(notes(both, 'pxe')).toContain('the content options are for the full operating system (DEP-67)');
  });

  test('DEP-08: a required deployment of a system is high risk, with its reason', () => {
    const apply =
      '- step: Apply\n  type: apply-operating-system-image\n  with: { ImagePackageID: Windows 11, ImageIndex: 1 }';
    const risk = (steps: string, purpose: string) =>
      planOf(steps, LAPTOP, { files: deployment(`purpose: ${purpose}\n`) }).deployments[0]?.highRisk;
    expect(risk(apply, 'required')).toMatch(/it is required, and its step "Apply"/);
    expect(risk(apply, 'available')).toBeNull();
    expect(risk(STEP, 'required')).toBeNull();
  });

  test('an unknown computer has no client, and is reached by PXE and media (UNK-02)', () => {
    const of = (facts: MachineFacts, medium: 'client' | 'pxe', collection: string, steps = STEP) => {
      const text = 'purpose: available\navailableTo: clientsMediaAndPxe\n';
      const files = Object.fromEntries(
        Object.entries(deployment(text)).map(([path, each]) => [path, each.replace('Laptops', collection)]),
      );
      return planOf(steps, facts, { medium, files }).deployments[0];
    };
    expect(of(TABLET, 'client', 'Staging')?.why).toContain('an unknown computer has no client');
    expect(of(TABLET, 'pxe', 'Staging')?.offered).toBe(true);
    expect(of(LAPTOP, 'client', 'All Systems')?.offered).toBe(true);
  });

  test('DEP-27: a hidden deployment is reached by SMSTSPreferredAdvertID alone, and the third part is named', () => {
    const files = deployment('purpose: required\navailableTo: mediaAndPxeHidden\n');
    const [hidden] = planOf(STEP, LAPTOP, { medium: 'bootable', files }).deployments;
    expect(hidden).toMatchObject({ offered: false });
    expect(hidden?.why).toMatch(/hidden.*SMSTSPreferredAdvertID.*DEP-27.*unattended/);
    const mediumVariables = [{ name: 'SMSTSPreferredAdvertID', value: 'abc20001' }];
    const [named] = planOf(STEP, LAPTOP, { medium: 'bootable', files, mediumVariables }).deployments;
    expect(named).toMatchObject({ offered: true });
    expect(named?.notes.join()).toContain('the medium must allow unattended deployment');
    const other = [{ name: 'SMSTSPreferredAdvertID', value: 'ABC29999' }];
    expect(planOf(STEP, LAPTOP, { medium: 'bootable', files, mediumVariables: other }).deployments[0]?.offered).toBe(
      false,
    );
  });

  test('the strongest that is offered comes first: priority, then the highest id; its id is in the variables', () => {
    const files = {
      ...deployment('purpose: available\n', 'ABC20001'),
      ...deployment('purpose: available\n', 'ABC20002'),
      ...deployment('purpose: available\npriority: 4\n', 'ABC20000'),
      ...deployment('purpose: available\nenabled: false\npriority: 9\n', 'ABC20009'),
    };
    const plan = planOf(STEP, LAPTOP, { files });
    expect(plan.deployments.map(({ id }) => id)).toEqual(['ABC20000', 'ABC20002', 'ABC20001', 'ABC20009']);
    expect(from(plan, '_SMSTSAdvertID')).toContain('ABC20000');
  });
});

describe('the sequence', () => {
  test('EDIT-11: a disabled one runs on no computer, and the plan says so', () => {
    const plan = planOf(STEP, LAPTOP, { head: 'enabled: false\n' });
    expect(told(plan, ['PLAN_DISABLED'])).toEqual(['- PLAN_DISABLED error']);
    expect(plan.sequence.enabled).toBe(false);
    expect(plan.methods.every(({ starts, why }) => starts === false && why.join().includes('disabled'))).toBe(true);
    expect(told(planOf(STEP, LAPTOP, { head: '' }), ['PLAN_DISABLED'])).toEqual([]);
  });

  test('HI-02: high impact by a step of its own or of a child, or by its mark', () => {
    const child = {
      'task-sequences/child.yaml':
        'id: ABC00040\nname: Child\nsteps:\n  - step: Sysprep\n    type: prepare-windows-for-capture\n    with: {}\n',
    };
    const calls = '- step: Call\n  type: run-task-sequence\n  with: { TsPackageID: Child }';
    expect(planOf(calls, LAPTOP, { files: child }).sequence.highImpact).toMatch(/its step "Sysprep" in "Child"/);
    expect(planOf(STEP, LAPTOP, { head: 'highImpact: { marked: true }\n' }).sequence.highImpact).toBe(
      'it is marked so',
    );
    expect(planOf(STEP, LAPTOP).sequence.highImpact).toBeNull();
  });

  test('UDA-04: SMSTSAssignUsersMode against the distribution points, and on stand-alone media', () => {
    const given = [{ name: 'SMSTSAssignUsersMode', value: 'Auto' }];
    const affinity = (medium: 'pxe' | 'stand-alone' | 'client') =>
      told(planOf(STEP, LAPTOP, { medium, given }), ['PLAN_AFFINITY']);
    expect(affinity('pxe')).toEqual(['- PLAN_AFFINITY warning']);
    expect(affinity('stand-alone')).toEqual(['- PLAN_AFFINITY warning']);
    expect(affinity('client')).toEqual([]);
  });

  test('two records that match are a conflict, and nothing is offered (SITE-07)', () => {
    const mixed = { ...LAPTOP, macAddresses: ['00:15:5D:0A:00:93'] };
    const plan = planOf(STEP, mixed);
    expect(told(plan, ['PLAN_IDENTITY'])).toEqual(['- PLAN_IDENTITY error']);
    expect(plan.device.collections).toEqual([]);
  });
});

describe('MON-04: by which methods it can start', () => {
  const all = deployment('purpose: available\navailableTo: clientsMediaAndPxe\n');
  const starts = (plan: Plan) => Object.fromEntries(plan.methods.map(({ method, starts: each }) => [method, each]));

  test('deployed to everyone, a laptop with Windows', () => {
    expect(starts(planOf(STEP, LAPTOP, { files: all }))).toEqual({
      PXE: true,
      'Software Center': true,
      multicast: false,
      'bootable media': true,
      'stand-alone media': true,
      'prestaged media': true,
    });
  });

  test('why not: no boot image, clients only, no Windows, wireless only', () => {
    const why = (plan: Plan, method: string) => plan.methods.find((each) => each.method === method)?.why.join(' | ');
    const noImage = planOf(STEP, LAPTOP, { head: '' });
    expect(why(noImage, 'stand-alone media')).toBe('the sequence has no boot image');
    const clients = planOf(STEP, LAPTOP, { files: deployment('purpose: available\n') });
    expect(why(clients, 'PXE')).toContain('for clients only: media and PXE never offer it');
    expect(clients.methods.find(({ method }) => method === 'Software Center')?.starts).toBe(true);
    const bare = planOf(STEP, { ...LAPTOP, runningSystem: null }, { files: all });
    expect(why(bare, 'Software Center')).toBe('no Windows is installed on the device');
    const unsaid = planOf(STEP, { smbiosGuid: LAPTOP.smbiosGuid, architecture: 'x64' }, { files: all });
    expect(unsaid.methods.map(({ starts: each }) => each)).toEqual(['unknown', 'unknown', false, true, true, true]);
    expect(why(planOf(STEP, TABLET, { files: all }), 'PXE')).toContain('no wired network adapter');
  });

  test('the first failing step of each way', () => {
    const plan = planOf(
      '- step: Partition\n  type: format-and-partition-disk\n  with: { DiskIndex: 7 }\n  condition: [{ variable: _SMSTSMediaType, notEquals: FullMedia }]',
      LAPTOP,
      { files: all },
    );
    const fails = Object.fromEntries(plan.methods.map(({ method, failsAt }) => [method, failsAt]));
    expect(fails).toMatchObject({ PXE: '1', 'Software Center': '1', 'stand-alone media': null });
  });

  test('where no way is asked for, it is the one that fits', () => {
    const of = (facts: MachineFacts, head?: string) =>
      planOf(STEP, facts, head === undefined ? {} : { head }).start.medium;
    expect(of(LAPTOP)).toBe('client');
    expect(of({ ...LAPTOP, runningSystem: null })).toBe('pxe');
    expect(of({ ...LAPTOP, runningSystem: null }, '')).toBe('client');
    expect(of({ ...LAPTOP, runningSystem: { winPE: true } })).toBe('pxe');
  });
});

test('the office itself has no errors', () => {
  expect(office().site.settings.name).toBe('Two places');
});
