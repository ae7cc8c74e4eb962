/** `pxe why`, `clear`, `start`, `approve`, `clients` over the state that a server writes at the same time. */
import { afterEach, describe, expect, test } from 'vitest';
import { pxeApprove, pxeClear, pxeClients, pxePassword, pxeStart, pxeWhy } from '../../../../src/app/index.ts';
import { networkBootstrap } from '../../../../src/app/network-boot/prepared-site.ts';
import { openWholeSite } from '../../../../src/app/open-site.ts';
import { operationContext, Secret } from '../../../../src/core/index.ts';
import { fitsVerifier, readBootstrap } from '../../../../src/protocol/index.ts';
import { client, type Deciding, deciding, deployment, GUID, MAC, MINUTE, NOW, point } from './deciding.ts';

const services = { version: '0.1.0', workers: 0 };
const context = operationContext();
const now = new Date(NOW).toISOString();
const who = 'tester';

const REQUIRED = deployment('ABC20001', 'required');
const AVAILABLE = deployment('ABC20002', 'available');
const UNKNOWN = {
  ...deployment('ABC20003', 'available', 'collection: All Unknown Computers\n'),
  ...point('  unknownComputers: true\n  approval: true\n'),
};
const pc1 = client('uefiX64');
const stranger = client('uefiX64', { mac: '02:00:00:00:00:09', guid: '99999999-0000-0000-0000-000000000009' });

const running: Deciding[] = [];
afterEach(async () => {
  for (const desk of running.splice(0)) await desk.state.close();
});
/** A server over a site, its state in the site's folder. */
async function server(files: Readonly<Record<string, string>>, settings = ''): Promise<Deciding> {
  const desk = await deciding(files, { state: 'file', settings });
  running.push(desk);
  return desk;
}

const why = (desk: Deciding, computer: string, more: object = {}) =>
  pxeWhy.run(pxeWhy.input.parse({ computer, site: desk.folder, now, ...more }), services, context);
const clear = (desk: Deciding, asked: object) =>
  pxeClear.run(pxeClear.input.parse({ site: desk.folder, ...asked }), services, context);
const start = (desk: Deciding, computer: string, more: object = {}) =>
  pxeStart.run(pxeStart.input.parse({ computer, site: desk.folder, who, now, ...more }), services, context);
const approve = (desk: Deciding, computer: string, more: object = {}) =>
  pxeApprove.run(pxeApprove.input.parse({ computer, site: desk.folder, who, now, ...more }), services, context);
const clients = (desk: Deciding, more: object = {}) =>
  pxeClients.run(pxeClients.input.parse({ site: desk.folder, ...more }), services, context);

