/** The state of network boot: one contract for the file and for memory. */
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type BootOffer, type BootStateStore, memoryBootState, openBootState } from '../../../src/store/index.ts';
import { scratch } from '../../support/scratch.ts';

const HOUR = 3_600_000;
const MAC = '00:15:5d:01:02:03';
const GUID = '4c4c4544-0042-3510-8054-b4c04f583432';
const pc1 = { subject: 'device/pc1', mac: MAC, guid: GUID };
const offer = (changes: Partial<BootOffer> = {}): BootOffer => ({
  ...pc1,
  client: '00155d010203',
  deployment: 'ABC20001',
  bootImage: 'ABC00001',
  version: '3f2a91cc',
  required: true,
  at: 1000,
  ...changes,
});
const seen = (mac: string, at: number, changes: object = {}) => ({
  client: mac.replaceAll(':', ''),
  mac,
  guid: null,
  architecture: 'UEFI x64',
  firmware: 'uefi',
  identity: 'unknown',
  code: 'nothingDeployed',
  text: 'nothing',
  deployment: null,
  at,
  ...changes,
});
const only = (part: object) => ({ subjects: [], macs: [], guids: [], ...part });

const opened: BootStateStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});
const kinds = {
  file: (limits = {}) => openBootState(join(scratch(), 'state', 'osdkit.db'), limits),
  memory: async (limits = {}) => memoryBootState({ clients: 9, offers: 9, tries: 9, waiting: 9, ...limits }),
};

