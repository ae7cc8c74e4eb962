/** The walk of a plan: both branches of what is unknown, what steps leave behind, child sequences. */
import { describe, expect, test } from 'vitest';
import { planText } from '../../../src/plan/index.ts';
import { decided, DESKTOP, LAPTOP, planOf, told } from './office.ts';

const command = (line: string, condition = ''): string =>
  `- step: Command\n  type: run-command-line\n  with: { CommandLine: '${line}' }${condition === '' ? '' : `\n  condition: [${condition}]`}`;
const set = (name: string, value: string, condition = ''): string =>
  `- step: Set ${name}\n  type: set-task-sequence-variable\n  with: { VariableName: ${name}, VariableValue: '${value}' }${condition === '' ? '' : `\n  condition: [${condition}]`}`;
const UNKNOWN = '{ wmi: SELECT * FROM Contoso_Thing }';
const is = (name: string, value: string): string => `{ variable: ${name}, equals: "${value}" }`;
const steps = (...list: string[]): string => list.join('\n');
const places = (list: string, facts = LAPTOP, more = {}): string[] => decided(planOf(list, facts, more));

describe('conditions', () => {
  test('each has its value: the part that decides, and unknown ones the reason', () => {
    const plan = planOf(command('x', `{ any: [${is('_SMSTSInWinPE', 'true')}, ${UNKNOWN}] }`), LAPTOP);
    const [item] = plan.items;
    expect(item).toMatchObject({ decision: 'may run', why: 'its condition' });
    expect(plan.unknownConditions).toBe(1);
    expect(planText(plan)).toContain('variable _SMSTSInWinPE equals "true": does not hold, _SMSTSInWinPE is "false"');
    expect(planText(plan)).toContain(
      'SELECT * FROM Contoso_Thing: not decided, facts know nothing of the class Contoso_Thing',
    );
  });

  test('both branches of an unknown condition are followed; what differs afterwards is unknown, what is equal stays', () => {
    const list = steps(
      set('A', '1'),
      set('B', '1'),
      set('A', '2', UNKNOWN),
      set('B', '1', UNKNOWN),
      command('a', is('A', '2')),
      command('b', is('B', '1')),
    );
    expect(places(list).slice(4)).toEqual(['5 may run', '6 runs']);
    const plan = planOf(list, LAPTOP);
    expect(plan.items[4]?.condition?.parts[0]?.why).toBe('A is not known (it depends on whether 3 runs)');
  });

  test('a group in doubt puts its members in doubt; a disabled one takes its members with it', () => {
    const group = (more: string) => `- group: G\n  ${more}\n  steps:\n${command('x').replaceAll(/^/gm, '    ')}`;
    expect(places(group(`condition: [${UNKNOWN}]`))).toEqual(['1 may run', '1.1 may run']);
    expect(places(group('enabled: false'))).toEqual(['1 skipped', '1.1 skipped']);
    expect(planOf(group('enabled: false'), LAPTOP).items.map(({ why }) => why)).toEqual([
      'it is disabled',
      'its group 1',
    ]);
  });

  test('TPL-07: the compatible condition skips a step on stand-alone media, and the plan shows by what', () => {
    const compatible = command('drivers', '{ variable: _SMSTSMediaType, notEquals: FullMedia }');
    expect(places(compatible, LAPTOP, { medium: 'stand-alone' })).toEqual(['1 skipped']);
    expect(places(compatible, LAPTOP, { medium: 'pxe' })).toEqual(['1 runs']);
    expect(planText(planOf(compatible, LAPTOP, { medium: 'stand-alone' }))).toContain('_SMSTSMediaType is "FullMedia"');
  });

  test('queries are asked of the system that runs at that moment', () => {
    const query = (version: string) =>
      `{ wmi: "SELECT * FROM Win32_OperatingSystem WHERE Version LIKE '${version}%'" }`;
    const list = steps(
      command('old', query('10.0.22631')),
      '- step: To Windows PE\n  type: restart-computer\n  with: { Target: WinPE }',
      command('old', query('10.0.22631')),
      command('pe', query('10.0.26100.1')),
      '- step: Apply\n  type: apply-operating-system-image\n  with: { ImagePackageID: Windows 11, ImageIndex: 1 }',
      '- step: Setup\n  type: setup-windows-and-configmgr\n  with: {}',
      command('new', query('10.0.26100.1742')),
      command('files', '{ file: C:\\\\old.txt }'),
    );
    const facts = { ...LAPTOP, files: { 'C:\\old.txt': {} } };
    expect(places(list, facts)).toEqual([
      '1 runs',
      '2 runs',
      '3 skipped',
      '4 runs',
      '5 runs',
      '6 runs',
      '7 runs',
      '8 may run',
    ]);
  });
});