describe('PXE-04: pxe clear', () => {
  test.each([['PC1'], ['pc1'], [MAC], ['00-15-5D-00-00-01'], ['0015.5d00.0001'], [GUID], [`{${GUID.toUpperCase()}}`]])(
    'by %s: what was delivered is offered again, and the server sees the change',
    async (computer) => {
      const desk = await server(REQUIRED);
      await desk.told(pc1);
      await desk.delivers(pc1);
      expect(await desk.told(pc1)).toMatch(/^delivered/);
      expect(desk.state.changed()).toBe(false);
      const cleared = await clear(desk, { computer });
      expect(cleared.delivered).toEqual([
        { subject: 'device/pc1', deployment: 'ABC20001', version: '11111111', at: NOW },
      ]);
      expect(desk.state.changed()).toBe(true);
      expect(await desk.told(pc1)).toMatch(/^required/);
      expect((await clear(desk, { computer })).delivered).toEqual([]);
    },
  );

  test('of a collection: each of its devices, no other', async () => {
    const files = { 'collections/two.yaml': 'id: ABC00021\nname: Two\ntype: device\nmembers: { devices: [PC2] }\n' };
    const desk = await server({ ...REQUIRED, ...files });
    const pc2 = client('uefiX64', { mac: '00:15:5d:00:00:02', guid: null });
    for (const each of [pc1, pc2]) {
      await desk.told(each);
      await desk.delivers(each);
    }
    expect(await clear(desk, { collection: 'Two' })).toMatchObject({
      of: 'Two (1 device)',
      delivered: [{ subject: 'device/pc2' }],
    });
    expect((await clear(desk, { collection: 'Lab' })).delivered.map(({ subject }) => subject)).toEqual(['device/pc1']);
    await expect(clear(desk, { collection: 'All Unknown Computers' })).rejects.toMatchObject({ code: 'PXE_COMPUTER' });
  });

  test('of an unknown computer by MAC address, though its GUID is what it is known by', async () => {
    const unknown = deployment('ABC20003', 'required', 'collection: All Unknown Computers\n');
    const desk = await server({ ...unknown, ...point('  unknownComputers: true\n') });
    await desk.told(stranger);
    await desk.delivers(stranger);
    expect((await clear(desk, { computer: '02:00:00:00:00:09' })).delivered).toHaveLength(1);
    expect(await desk.told(stranger)).toMatch(/^required/);
  });

  test('what it cannot be about is refused', async () => {
    const settings = `duplicateHardwareIds: { macAddresses: ["02:00:00:00:00:05"] }\n`;
    const desk = await server(REQUIRED, settings);
    await expect(clear(desk, { computer: 'PC11' })).rejects.toMatchObject({
      code: 'APP_OBJECT',
      hint: expect.stringContaining('PC1'),
    });
    await expect(clear(desk, { computer: 'x64 Unknown Computer' })).rejects.toMatchObject({ code: 'PXE_COMPUTER' });
    await expect(clear(desk, { computer: '02:00:00:00:00:05' })).rejects.toMatchObject({
      message: expect.stringContaining('duplicates'),
    });
    await expect(clear(desk, {})).rejects.toMatchObject({ code: 'PXE_COMPUTER' });
    await expect(clear(desk, { computer: 'PC1', collection: 'Lab' })).rejects.toMatchObject({ code: 'PXE_COMPUTER' });
  });
});

describe('PXE-09: pxe start', () => {
  test('lets an available deployment go on firmware that shows no prompt, once', async () => {
    const desk = await server(AVAILABLE);
    expect(await desk.told(pc1)).toMatch(/^available: silence/);
    expect(await start(desk, 'PC1', { deployment: 'D2', for: '30m' })).toEqual({
      computer: 'PC1',
      deployment: { id: 'ABC20002', name: 'D2' },
      expires: new Date(NOW + 30 * MINUTE).toISOString(),
    });
    expect(desk.state.changed()).toBe(true);
    expect(await desk.told(pc1)).toMatch(/^started: b/);
    await desk.delivers(pc1);
    expect(await desk.told(pc1)).toMatch(/^available: silence/);
  });

  test('holds as long as it says', async () => {
    const desk = await server(AVAILABLE);
    await start(desk, MAC);
    desk.pass(4 * 60 * MINUTE - 1);
    expect(await desk.told(pc1)).toMatch(/^started/);
    desk.pass(1);
    expect(await desk.told(pc1)).toMatch(/^available/);
  });

  test('refuses what is not offered, with the reason, and what is no duration', async () => {
    const desk = await server({
      ...AVAILABLE,
      ...REQUIRED,
      ...deployment('ABC20005', 'available', 'availableTo: clients\n'),
    });
    await expect(start(desk, 'PC1', { deployment: 'ABC20005' })).rejects.toMatchObject({
      code: 'PXE_NOT_OFFERED',
      message: expect.stringContaining('available to clients only'),
    });
    await desk.told(pc1);
    await desk.delivers(pc1);
    await expect(start(desk, 'PC1', { deployment: 'ABC20001' })).rejects.toMatchObject({
      message: expect.stringContaining('clear'),
    });
    await expect(start(desk, 'PC1', { for: 'soon' })).rejects.toMatchObject({ code: 'PXE_DURATION' });
  });
});

