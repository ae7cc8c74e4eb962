/** Which deployments a computer is offered, and which one runs. */
import { describe, expect, test } from 'vitest';
import { policyDocument, type PolicyMedium } from '../../../src/policy/index.ts';
import { INSTALL, SCRIPT } from '../site/site-of.ts';
import { bootable, CLIENT, deployment, GUID, offered, policy, PXE, refusals, site } from './policy-of.ts';

const install = (more = 'purpose: available\navailableTo: mediaAndPxe') =>
  `taskSequence: Install\ncollection: Lab\n${more}`;
const script = (more = 'purpose: available') => `taskSequence: Script\ncollection: Lab\n${more}`;

describe('availability', () => {
  const values = ['clients', 'clientsMediaAndPxe', 'mediaAndPxe', 'mediaAndPxeHidden'] as const;
  const files = Object.assign(
    {},
    ...values.map((value, index) =>
      deployment(`ABC2000${index}`, install(`purpose: available\navailableTo: ${value}`)),
    ),
  ) as Record<string, string>;

  test('DEP-26 DEP-29: a client-only deployment is never on media or PXE, a media-and-PXE one never in the full OS', () => {
    expect(offered(policy(site(files), CLIENT))).toEqual(['ABC20001', 'ABC20000']);
    expect(offered(policy(site(files), PXE))).toEqual(['ABC20002', 'ABC20001']);
    expect(offered(policy(site(files), bootable()))).toEqual(['ABC20002', 'ABC20001']);
  });

  test('DEP-28: a hidden deployment is in no list, and SMSTSPreferredAdvertID alone reaches it', () => {
    const without = policyDocument(policy(site(files), PXE));
    expect(JSON.stringify(without)).not.toContain('ABC20003');
    const reached = policy(site(files), bootable({ SMSTSPreferredAdvertID: 'abc20003' }));
    expect(reached.choice).toMatchObject({ kind: 'run', deployment: 'ABC20003' });
    expect(reached.sequences.map(({ id }) => id)).toEqual(['ABC00011']);
  });

  test('DEP-28: with a preferred deployment only its sequence is handed out', () => {
    const second = {
      'task-sequences/second.yaml': `${SCRIPT.replace('ABC00010', 'ABC00018').replace('name: Script', 'name: Second')}bootImage: pe-x64\n`,
      ...deployment('ABC20007', 'taskSequence: Second\ncollection: Lab\npurpose: available\navailableTo: mediaAndPxe'),
    };
    const ids = (medium: PolicyMedium) => policy(site({ ...files, ...second }), medium).sequences.map(({ id }) => id);
    expect(ids(bootable()).sort()).toEqual(['ABC00011', 'ABC00018']);
    expect(ids(bootable({ SMSTSPreferredAdvertID: 'ABC20003' }))).toEqual(['ABC00011']);
  });

  test('DEP-27 DEP-28: a preferred deployment that cannot run stops, never another one in its place', () => {
    const required = { ...files, ...deployment('ABC20009', install('purpose: required\navailableTo: mediaAndPxe')) };
    const wins = policy(site(required), bootable({ SMSTSPreferredAdvertID: 'ABC20003' }));
    expect(wins.choice).toMatchObject({ kind: 'run', deployment: 'ABC20003' });
    for (const id of ['ABC29999', 'ABC20000']) {
      const stopped = policy(site(required), bootable({ SMSTSPreferredAdvertID: id }));
      expect(stopped.choice.kind).toBe('stop');
    }
    const disabled = {
      ...files,
      ...deployment('ABC20003', install('purpose: available\navailableTo: mediaAndPxeHidden\nenabled: false')),
    };
    expect(policy(site(disabled), bootable({ SMSTSPreferredAdvertID: 'ABC20003' })).choice).toMatchObject({
      kind: 'stop',
      text: expect.stringContaining('the deployment is disabled') as string,
    });
  });

  test('DEP-02: only members of the collection run it', () => {
    const other = {
      ...files,
      'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [PC2] }\n',
    };
    const none = policy(site(other), PXE);
    expect(offered(none)).toEqual([]);
    expect(refusals(none, 'ABC20002')).toEqual(['membership']);
    expect(none.choice.kind).toBe('nothing');
    expect(JSON.stringify(policyDocument(none))).not.toContain('ABC2000');
  });

  test('DEP-07: a deployment to users is offered to that user in the full OS alone', () => {
    const users = {
      'collections/users.yaml': 'id: ABC00021\nname: Staff\ntype: user\nmembers: { users: ["CONTOSO\\\\ann"] }\n',
      ...deployment('ABC20000', 'taskSequence: Script\ncollection: Staff\npurpose: available'),
    };
    expect(offered(policy(site(users), { kind: 'client', user: 'contoso\\Ann' }))).toEqual(['ABC20000']);
    expect(offered(policy(site(users), { kind: 'client', user: 'contoso\\bob' }))).toEqual([]);
    expect(offered(policy(site(users), CLIENT))).toEqual([]);
  });
});

