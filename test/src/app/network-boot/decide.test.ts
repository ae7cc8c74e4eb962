/** Every reason of a decision, driven through the real decider with a site in a folder. */
import { describe, expect, test } from 'vitest';
import { DECISION_REASONS } from '../../../../src/app/network-boot/decide-reasons.ts';
import { client, deciding, deployment, GUID, MAC, MINUTE, point, published } from './deciding.ts';

const pc1 = client('uefiX64');
const stranger = client('uefiX64', { mac: '02:00:00:00:00:09', guid: '99999999-0000-0000-0000-000000000009' });
const REQUIRED = deployment('ABC20001', 'required');
const AVAILABLE = deployment('ABC20002', 'available');
const own = 'b/11111111/00155d000001';
const subject = { subject: 'device/pc1', mac: MAC, guid: GUID };
const unknown = (purpose: 'required' | 'available', lines = '') =>
  deployment('ABC20003', purpose, `collection: All Unknown Computers\n${lines}`);
const SERVED = point('  unknownComputers: true\n');

const driven = new Set<string>();
/** Codes told in this file, so that the last test can say which reason none drives. */
const code = (told: string): string => {
  const [first = ''] = told.split(':');
  driven.add(first);
  return told;
};

describe('PXE-04: a required deployment', () => {
  test('is offered until it was delivered, once, and again after it was cleared', async () => {
    const desk = await deciding(REQUIRED);
    expect(code(await desk.told(pc1))).toBe(`required: ${own}/bootmgfw.efi`);
    desk.pass(MINUTE);
    expect(await desk.told(pc1)).toBe(`required: ${own}/bootmgfw.efi`);
    expect(await desk.delivers(pc1)).toBe('ABC20001');
    expect(await desk.delivers(pc1)).toBeNull();
    expect(code(await desk.told(pc1))).toBe('delivered: silence nothingDeployed');
    const { why } = await desk.ask(pc1);
    expect(why.text).toContain('ABC20001 D1 was delivered on 2026-11-21T12:01:00.000Z: osdkit pxe clear');
    await desk.state.clear({ subjects: ['device/pc1'], macs: [], guids: [] });
    expect(await desk.told(pc1)).toBe(`required: ${own}/bootmgfw.efi`);
  });

  test('is offered again while its boot image of another version, or only its loader, was delivered', async () => {
    const desk = await deciding(REQUIRED);
    await desk.told(pc1);
    expect(await desk.delivers(pc1, '44444444')).toBeNull();
    desk.pass(5 * MINUTE);
    expect(await desk.told(pc1)).toMatch(/^required/);
  });

  test('leaves the next one its turn: an available one is offered after it', async () => {
    const desk = await deciding({ ...REQUIRED, ...AVAILABLE });
    const bios = client('bios');
    expect(await desk.told(bios)).toBe(`required: ${own}/pxeboot.n12`);
    await desk.delivers(bios);
    expect(code(await desk.told(bios))).toBe(`available: ${own}/pxeboot.com`);
    await desk.delivers(bios);
    expect(await desk.told(bios)).toBe(`available: ${own}/pxeboot.com`);
  });

  test('is not offered for ever where it is never delivered: three tries an hour, each of two minutes', async () => {
    const desk = await deciding(REQUIRED);
    const tries: string[] = [];
    for (let minute = 0; minute < 64; minute += 1) {
      tries.push((await desk.told(pc1)).split(':')[0] ?? '');
      desk.pass(MINUTE);
    }
    const offered = tries.flatMap((each, minute) => (each === 'required' ? [minute] : []));
    expect(offered).toEqual([0, 1, 2, 3, 4, 5, 60, 61, 62, 63]);
    expect(code(`${tries[6]}:`)).toBe('tooManyTries:');
    expect((await desk.ask(pc1)).why.code).toBe('required');
    await desk.state.clear({ subjects: ['device/pc1'], macs: [], guids: [] });
    expect(await desk.told(pc1)).toMatch(/^required/);
  });

  test('the limit of tries is a setting of the point', async () => {
    const desk = await deciding({ ...REQUIRED, ...point('  triesPerHour: 1\n') });
    expect(await desk.told(pc1)).toMatch(/^required/);
    desk.pass(2 * MINUTE);
    expect(await desk.told(pc1)).toMatch(/^tooManyTries/);
  });

  test('named by SMSTSPreferredAdvertID is used up by delivery all the same', async () => {
    const named = {
      'devices/pc1.yaml': `name: PC1\nsmbiosGuid: ${GUID}\nvariables: { SMSTSPreferredAdvertID: ABC20001 }\n`,
    };
    const desk = await deciding({ ...REQUIRED, ...named });
    expect(await desk.told(pc1)).toMatch(/^required/);
    await desk.delivers(pc1);
    expect(await desk.told(pc1)).toBe('delivered: silence nothingDeployed');
  });
});