describe('variables in the run', () => {
  test('VAR-21: a value that a step sets names the step, and whom it came after', () => {
    const plan = planOf(steps(set('Place', 'step'), command('tool %Place%')), LAPTOP);
    expect(plan.items[1]?.uses).toEqual([
      {
        name: 'Place',
        value: '"step"',
        hidden: false,
        from: 'step 1 "Set Place"',
        over: ['collection "Laptops" (ABC00020, priority 5)', 'collection "All PCs" (ABC00021, priority 1)', 'site'],
      },
    ]);
  });

  test('a global value stands in for the property of a step, and the step says so', () => {
    const partition = '- step: Partition\n  type: format-and-partition-disk\n  with: { DiskIndex: 0 }';
    const given = [{ name: 'OSDDiskIndex', value: '5' }];
    const plan = planOf(partition, LAPTOP, { medium: 'pxe', given });
    expect(told(plan, ['PLAN_DISK'])).toEqual(['1 PLAN_DISK error']);
    expect(plan.items[0]?.uses.map(({ name, from }) => `${name} ${from}`)).toEqual(['OSDDiskIndex given for this run']);
  });

  test('Set Dynamic Variables: rules that hold, rules that are unknown, what the machine is', () => {
    const rules = `- step: Dynamic
  type: set-dynamic-variables
  with:
    Rules:
      rules:
        - condition: [{ makeModel: { make: Contoso, model: "Traveller*" } }]
          variables: [{ name: Kind, value: "%_SMSTSModel%" }]
        - condition: [${UNKNOWN}]
          variables: [{ name: Perhaps, value: x }]`;
    expect(places(steps(rules, command('a', is('Kind', 'Traveller 14 G3')), command('b', is('Perhaps', 'x'))))).toEqual(
      ['1 runs', '2 runs', '3 may run'],
    );
    expect(places(steps(rules, command('a', '{ variable: Kind, exists: true }')), DESKTOP)).toEqual([
      '1 runs',
      '2 skipped',
    ]);
  });

  test('what only the run will know: outputs, assignments in scripts, downloads; MDT may gather anything', () => {
    const script =
      '- step: Script\n  type: run-powershell-script\n  with: { SourceScript: "$tsenv.Value(\'Found\') = 1", OutputVariableName: Out }';
    const after = (name: string) => command(name, is(name, '1'));
    expect(places(steps(script, after('Found'), after('Out'), after('Other')))).toEqual([
      '1 runs',
      '2 may run',
      '3 may run',
      '4 skipped',
    ]);
    const gather = '- step: Gather\n  type: gather\n  with: {}';
    expect(places(steps(after('Role'), gather, after('Role')))).toEqual(['1 skipped', '2 runs', '3 may run']);
    const download =
      '- step: Get\n  type: download-package-content\n  with: { DownloadPackages: [Client, USMT], DestinationVariable: X }';
    const exists = (name: string) => command(name, `{ variable: ${name}, exists: true }`);
    expect(places(steps(download, exists('X01'), exists('X02'), exists('X03')))).toEqual([
      '1 runs',
      '2 may run',
      '3 may run',
      '4 skipped',
    ]);
  });

  test('how the last step ended is known to the run alone, and what a recording says of its own run counts for nothing', () => {
    const failed = command('x', is('_SMSTSLastActionSucceeded', 'false'));
    const zero = command('y', is('_SMSTSLastActionRetCode', '0'));
    expect(places(steps(failed, failed, zero))).toEqual(['1 skipped', '2 skipped', '3 skipped']);
    expect(places(steps(command('a'), failed, zero))).toEqual(['1 runs', '2 may run', '3 may run']);
    const recorded = {
      ...LAPTOP,
      variables: { _SMSTSInWinPE: 'true', _SMSTSLastActionSucceeded: 'false', Role: 'till' },
    };
    expect(
      places(steps(command('a', is('_SMSTSInWinPE', 'true')), failed, command('b', is('Role', 'till'))), recorded),
    ).toEqual(['1 skipped', '2 skipped', '3 runs']);
  });

  test('a step cannot set what only the engine sets', () => {
    const given = [{ name: 'Which', value: '_SMSTSInWinPE' }];
    const plan = planOf(set('"%Which%"', 'true'), LAPTOP, { given });
    expect(told(plan)).toContain('1 PLAN_VARIABLE error');
    expect(plan.result.failsAt).toBe('1');
  });

  test('what a replacement brings is not looked at again', () => {
    const given = [{ name: 'Text', value: '%Place%' }];
    const plan = planOf(steps(set('A', '%Text%'), command('x', is('A', '%Text%'))), LAPTOP, { given });
    expect(plan.items[0]?.sets.map(({ value }) => value)).toEqual(['"%Place%"']);
  });
});