describe('what is switched off', () => {
  test('EDIT-11 EDIT-12: a disabled sequence runs on no computer, and does so again when it is enabled', () => {
    const files = deployment('ABC20000', script());
    const disabled = policy(site({ ...files, 'task-sequences/script.yaml': `${SCRIPT}enabled: false\n` }), CLIENT);
    expect(refusals(disabled, 'ABC20000')).toEqual(['sequence enabled']);
    expect(disabled.deployments[0]?.reasons.find(({ holds }) => !holds)?.text).toContain('disabled');
    expect(disabled.sequences).toEqual([]);
    expect(
      offered(policy(site({ ...files, 'task-sequences/script.yaml': `${SCRIPT}enabled: true\n` }), CLIENT)),
    ).toEqual(['ABC20000']);
  });

  test.each([
    ['a reference that resolves nowhere', INSTALL.replace('win11', 'win12')],
    [
      'an unknown type',
      INSTALL.replace(
        'type: apply-operating-system-image\n        with: { ImagePackageID: win11, ImageIndex: 1 }',
        'type: unknown\n        extra: { type: Contoso_Action }',
      ),
    ],
    [
      'a condition that an import could not read',
      INSTALL.replace('- step: Apply\n', '- step: Apply\n        condition: [{ unreadable: Contoso_Expression }]\n'),
    ],
  ])('DEP-04 IO-17: %s keeps the sequence from being handed out', (_, text) => {
    const files = { ...deployment('ABC20000', install()), 'task-sequences/install.yaml': text };
    const refused = policy(site(files), PXE);
    expect(refusals(refused, 'ABC20000')).toEqual(['sequence whole']);
    expect(refused.sequences).toEqual([]);
  });

  test('DEP-04: the same in a disabled step is no reason', () => {
    const text = INSTALL.replace('- step: Apply\n', '- step: Apply\n        enabled: false\n').replace(
      'win11',
      'win12',
    );
    expect(
      offered(policy(site({ ...deployment('ABC20000', install()), 'task-sequences/install.yaml': text }), PXE)),
    ).toEqual(['ABC20000']);
  });
});

describe('order and choice', () => {
  const two = (a: string, b: string) =>
    policy(site({ ...deployment('ABC20001', install(a)), ...deployment('ABC20002', install(b)) }), PXE);
  const required = 'purpose: required\navailableTo: mediaAndPxe';

  test('SITE-20: the higher priority first, of equal ones the higher id', () => {
    expect(two(required, required).choice).toMatchObject({ kind: 'run', deployment: 'ABC20002' });
    expect(two(`${required}\npriority: 5`, required).choice).toMatchObject({ kind: 'run', deployment: 'ABC20001' });
  });

  test('DEP-20 DEP-21: a required one runs, available ones are a list', () => {
    const available = 'purpose: available\navailableTo: mediaAndPxe\npriority: 9';
    expect(two(available, required).choice).toMatchObject({ kind: 'run', deployment: 'ABC20002' });
    expect(two(available, available).choice).toEqual({ kind: 'list', deployments: ['ABC20002', 'ABC20001'] });
  });

  test('DEP-27 MEDIA-11: an unattended medium does not choose among available ones', () => {
    const files = deployment('ABC20001', install());
    expect(policy(site(files), bootable({}, { unattended: true })).choice).toMatchObject({
      kind: 'stop',
      text: expect.stringContaining('SMSTSPreferredAdvertID') as string,
    });
  });

  test('PXE offers a required deployment once, a medium each time', () => {
    const files = deployment('ABC20001', install(required));
    const history = { offeredByPxe: ['ABC20001'] };
    expect(refusals(policy(site(files), PXE, history), 'ABC20001')).toEqual(['PXE once']);
    expect(offered(policy(site(files), bootable(), history))).toEqual(['ABC20001']);
    const named: PolicyMedium = {
      kind: 'pxe',
      unknownComputers: true,
      variables: [{ name: 'SMSTSPreferredAdvertID', value: 'ABC20001' }],
    };
    expect(offered(policy(site(files), named, history))).toEqual(['ABC20001']);
  });
});