describe('PXE-09: an available deployment', () => {
  test.each([
    ['bios', `available: ${own}/pxeboot.com`],
    ['uefiX64', 'available: silence needsStart'],
    ['httpX64', 'available: silence needsStart'],
    ['ipxeBios', `available: ${own}/prompt.ipxe`],
    ['ipxeX64', `available: ${own}/prompt.ipxe`],
  ] as const)('%s: %s', async (kind, expected) => {
    const desk = await deciding(AVAILABLE);
    expect(await desk.told(client(kind))).toBe(expected);
  });

  test('with the menu where the point asks for it', async () => {
    const desk = await deciding({ ...AVAILABLE, ...point('  menu: true\n  menuTimeout: 20\n') });
    expect(await desk.told(pc1)).toBe(`available: menu ${own}/bootmgfw.efi`);
    expect((await desk.ask(pc1)).menu).toMatchObject({ timeout: 20, bootText: 'Install' });
    expect((await desk.ask(client('httpX64'))).menu?.timeout).toBe(20);
  });

  test('goes without a prompt after pxe start, once', async () => {
    const desk = await deciding(AVAILABLE);
    await desk.state.start({ ...subject, deployment: 'ABC20002', by: 'me', at: 0, expires: desk.now() + 60 * MINUTE });
    expect(code(await desk.told(pc1))).toBe(`started: ${own}/bootmgfw.efi`);
    expect(await desk.told(client('httpX64'))).toBe(`started: http://10.0.0.1/${own}/boot.iso`);
    await desk.delivers(pc1);
    expect(await desk.told(pc1)).toBe('available: silence needsStart');
  });

  test('a start mark that expired lets nothing go; one for what is not offered is told', async () => {
    const desk = await deciding(AVAILABLE);
    await desk.state.start({ ...subject, deployment: 'ABC20009', by: 'me', at: 0, expires: desk.now() + MINUTE });
    expect(code(await desk.told(pc1))).toBe('startUnfit: silence nothingDeployed');
    desk.pass(MINUTE);
    expect(await desk.told(pc1)).toBe('available: silence needsStart');
  });

  test('what pxe start let go does not loop either', async () => {
    const desk = await deciding(AVAILABLE);
    await desk.state.start({ ...subject, deployment: null, by: 'me', at: 0, expires: desk.now() + 60 * MINUTE });
    for (let n = 0; n < 3; n++) {
      expect(await desk.told(pc1)).toMatch(/^started/);
      desk.pass(3 * MINUTE);
    }
    expect(await desk.told(pc1)).toMatch(/^tooManyTries/);
  });

  test('a required one on each firmware', async () => {
    const desk = await deciding(REQUIRED);
    expect(await desk.told(client('bios'))).toBe(`required: ${own}/pxeboot.n12`);
    expect(await desk.told(client('httpX64'))).toBe(`required: http://10.0.0.1/${own}/boot.iso`);
    expect(await desk.told(client('ipxeX64'))).toBe(`required: ${own}/boot.ipxe`);
    const loader = await deciding({ ...REQUIRED, ...point('  httpLoader: true\n') });
    expect(await loader.told(client('httpX64'))).toBe(`required: http://10.0.0.1/${own}/bootmgfw.efi`);
  });

  test('nothing deployed: silence, a fast return where the point asks for it, a script that ends for iPXE', async () => {
    const desk = await deciding({});
    expect(code(await desk.told(client('bios')))).toBe('noDeployment: silence nothingDeployed');
    expect(await desk.told(client('ipxeX64'))).toBe('noDeployment: exit.ipxe');
    const fast = await deciding(point('  abortWithoutDeployment: true\n'));
    expect(await fast.told(client('bios'))).toBe('noDeployment: abortpxe.com');
    expect(await fast.told(pc1)).toBe('noDeployment: silence nothingDeployed');
  });
});

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
    if (expected === null) expect([code(`${reason}:`), text]).toEqual(['noImage:', expect.stringContaining('is for')]);
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
    expect(code(await desk.told(client('bios')))).toBe('imageNotReady: silence nothingDeployed');
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
    expect(code(await desk.told(both))).toBe('conflict: silence nothingDeployed');
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
    expect(code(await (await deciding(unknown('required'))).told(stranger))).toBe(
      'unknownOff: silence nothingDeployed',
    );
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
    expect(code(await desk.told(stranger))).toBe('unknownArchitecture: silence nothingDeployed');
    const x86 = point('  unknownComputers: true\n  unknownArchitectures: [x86]\n');
    const bios = await deciding({ ...unknown('required', 'taskSequence: Install-x86\n'), ...x86 });
    expect(
      (await bios.decision(client('bios', { mac: '02:00:00:00:00:09', guid: null }))).candidate?.bootImage.name,
    ).toBe('pe-x86');
  });

  test('wait for approval where the point asks for it; approved ones go without a prompt, once', async () => {
    const approval = point('  unknownComputers: true\n  approval: true\n');
    const desk = await deciding({ ...unknown('available'), ...approval });
    expect(code(await desk.told(stranger))).toBe('waitingApproval: silence nothingDeployed');
    const other = '02:00:00:00:00:0c';
    await desk.state.approve({ subject: `mac/${other}`, mac: other, guid: null, by: 'me', at: desk.now() });
    expect(await desk.told(stranger)).toMatch(/^waitingApproval/);
    const { mac, guid } = stranger;
    await desk.state.approve({ subject: `guid/${guid}`, mac, guid, by: 'me', at: desk.now() });
    expect(code(await desk.told(stranger))).toBe('approved: b/11111111/020000000009/bootmgfw.efi');
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

  test('that nothing tells from others are refused', async () => {
    const settings = `duplicateHardwareIds: { macAddresses: ["${stranger.mac}"] }\n`;
    const desk = await deciding({ ...unknown('required'), ...SERVED }, { settings });
    expect(code(await desk.told({ ...stranger, guid: null }))).toBe('identityShared: silence nothingDeployed');
    expect(await desk.told(stranger)).toMatch(/^required/);
  });
});