describe('restarts and child sequences', () => {
  test('the environment follows restarts, and each is named', () => {
    const list = steps(
      '- step: To Windows PE\n  type: restart-computer\n  with: { Target: WinPE }',
      command('in pe'),
      '- step: Back\n  type: restart-computer\n  with: { Target: HD }',
      command('in windows'),
    );
    const plan = planOf(list, LAPTOP);
    expect(plan.items.map(({ environment, restart }) => `${environment} ${restart}`)).toEqual([
      'FullOS Windows PE',
      'WinPE null',
      'WinPE the installed Windows',
      'FullOS null',
    ]);
    expect(plan.restarts).toEqual({ least: 2, most: 2 });
  });

  test('content cached in Windows keeps the disk from being partitioned (VAR-13)', () => {
    const partition = (condition: string) =>
      `- step: Partition\n  type: format-and-partition-disk\n  with: { DiskIndex: 0, PartitionStyle: GPT }\n  condition: [${condition}]`;
    const list = steps(
      '- step: To Windows PE\n  type: restart-computer\n  with: { Target: WinPE }',
      partition('{ variable: _SMSTSClientCache, notExists: true }'),
    );
    expect(places(list)).toEqual(['1 runs', '2 skipped']);
    expect(places(partition('{ variable: _SMSTSClientCache, notExists: true }'), LAPTOP, { medium: 'pxe' })).toEqual([
      '1 runs',
    ]);
    expect(
      places(partition('{ variable: _SMSTSClientCache, notExists: true }'), LAPTOP, { medium: 'prestaged' }),
    ).toEqual(['1 skipped']);
  });

  test('the steps of a child sequence stand in the place of the step that runs it', () => {
    const files = {
      'task-sequences/child.yaml': `id: ABC00041\nname: Child\nsteps:\n${set('Done', 'yes').replaceAll(/^/gm, '  ')}\n`,
    };
    const list = steps(
      '- step: Call\n  type: run-task-sequence\n  with: { TsPackageID: Child }',
      command('x', is('Done', 'yes')),
    );
    const plan = planOf(list, LAPTOP, { files });
    expect(plan.items.map(({ place, name, type, decision }) => `${place} ${name} (${type}) ${decision}`)).toEqual([
      '1 Call (Run Task Sequence) runs',
      '1.1 Set Done (Set Task Sequence Variable) runs',
      '2 Command (Run Command Line) runs',
    ]);
  });
});
