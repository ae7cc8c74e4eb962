/** What computers boot from a site, through the real decider with a site in a folder. */
import { describe, expect, test } from 'vitest';
import { client, deciding, deployment, GUID, MAC, MINUTE, point } from './deciding.ts';

const pc1 = client('uefiX64');
const REQUIRED = deployment('ABC20001', 'required');
const AVAILABLE = deployment('ABC20002', 'available');
const own = 'b/11111111/00155d000001';
const subject = { subject: 'device/pc1', mac: MAC, guid: GUID };

describe('PXE-04: a required deployment', () => {
  test('is offered until it was delivered, once, and again after it was cleared', async () => {
    const desk = await deciding(REQUIRED);
    expect(await desk.told(pc1)).toBe(`required: ${own}/bootmgfw.efi`);
    desk.pass(MINUTE);
    expect(await desk.told(pc1)).toBe(`required: ${own}/bootmgfw.efi`);
    expect(await desk.delivers(pc1)).toBe('ABC20001');
    expect(await desk.delivers(pc1)).toBeNull();
    expect(await desk.told(pc1)).toBe('delivered: silence nothingDeployed');
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
    expect(await desk.told(bios)).toBe(`available: ${own}/pxeboot.com`);
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
    expect(tries[6]).toBe('tooManyTries');
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
    expect(await desk.told(pc1)).toBe(`started: ${own}/bootmgfw.efi`);
    expect(await desk.told(client('httpX64'))).toBe(`started: http://10.0.0.1/${own}/boot.iso`);
    await desk.delivers(pc1);
    expect(await desk.told(pc1)).toBe('available: silence needsStart');
  });

  test('a start mark that expired lets nothing go; one for what is not offered is told', async () => {
    const desk = await deciding(AVAILABLE);
    await desk.state.start({ ...subject, deployment: 'ABC20009', by: 'me', at: 0, expires: desk.now() + MINUTE });
    expect(await desk.told(pc1)).toBe('startUnfit: silence nothingDeployed');
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
    expect(await desk.told(client('bios'))).toBe('noDeployment: silence nothingDeployed');
    expect(await desk.told(client('ipxeX64'))).toBe('noDeployment: exit.ipxe');
    const fast = await deciding(point('  abortWithoutDeployment: true\n'));
    expect(await fast.told(client('bios'))).toBe('noDeployment: abortpxe.com');
    expect(await fast.told(pc1)).toBe('noDeployment: silence nothingDeployed');
  });
});

describe('PXE-01 PXE-02 PXE-10: what else decides', () => {
  test('a point that is off, and a MAC address that is never answered', async () => {
    const off = { 'distribution-points/dp1.yaml': 'name: DP1\npxe: { enabled: false }\n' };
    expect(await (await deciding({ ...REQUIRED, ...off })).told(pc1)).toBe('pointOff: silence nothingDeployed');
    const files = { ...REQUIRED, ...point(`  excludedMacAddresses: ["${MAC}"]\n`) };
    expect(await (await deciding(files)).told(pc1)).toBe('excluded: silence nothingDeployed');
  });

  test('an architecture that Windows PE does not have, which only iPXE brings', async () => {
    const desk = await deciding(REQUIRED);
    const riscv = { code: 27, name: 'UEFI RISC-V 64-bit', platform: 'other', cpu: 'other', served: false } as const;
    expect(await desk.told({ ...client('ipxeX64'), architecture: riscv })).toBe('noArchitecture: exit.ipxe');
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
    expect(await other.told(pc1)).toBe('preferredUnfit: silence nothingDeployed');
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