describe('PXE-01 PXE-02 PXE-10: what else decides', () => {
  test('a point that is off, and a MAC address that is never answered', async () => {
    const off = { 'distribution-points/dp1.yaml': 'name: DP1\npxe: { enabled: false }\n' };
    expect(code(await (await deciding({ ...REQUIRED, ...off })).told(pc1))).toBe('pointOff: silence nothingDeployed');
    const files = { ...REQUIRED, ...point(`  excludedMacAddresses: ["${MAC}"]\n`) };
    expect(code(await (await deciding(files)).told(pc1))).toBe('excluded: silence nothingDeployed');
  });

  test('an architecture that Windows PE does not have, which only iPXE brings', async () => {
    const desk = await deciding(REQUIRED);
    const riscv = { code: 27, name: 'UEFI RISC-V 64-bit', platform: 'other', cpu: 'other', served: false } as const;
    expect(code(await desk.told({ ...client('ipxeX64'), architecture: riscv }))).toBe('noArchitecture: exit.ipxe');
  });

  test.each([
    ['availableTo: clients\n', /available to clients only/],
    ['availableTo: mediaAndPxeHidden\n', /hidden/],
    ['enabled: false\n', /disabled/],
  ])('a deployment that is not for PXE (%j) says so', async (lines, text) => {
    const desk = await deciding({ ...deployment('ABC20001', 'required', lines) });
    expect(await desk.told(pc1)).toMatch(/^noDeployment/);
    expect((await desk.ask(pc1)).why.text).toMatch(text);
  });

  test('a hidden one goes where SMSTSPreferredAdvertID names it; one that cannot go stops all others', async () => {
    const hidden = deployment('ABC20001', 'required', 'availableTo: mediaAndPxeHidden\n');
    const named = (id: string) => ({
      'devices/pc1.yaml': `name: PC1\nsmbiosGuid: ${GUID}\nvariables: { SMSTSPreferredAdvertID: ${id} }\n`,
    });
    const desk = await deciding({ ...hidden, ...deployment('ABC20009', 'required'), ...named('ABC20001') });
    expect((await desk.decision(pc1)).candidate?.deployment.id).toBe('ABC20001');
    const other = await deciding({ ...REQUIRED, ...named('ABC29999') });
    expect(code(await other.told(pc1))).toBe('preferredUnfit: silence nothingDeployed');
  });

  test('who was seen is kept with the reason and what its firmware cannot do', async () => {
    const desk = await deciding(AVAILABLE);
    await desk.told(pc1);
    expect(await desk.state.client(MAC)).toMatchObject({
      identity: 'known PC1',
      code: 'available',
      text: expect.stringContaining('osdkit pxe start'),
      deployment: 'ABC20002',
    });
  });
});

test('PXE-10: every reason is driven by a test of this file', () => {
  expect(Object.keys(DECISION_REASONS).filter((each) => !driven.has(each))).toEqual([]);
});