describe('UNK-03: pxe clients and pxe approve', () => {
  test('the one that waits is listed, approved, listed no more, and starts', async () => {
    const desk = await server({ ...UNKNOWN, ...REQUIRED });
    expect(await clients(desk)).toEqual([]);
    await desk.told(pc1);
    desk.pass(MINUTE);
    expect(await desk.told(stranger)).toMatch(/^waitingApproval/);
    await desk.state.flush();
    expect((await clients(desk)).map(({ identity, code }) => [identity, code])).toEqual([
      ['unknown', 'waitingApproval'],
      ['known PC1', 'required'],
    ]);
    expect((await clients(desk, { most: 1 })).map(({ mac }) => mac)).toEqual([stranger.mac]);
    expect((await clients(desk, { waiting: true })).map(({ mac }) => mac)).toEqual([stranger.mac]);
    expect((await clients(desk, { unknown: true })).map(({ mac }) => mac)).toEqual([stranger.mac]);
    expect(await approve(desk, '02-00-00-00-00-09')).toEqual({
      computer: '02-00-00-00-00-09',
      approved: true,
      revoked: 0,
    });
    expect(await clients(desk, { waiting: true })).toEqual([]);
    expect(await desk.told(stranger)).toMatch(/^approved: b/);
    expect(await approve(desk, stranger.guid ?? '', { revoke: true })).toMatchObject({ approved: false, revoked: 1 });
    expect(await desk.told(stranger)).toMatch(/^waitingApproval/);
  });

  test('an approval by MAC address alone holds for the GUID that asked with it, and for no other machine', async () => {
    const desk = await server(UNKNOWN);
    await desk.told(stranger);
    await desk.state.flush();
    await approve(desk, '02:00:00:00:00:09');
    expect(await desk.told({ ...stranger, guid: '99999999-0000-0000-0000-00000000000a' })).toMatch(/^waitingApproval/);
    expect(await desk.told({ ...stranger, mac: '02:00:00:00:00:0a' })).toMatch(/^approved/);
  });

  test('a device of the site needs none', async () => {
    const desk = await server(UNKNOWN);
    await expect(approve(desk, MAC)).rejects.toMatchObject({
      code: 'PXE_COMPUTER',
      message: expect.stringContaining('PC1'),
    });
  });
});

describe('PXE-10: pxe why', () => {
  test('by each identifier: which one matched, deployment, boot image, and what each firmware gets', async () => {
    const desk = await server({ ...REQUIRED, ...AVAILABLE });
    for (const computer of ['PC1', MAC, GUID]) {
      const answer = await why(desk, computer);
      expect(answer).toMatchObject({
        code: 'required',
        deployment: { id: 'ABC20001', purpose: 'required' },
        taskSequence: 'Install',
        bootImage: { id: 'ABC00001', name: 'pe-x64', architecture: 'x64' },
        point: 'DP1',
        last: null,
      });
      expect(answer.identity).toBe(computer === MAC ? 'PC1 by macAddress' : 'PC1 by smbiosGuid');
      expect(answer.loaders.map(({ firmware, file }) => [firmware, file])).toEqual([
        ['uefi', 'bootmgfw.efi'],
        ['bios', 'pxeboot.n12'],
        ['uefiHttp', 'boot.iso'],
        ['ipxe', 'boot.ipxe'],
      ]);
    }
  });

  test('of an available one: what each firmware can show', async () => {
    const desk = await server(AVAILABLE);
    const { loaders } = await why(desk, 'PC1', { firmware: 'bios' });
    expect(loaders.map(({ firmware, file, silence }) => [firmware, file ?? silence])).toEqual([
      ['bios', 'pxeboot.com'],
      ['uefi', expect.stringContaining('osdkit pxe start')],
      ['uefiHttp', expect.stringContaining('osdkit pxe start')],
      ['ipxe', 'prompt.ipxe'],
    ]);
  });

  test('as if another firmware asked', async () => {
    const desk = await server({ ...REQUIRED, ...deployment('ABC20004', 'required', 'taskSequence: Install-arm64\n') });
    const arm = await why(desk, 'PC1', { architecture: 'arm64', firmware: 'http' });
    expect(arm).toMatchObject({
      firmware: 'uefiHttp',
      architecture: 'UEFI ARM64, HTTP',
      deployment: { id: 'ABC20004' },
    });
    expect(arm.loaders[0]).toMatchObject({ firmware: 'uefiHttp', file: 'boot.iso' });
    const bios = arm.loaders.find(({ firmware }) => firmware === 'bios');
    expect(bios?.file).toBe('pxeboot.n12');
  });

  test('what the server told it last, what was delivered and tried, and each deployment with its rules', async () => {
    const desk = await server({ ...REQUIRED, ...AVAILABLE });
    await desk.told(client('bios'));
    await desk.delivers(client('bios'));
    await desk.state.flush();
    const answer = await why(desk, 'PC1');
    expect(answer).toMatchObject({
      firmware: 'bios',
      code: 'available',
      deployment: { id: 'ABC20002' },
      last: { code: 'required', firmware: 'bios', architecture: 'BIOS', at: now, delivered: now },
      state: { delivered: [{ deployment: 'ABC20001', at: now }], tries: [{ deployment: 'ABC20001', at: now }] },
    });
    const used = answer.deployments.find(({ id }) => id === 'ABC20001');
    expect(used?.reasons.filter(({ holds }) => !holds).map(({ text }) => text)).toEqual([
      expect.stringContaining('PXE offered it before'),
    ]);
  });

  test('a computer that the site does not know, a conflict, and one that waits', async () => {
    const desk = await server(UNKNOWN);
    expect(await why(desk, '02:00:00:00:00:09')).toMatchObject({
      code: 'waitingApproval',
      identity: 'unknown: x64 Unknown Computer',
    });
    await desk.told(client('uefiX64', { mac: '00:15:5d:00:00:02' }));
    await desk.state.flush();
    expect(await why(desk, '00:15:5d:00:00:02')).toMatchObject({ code: 'conflict', identity: 'conflict: PC1, PC2' });
  });

  test('an image that is not prepared is said to be so, and its files are assumed', async () => {
    const answer = await why(await server(REQUIRED), 'PC1');
    expect(answer.bootImage?.note).toMatch(/no content|not prepared/);
  });

  test('asking changes nothing: no state is made, no try counted', async () => {
    const desk = await deciding(REQUIRED);
    await why(desk, 'PC1');
    const later = await server(REQUIRED);
    for (let n = 0; n < 5; n++) await why(later, 'PC1');
    expect((await why(later, 'PC1')).state.tries).toEqual([]);
    await expect(later.told(pc1)).resolves.toMatch(/^required/);
  });
});