describe.each(Object.entries(kinds))('state in %s', (_kind, make) => {
  const store = async (limits = {}): Promise<BootStateStore> => {
    const made = await make(limits);
    opened.push(made);
    return made;
  };

  test('PXE-04: a required deployment is used up by delivery, not by the offer, and once', async () => {
    const state = await store();
    await state.offer(offer(), true);
    expect((await state.read(pc1, 2000)).delivered).toEqual([]);
    expect(await state.deliver('00155d010203', '3f2a91cc', 3000)).toEqual(offer());
    expect(await state.deliver('00155d010203', '3f2a91cc', 4000)).toBeNull();
    const used = { subject: 'device/pc1', deployment: 'ABC20001', version: '3f2a91cc', at: 3000 };
    expect((await state.read(pc1, 5000)).delivered).toEqual([used]);
    expect(await state.clear(only({ subjects: ['device/pc1'] }))).toEqual({ delivered: [used], tries: 1, starts: 0 });
    expect((await state.read(pc1, 5000)).delivered).toEqual([]);
  });

  test('only the offer that is open counts: another version, another client, an earlier offer use nothing up', async () => {
    const state = await store();
    await state.offer(offer(), true);
    await state.offer(offer({ deployment: 'ABC20002', version: '00000002' }), true);
    expect(await state.deliver('00155d010203', '3f2a91cc', 2000)).toBeNull();
    expect(await state.deliver('00155d010204', '00000002', 2000)).toBeNull();
    expect((await state.deliver('00155d010203', '00000002', 2000))?.deployment).toBe('ABC20002');
    expect((await state.read(pc1, 2000)).delivered.map(({ deployment }) => deployment)).toEqual(['ABC20002']);
  });

  test('an available deployment is never used up', async () => {
    const state = await store();
    await state.offer(offer({ required: false }), false);
    expect((await state.deliver('00155d010203', '3f2a91cc', 2000))?.required).toBe(false);
    expect(await state.read(pc1, 2000)).toEqual({ delivered: [], tries: [], start: null, approval: null });
  });

  test.each([
    ['renamed', { subject: 'device/new', mac: MAC, guid: GUID }, true],
    ['with another card', { subject: 'device/new', mac: '00:15:5d:ff:ff:ff', guid: GUID }, true],
    ['whose firmware tells no GUID now', { subject: 'mac/x', mac: MAC, guid: null }, true],
    ['that has the card of the first one', { subject: 'device/pc2', mac: MAC, guid: 'other' }, false],
    ['that is another one', { subject: 'device/pc2', mac: null, guid: null }, false],
  ])('SITE-07: what was delivered holds for a device %s: %o: %s', async (_text, subject, same) => {
    const state = await store();
    await state.offer(offer(), true);
    await state.deliver('00155d010203', '3f2a91cc', 2000);
    const { delivered, tries } = await state.read(subject, 2000);
    expect([delivered.length, tries.length]).toEqual(same ? [1, 1] : [0, 0]);
  });

  test('PXE-04: tries count for an hour; start and clear let them count anew', async () => {
    const state = await store();
    const tries = async (at: number) => (await state.read(pc1, at)).tries.map((each) => each.at);
    await state.offer(offer({ at: 1000 }), true);
    await state.offer(offer({ at: 1500 }), false);
    await state.offer(offer({ at: 2000 }), true);
    expect(await tries(3000)).toEqual([1000, 2000]);
    expect(await tries(1000 + HOUR)).toEqual([2000]);
    await state.clear(only({ macs: [MAC] }));
    expect(await tries(3000)).toEqual([]);
    await state.offer(offer({ at: 3000 }), true);
    await state.start({ ...pc1, deployment: null, by: 'me', at: 4000, expires: 5000 });
    expect(await tries(4000)).toEqual([]);
  });

  test('PXE-09: a start mark holds until it expires or its deployment was delivered', async () => {
    const state = await store();
    const start = { ...pc1, deployment: 'ABC20001', by: 'me', at: 1000, expires: 5000 };
    await state.start({ ...start, by: 'earlier' });
    await state.start(start);
    expect((await state.read(pc1, 4999)).start).toEqual(start);
    expect((await state.read(pc1, 5000)).start).toBeNull();
    await state.offer(offer({ deployment: 'ABC20009', required: false }), true);
    await state.deliver('00155d010203', '3f2a91cc', 2000);
    expect((await state.read(pc1, 2000)).start).toEqual(start);
    await state.offer(offer({ required: false }), true);
    await state.deliver('00155d010203', '3f2a91cc', 3000);
    expect((await state.read(pc1, 3000)).start).toBeNull();
  });

  test('approvals are found by GUID, else by MAC, and taken back', async () => {
    const state = await store();
    const approval = { subject: `mac/${MAC}`, mac: MAC, guid: null, by: 'me', at: 1000 };
    await state.approve(approval);
    expect((await state.read({ ...pc1, subject: 'x' }, 2000)).approval).toEqual(approval);
    expect((await state.read({ ...pc1, subject: 'x', mac: null }, 2000)).approval).toBeNull();
    expect(await state.approvals()).toEqual([approval]);
    expect(await state.disapprove(only({ macs: [MAC] }))).toBe(1);
    expect(await state.approvals()).toEqual([]);
  });

  test('PXE-10: clients that were seen, with what was decided and delivered last', async () => {
    const state = await store();
    state.seen(seen(MAC, 1000));
    state.seen(seen(MAC, 2000, { code: 'required' }));
    state.seen(seen('00:15:5d:00:00:02', 1500, { guid: GUID }));
    await state.flush();
    state.seen(seen(MAC, 3000, { code: 'started' }));
    await state.offer(offer(), true);
    await state.deliver('00155d010203', '3f2a91cc', 3500);
    const found = await state.clients(9);
    expect(found.map(({ mac, at, firstSeen, code, delivered }) => [mac, at, firstSeen, code, delivered])).toEqual([
      [MAC, 3000, 2000, 'started', 3500],
      ['00:15:5d:00:00:02', 1500, 1500, 'nothingDeployed', null],
    ]);
    expect((await state.client(GUID))?.mac).toBe('00:15:5d:00:00:02');
    expect((await state.client('00155d010203'))?.code).toBe('started');
    expect(await state.client('00:15:5d:00:00:09')).toBeNull();
  });

  test('the address of a client that was seen, of no other', async () => {
    const state = await store();
    state.seen(seen(MAC, 1000));
    state.located('00155d010203', '10.0.0.7');
    state.located('020000000099', '10.0.0.8');
    expect((await state.client(MAC))?.address).toBe('10.0.0.7');
    state.seen(seen(MAC, 2000));
    expect((await state.clients(9)).map(({ at, address }) => [at, address])).toEqual([[2000, '10.0.0.7']]);
  });

  test('a stranger who makes up addresses pushes out the oldest clients and offers, not what was delivered', async () => {
    const state = await store({ clients: 5, offers: 5, tries: 5, waiting: 50 });
    await state.offer(offer(), true);
    await state.deliver('00155d010203', '3f2a91cc', 1000);
    for (let n = 0; n < 40; n++) {
      const mac = `02:00:00:00:00:${n.toString(16).padStart(2, '0')}`;
      const client = mac.replaceAll(':', '');
      const stranger = { subject: `mac/${mac}`, mac, guid: null, client, at: 20_000 + n };
      await state.offer(offer(stranger), true);
      state.seen(seen(mac, 20_000 + n));
    }
    await state.flush();
    expect((await state.clients(100)).map(({ at }) => at)).toEqual([20_039, 20_038, 20_037, 20_036, 20_035]);
    expect(await state.deliver('020000000000', '3f2a91cc', 30_000)).toBeNull();
    expect(await state.deliver('020000000027', '3f2a91cc', 30_000)).not.toBeNull();
    expect((await state.read(pc1, 30_000)).delivered).toHaveLength(1);
  });

  test('more sightings than may wait: the first ones are written, known clients go on', async () => {
    const state = await store({ waiting: 2 });
    for (const [n, at] of [1, 2, 3, 1].entries()) state.seen(seen(`02:00:00:00:00:0${at}`, 1000 + n));
    expect((await state.clients(9)).map(({ mac, at }) => [mac?.slice(-1), at])).toEqual([
      ['1', 1003],
      ['2', 1001],
    ]);
  });
});
