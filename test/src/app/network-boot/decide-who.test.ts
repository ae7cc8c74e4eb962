/** Who asks, unknown computers, and the boot image of their architecture, through the real decider with a site in a folder. */
import { describe, expect, test } from 'vitest';
import { client, deciding, deployment, GUID, MAC, MINUTE, point, published } from './deciding.ts';

const pc1 = client('uefiX64');
const stranger = client('uefiX64', { mac: '02:00:00:00:00:09', guid: '99999999-0000-0000-0000-000000000009' });
const REQUIRED = deployment('ABC20001', 'required');
const subject = { subject: 'device/pc1', mac: MAC, guid: GUID };
const unknown = (purpose: 'required' | 'available', lines = '') =>
  deployment('ABC20003', purpose, `collection: All Unknown Computers\n${lines}`);
const SERVED = point('  unknownComputers: true\n');

describe('PXE-05: the boot image', () => {
  const arm = deployment('ABC20004', 'required', 'taskSequence: Install-arm64\n');
  const x86 = deployment('ABC20005', 'required', 'taskSequence: Install-x86\n');
  test.each([
    ['uefiX64', { ...REQUIRED, ...arm, ...x86 }, 'ABC20001'],
    ['uefiArm64', { ...REQUIRED, ...arm, ...x86 }, 'ABC20004'],
    ['httpArm64', { ...REQUIRED, ...arm }, 'ABC20004'],
    ['uefiX86', { ...REQUIRED, ...arm, ...x86 }, 'ABC20005'],
    // A BIOS may be x64: that comes first, although x86 has the higher id.
    ['bios', { ...REQUIRED, ...arm, ...x86 }, 'ABC20001'],
    ['bios', { ...arm, ...x86 }, 'ABC20005'],
    ['ipxeBios', { ...arm, ...x86 }, 'ABC20005'],
    ['ipxeX64', { ...REQUIRED, ...x86 }, 'ABC20001'],
    ['uefiArm64', { ...REQUIRED, ...x86 }, null],
    ['uefiX64', arm, null],
  ] as const)('%s boots the image of its architecture (%#)', async (kind, files, expected) => {
    const desk = await deciding(files);
    const { candidate, code: reason, text } = await desk.decision(client(kind));
    expect(candidate?.deployment.id ?? null).toBe(expected);
    if (expected === null) expect([reason, text]).toEqual(['noImage', expect.stringContaining('is for')]);
  });

  test('a record that says x86 keeps a BIOS computer from x64', async () => {
    const old = { 'devices/pc1.yaml': `name: PC1\nsmbiosGuid: ${GUID}\narchitecture: x86\n` };
    const desk = await deciding({ ...REQUIRED, ...old });
    expect(await desk.told(client('bios'))).toMatch(/^noImage/);
  });

  test('of several that fit, the higher priority wins, then the higher id; required before available', async () => {
    const two = { ...REQUIRED, ...deployment('ABC20006', 'required') };
    expect((await (await deciding(two)).decision(pc1)).candidate?.deployment.id).toBe('ABC20006');
    const first = { ...two, ...deployment('ABC20001', 'required', 'priority: 5\n') };
    expect((await (await deciding(first)).decision(pc1)).candidate?.deployment.id).toBe('ABC20001');
    const high = { ...REQUIRED, ...deployment('ABC20007', 'available', 'priority: 9\n') };
    expect((await (await deciding(high)).decision(pc1)).candidate?.deployment.id).toBe('ABC20001');
  });

  test('one that is not for PXE, or is distributed elsewhere, is passed over with a word', async () => {
    const off = { 'boot-images/pe.yaml': 'id: ABC00001\nname: pe-x64\narchitecture: x64\npxe: false\n' };
    expect((await (await deciding({ ...REQUIRED, ...off })).decision(pc1)).text).toContain('is not for PXE');
    const elsewhere = {
      'boot-images/pe.yaml': 'id: ABC00001\nname: pe-x64\narchitecture: x64\ndistribution: { points: [DP2] }\n',
      'distribution-points/dp2.yaml': 'name: DP2\n',
    };
    expect((await (await deciding({ ...REQUIRED, ...elsewhere })).decision(pc1)).text).toContain(
      'not distributed to DP1',
    );
    const grouped = {
      'boot-images/pe.yaml': 'id: ABC00001\nname: pe-x64\narchitecture: x64\ndistribution: { groups: [All] }\n',
      'distribution-point-groups/all.yaml': 'name: All\npoints: [DP1]\n',
    };
    expect(await (await deciding({ ...REQUIRED, ...grouped })).told(pc1)).toMatch(/^required/);
  });

  test('one that is not published stops: no other deployment goes in its place', async () => {
    const images = published({ ABC00001: 'it is being prepared' });
    const desk = await deciding(
      { ...REQUIRED, ...deployment('ABC20008', 'available', 'taskSequence: Install-x86\n') },
      { images },
    );
    expect(await desk.told(client('bios'))).toBe('imageNotReady: silence nothingDeployed');
    expect((await desk.ask(client('bios'))).why.text).toContain('it is being prepared');
  });
});