describe('PXE-03: pxe password', () => {
  const set = (desk: Deciding, more: object) =>
    pxePassword.run(pxePassword.input.parse({ point: 'DP1', site: desk.folder, ...more }), services, context);
  const verifierOf = async (desk: Deciding) => {
    const { site } = await openWholeSite(desk.folder, context);
    return site.find('distributionPoint', 'DP1')?.value.pxe?.passwordVerifier;
  };

  test('writes what Windows PE compares with, never the password; the bootstrap of boot images holds it', async () => {
    const desk = await deciding({ ...REQUIRED, ...point('  # by hand\n  unknownComputers: true\n') });
    const changed = await set(desk, { value: new Secret('Kiel 2026') });
    expect(JSON.stringify(changed)).not.toContain('Kiel');
    const verifier = (await verifierOf(desk)) ?? '';
    expect(await fitsVerifier(new Secret('Kiel 2026'), verifier)).toBe(true);
    expect(await fitsVerifier(new Secret('Kiel 2027'), verifier)).toBe(false);
    const opened = await openWholeSite(desk.folder, context);
    const [dp] = opened.site.all('distributionPoint');
    const image = opened.site.find('bootImage', 'pe-x64');
    expect(
      readBootstrap(networkBootstrap(opened.site, dp, dp?.value.pxe, { id: image?.id ?? '', name: 'pe-x64' })),
    ).toMatchObject({
      passwordVerifier: verifier,
    });
    await set(desk, { remove: true });
    expect(await verifierOf(desk)).toBeUndefined();
  });

  test('nothing typed, an empty one, a point that is not there: refused', async () => {
    const desk = await deciding(REQUIRED);
    await expect(set(desk, {})).rejects.toMatchObject({ code: 'APP_PASSWORD_MISSING' });
    await expect(set(desk, { value: new Secret('') })).rejects.toMatchObject({ code: 'APP_SECRET_LENGTH' });
    await expect(set(desk, { point: 'DP9', value: new Secret('x') })).rejects.toMatchObject({ code: 'APP_OBJECT' });
  });
});