describe('identity', () => {
  const files = deployment('ABC20000', install());
  const facts = (more: object) => ({ facts: { architecture: 'x64' as const, ...more } });

  test('SITE-07 UNK-05: known by GUID or by MAC address, the GUID first', () => {
    expect(policy(site(files), PXE, facts({ smbiosGuid: GUID.toLowerCase() })).identity).toMatchObject({
      kind: 'known',
      by: 'smbiosGuid',
    });
    expect(policy(site(files), PXE, facts({ macAddresses: ['00-15-5d-00-00-02'] })).identity).toMatchObject({
      kind: 'known',
      by: 'macAddress',
      device: { name: 'PC2' },
    });
    expect(policy(site(files), PXE, facts({ networkAdapters: [{ mac: '00:15:5D:00:00:02' }] })).identity.kind).toBe(
      'known',
    );
  });

  test('SITE-07: a MAC address on the duplicate list says nothing', () => {
    const settings =
      'osdkit: 1\nsiteCode: ABC\nname: T\nduplicateHardwareIds: { macAddresses: ["00:15:5D:00:00:02"] }\n';
    const asked = facts({ smbiosGuid: GUID, macAddresses: ['00:15:5D:00:00:02'] });
    expect(policy(site(files, settings), PXE, asked).identity).toMatchObject({
      kind: 'known',
      device: { name: 'PC1' },
    });
  });

  test('SITE-07: two devices that match are a conflict by name, and nothing at all is offered', () => {
    const text = { ...files, 'site-variables.txt': '' };
    const settings = 'osdkit: 1\nsiteCode: ABC\nname: T\nvariables: { Kept: secret-to-others }\n';
    const conflict = policy(
      site(text, settings),
      PXE,
      facts({ smbiosGuid: GUID, macAddresses: ['00:15:5D:00:00:02'] }),
    );
    expect(conflict.identity.kind).toBe('conflict');
    expect(conflict.choice).toMatchObject({ kind: 'stop', text: expect.stringContaining('PC1, PC2') as string });
    expect(offered(conflict)).toEqual([]);
    expect([conflict.sequences, conflict.variables, conflict.content]).toEqual([[], [], []]);
  });

  const unknown = deployment(
    'ABC20005',
    'taskSequence: Install\ncollection: Unknown Computers\npurpose: required\navailableTo: mediaAndPxe',
  );
  const stranger = facts({ macAddresses: ['00:15:5D:99:99:99'] });

  test('UNK-03 UNK-04: an unknown computer gets what Unknown Computers gets, and no record', () => {
    const given = policy(site({ ...files, ...unknown }), PXE, stranger);
    expect(given.identity).toMatchObject({ kind: 'unknown', target: { name: 'x64 Unknown Computer' } });
    expect(offered(given)).toEqual(['ABC20005']);
    expect(policyDocument(given).identity).toEqual({ kind: 'unknown', target: 'x64 Unknown Computer' });
    expect(given.users).toEqual([]);
    const arm = policy(site({ ...files, ...unknown }), PXE, { facts: { architecture: 'arm64' } });
    expect(arm.identity).toMatchObject({ target: { name: 'arm64 Unknown Computer' } });
  });

  test('UNK-03: not where medium or point does not serve them, not in the full OS (UNK-02)', () => {
    const closed: PolicyMedium[] = [
      { kind: 'pxe', unknownComputers: false },
      bootable({}, { unknownComputers: false }),
    ];
    for (const medium of closed) {
      expect(refusals(policy(site({ ...files, ...unknown }), medium, stranger), 'ABC20005')).toEqual([
        'unknown computer',
      ]);
    }
    expect(refusals(policy(site({ ...files, ...unknown }), CLIENT, stranger), 'ABC20005')).toContain(
      'unknown computer',
    );
  });

  test('UNK-05: a device that was imported is not unknown, even to Unknown Computers', () => {
    expect(offered(policy(site({ ...files, ...unknown }), PXE))).toEqual(['ABC20000']);
  });

  test('POLICY_FACTS: an unknown computer without architecture is refused by name', () => {
    expect(() => policy(site(files), PXE, { facts: {} })).toThrow(/architecture/);
    expect(policy(site(files), PXE, { facts: { smbiosGuid: GUID } }).identity.kind).toBe('known');
  });

  test('rules of collections are asked of this computer by its facts; without them it is in none', () => {
    const rule = {
      'collections/dell.yaml':
        'id: ABC00022\nname: Dell\ntype: device\nmembers:\n  rules:\n    - name: r\n      condition: [{ wmi: "SELECT * FROM Win32_ComputerSystem WHERE Manufacturer = \\"Dell\\"" }]\n',
      ...deployment('ABC20006', install().replace('Lab', 'Dell')),
    };
    const of = (manufacturer?: string) =>
      policy(site(rule), PXE, facts({ smbiosGuid: GUID, ...(manufacturer === undefined ? {} : { manufacturer }) }));
    expect(offered(of('Dell'))).toEqual(['ABC20006']);
    expect(offered(of('HP'))).toEqual([]);
    const named = {
      'collections/dell.yaml': rule['collections/dell.yaml'].replace('Manufacturer = \\"Dell\\"', 'Name = \\"PC1\\"'),
    };
    // Windows PE calls itself what it likes; the record says who it is.
    expect(offered(policy(site({ ...rule, ...named }), PXE, facts({ smbiosGuid: GUID, name: 'MININT-7' })))).toEqual([
      'ABC20006',
    ]);
    const undecided = of();
    expect(offered(undecided)).toEqual([]);
    expect(undecided.deployments[0]?.reasons.find(({ rule: name }) => name === 'membership')?.text).toContain(
      'facts do not say',
    );
  });
});