describe('SITE-07 PXE-06: who asks', () => {
  test.each([
    ['MAC and GUID', {}],
    ['the GUID alone', { mac: '02:00:00:00:00:01' }],
    ['the MAC alone, firmware without GUID', { guid: null }],
    ['the GUID of hardware without Ethernet', { mac: null }],
  ])('a device is known by %s', async (_text, changes) => {
    const desk = await deciding(REQUIRED);
    expect(await desk.told(client('uefiX64', changes))).toMatch(/^required/);
  });

  test('UNK-05: a device imported by MAC alone, or by GUID alone, is known though it was never seen', async () => {
    const desk = await deciding({ ...REQUIRED, ...unknown('required', 'priority: 9\n'), ...SERVED });
    const byMac = client('uefiX64', { mac: '00:15:5d:00:00:02', guid: '00000000-0000-0000-0000-000000000777' });
    const byGuid = client('uefiX64', { mac: '02:00:00:00:00:03', guid: '4c4c4544-0042-3510-8054-b4c04f583433' });
    for (const asking of [byMac, byGuid]) {
      const { identity, candidate } = await desk.decision(asking);
      expect([identity.kind, candidate?.deployment.id]).toEqual(['known', 'ABC20001']);
    }
  });

  test('a MAC of the duplicate list says nothing: a dock is nobody', async () => {
    const settings = 'duplicateHardwareIds: { macAddresses: [00-15-5D-00-00-02] }\n';
    const desk = await deciding(REQUIRED, { settings });
    const docked = client('uefiX64', { mac: '00:15:5d:00:00:02' });
    expect((await desk.decision(docked)).identity).toMatchObject({ kind: 'known', by: 'smbiosGuid' });
    expect(await desk.told({ ...docked, guid: null })).toMatch(/^unknownOff/);
  });

  test('two devices that match are a conflict, named, and nothing is offered', async () => {
    const desk = await deciding(REQUIRED);
    const both = client('uefiX64', { mac: '00:15:5d:00:00:02' });
    expect(await desk.told(both)).toBe('conflict: silence nothingDeployed');
    expect((await desk.ask(both)).why.text).toContain('PC1 or PC2');
    await desk.state.start({ ...subject, deployment: null, by: 'me', at: 0, expires: desk.now() + MINUTE });
    expect(await desk.told(both)).toBe('conflict: silence nothingDeployed');
  });

  test('what a dock booted is no record of the next computer on it', async () => {
    const settings = `duplicateHardwareIds: { macAddresses: ["${MAC}"] }\n`;
    const desk = await deciding(REQUIRED, { settings });
    const first = client('uefiX64');
    const second = client('uefiX64', { guid: '4c4c4544-0042-3510-8054-b4c04f583433' });
    await desk.told(first);
    await desk.delivers(first);
    expect(await desk.told(second)).toMatch(/^required/);
    expect(await desk.told(first)).toMatch(/^delivered/);
  });

  test('an unknown computer that was imported since keeps what it got', async () => {
    const desk = await deciding({ ...REQUIRED, ...unknown('required'), ...SERVED });
    await desk.told(stranger);
    await desk.delivers(stranger);
    const imported = { 'devices/new.yaml': `name: NEW\nsmbiosGuid: ${stranger.guid}\n` };
    const lab = { 'collections/lab.yaml': 'id: ABC00020\nname: Lab\ntype: device\nmembers: { devices: [NEW] }\n' };
    const later = await deciding({ ...deployment('ABC20003', 'required'), ...imported, ...lab }, { state: desk.state });
    expect(await later.told(stranger)).toMatch(/^delivered/);
  });
});

describe('UNK-03 PXE-07: unknown computers', () => {
  test('are served where the point says so and a deployment to Unknown Computers exists', async () => {
    const desk = await deciding({ ...REQUIRED, ...unknown('required'), ...SERVED });
    expect(await desk.told(stranger)).toBe('required: b/11111111/020000000009/bootmgfw.efi');
    expect(await (await deciding(unknown('required'))).told(stranger)).toBe('unknownOff: silence nothingDeployed');
    expect(await (await deciding({ ...REQUIRED, ...SERVED })).told(stranger)).toMatch(/^noDeployment/);
  });

  test('UNK-01 UNK-02: one with a client, one without, one that was seen and never imported: all are unknown', async () => {
    const desk = await deciding({ ...unknown('available'), ...SERVED });
    const seen = client('bios', { mac: '02:00:00:00:00:0a', guid: null });
    for (let n = 0; n < 2; n++) expect(await desk.told(seen)).toMatch(/^available/);
    expect(await desk.told({ ...seen, mac: null, guid: stranger.guid })).toMatch(
      /^available: b\/11111111\/g9{8}0+9\/pxeboot.com/,
    );
  });

  test('UNK-04: the unknown computer of its architecture is the target, and no device is made known by a run', async () => {
    const arm = unknown('required', 'taskSequence: Install-arm64\n');
    const desk = await deciding({ ...arm, ...SERVED });
    const { identity } = await desk.decision({ ...stranger, architecture: client('uefiArm64').architecture });
    expect(identity).toMatchObject({ kind: 'unknown', target: { name: 'arm64 Unknown Computer' } });
    const asking = { ...stranger, architecture: client('uefiArm64').architecture };
    await desk.told(asking);
    expect(await desk.delivers(asking, '44444444')).toBe('ABC20003');
    expect((await desk.decision(asking)).identity.kind).toBe('unknown');
    expect(await desk.told(asking)).toMatch(/^delivered/);
  });

  test('only of the architectures that the point names', async () => {
    const settings = point('  unknownComputers: true\n  unknownArchitectures: [arm64]\n');
    const desk = await deciding({ ...unknown('required'), ...settings });
    expect(await desk.told(stranger)).toBe('unknownArchitecture: silence nothingDeployed');
    const x86 = point('  unknownComputers: true\n  unknownArchitectures: [x86]\n');
    const bios = await deciding({ ...unknown('required', 'taskSequence: Install-x86\n'), ...x86 });
    expect(
      (await bios.decision(client('bios', { mac: '02:00:00:00:00:09', guid: null }))).candidate?.bootImage.name,
    ).toBe('pe-x86');
  });

  test('wait for approval where the point asks for it; approved ones go without a prompt, once', async () => {
    const approval = point('  unknownComputers: true\n  approval: true\n');
    const desk = await deciding({ ...unknown('available'), ...approval });
    expect(await desk.told(stranger)).toBe('waitingApproval: silence nothingDeployed');
    const other = '02:00:00:00:00:0c';
    await desk.state.approve({ subject: `mac/${other}`, mac: other, guid: null, by: 'me', at: desk.now() });
    expect(await desk.told(stranger)).toMatch(/^waitingApproval/);
    const { mac, guid } = stranger;
    await desk.state.approve({ subject: `guid/${guid}`, mac, guid, by: 'me', at: desk.now() });
    expect(await desk.told(stranger)).toBe('approved: b/11111111/020000000009/bootmgfw.efi');
    desk.pass(MINUTE);
    await desk.delivers(stranger);
    expect(await desk.told(stranger)).toBe('available: silence needsStart');
    expect(await desk.told({ ...stranger, mac: '02:00:00:00:00:0b', guid: null })).toMatch(/^waitingApproval/);
  });

  test('pxe start is approval enough', async () => {
    const approval = point('  unknownComputers: true\n  approval: true\n');
    const desk = await deciding({ ...unknown('available'), ...approval });
    const { mac } = stranger;
    const expires = desk.now() + MINUTE;
    await desk.state.start({ subject: `mac/${mac}`, mac, guid: null, deployment: null, by: 'me', at: 0, expires });
    expect(await desk.told(stranger)).toBe('started: b/11111111/020000000009/bootmgfw.efi');
    await desk.delivers(stranger);
    expect(await desk.told(stranger)).toMatch(/^waitingApproval/);
  });

  test('boards with the GUID of the factory are told apart by MAC address', async () => {
    const desk = await deciding({ ...unknown('required'), ...SERVED });
    const guid = '03000200-0400-0500-0006-000700080009';
    const boards = ['02:00:00:00:00:21', '02:00:00:00:00:22'].map((mac) => client('uefiX64', { mac, guid }));
    for (const board of boards) {
      expect(await desk.told(board)).toMatch(/^required/);
      await desk.delivers(board);
      expect(await desk.told(board)).toMatch(/^delivered/);
    }
    expect(await desk.told(client('uefiX64', { mac: null, guid }))).toMatch(/^identityShared/);
  });

  test('that nothing tells from others are refused', async () => {
    const settings = `duplicateHardwareIds: { macAddresses: ["${stranger.mac}"] }\n`;
    const desk = await deciding({ ...unknown('required'), ...SERVED }, { settings });
    expect(await desk.told({ ...stranger, guid: null })).toBe('identityShared: silence nothingDeployed');
    expect(await desk.told(stranger)).toMatch(/^required/);
  });
});
