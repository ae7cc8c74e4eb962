/** The file of the state: written by two at once, damaged, foreign, newer, not writable, and sightings that come by themselves. */
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Libsql from 'libsql';
import { afterEach, describe, expect, test } from 'vitest';
import { type BootStateStore, openBootState } from '../../../src/store/index.ts';
import { scratch } from '../../support/scratch.ts';

const opened: BootStateStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});
const open = async (path: string): Promise<BootStateStore> => {
  const store = await openBootState(path);
  opened.push(store);
  return store;
};
const file = () => join(scratch(), 'state', 'osdkit.db');
const who = { subject: 'device/pc1', mac: null, guid: null };
const offer = {
  ...who,
  client: '00155d010203',
  deployment: 'ABC20001',
  bootImage: 'ABC00001',
  version: '3f2a91cc',
  required: true,
  at: 1000,
};
/** A file with something in it, closed. */
async function filled(): Promise<string> {
  const path = file();
  const store = await openBootState(path);
  for (let n = 0; n < 200; n++) {
    await store.offer({ ...offer, client: String(n), subject: `device/pc${n}` }, true);
    await store.deliver(String(n), offer.version, 2000);
  }
  await store.close();
  return path;
}

describe('the file of the state', () => {
  test('a second process sees it at once, and each sees that the other wrote', async () => {
    const path = file();
    const [server, command] = [await open(path), await open(path)];
    expect([server.changed(), command.changed()]).toEqual([false, false]);
    await server.offer(offer, true);
    await server.deliver(offer.client, offer.version, 2000);
    expect([server.changed(), command.changed(), command.changed()]).toEqual([false, true, false]);
    expect((await command.clear({ subjects: ['device/pc1'], macs: [], guids: [] })).delivered).toHaveLength(1);
    expect([server.changed(), server.changed()]).toEqual([true, false]);
    expect((await server.read(who, 2000)).delivered).toEqual([]);
  });

  test('who was seen is written by itself within a moment', async () => {
    const path = file();
    const [server, command] = [await open(path), await open(path)];
    const client = { client: 'c', mac: null, guid: null, architecture: 'a', firmware: 'f', identity: 'i', code: 'c' };
    server.seen({ ...client, text: 't', deployment: null, at: 1 });
    expect(await command.clients(1)).toEqual([]);
    await expect.poll(() => command.clients(1), { timeout: 10_000 }).toHaveLength(1);
  });

  test('PXE-04: the open offer of a device and its tries outlast a flood of made-up addresses', async () => {
    const path = file();
    const store = await openBootState(path, { clients: 5, offers: 5, tries: 5 });
    opened.push(store);
    await store.offer(offer, true);
    for (let n = 0; n < 40; n++) {
      const stranger = { subject: `mac/${n}`, mac: String(n), guid: null };
      await store.offer({ ...offer, ...stranger, client: `s${n}`, at: 20_000 + n }, true);
      store.seen({
        ...stranger,
        client: `s${n}`,
        architecture: 'a',
        firmware: 'f',
        identity: 'i',
        code: 'c',
        text: 't',
        deployment: null,
        at: 20_000 + n,
      });
    }
    await store.flush();
    const rows = (sql: string) => (new Libsql(path).prepare(sql).get() as { n: number }).n;
    expect(rows('SELECT count(*) AS n FROM offers')).toBe(6);
    expect(rows('SELECT count(*) AS n FROM tries')).toBe(6);
    expect((await store.read(who, 21_000)).tries).toHaveLength(1);
    expect((await store.deliver(offer.client, offer.version, 21_000))?.subject).toBe('device/pc1');
  });

  test('it is there after it was closed and opened', async () => {
    const store = await open(await filled());
    expect((await store.read({ ...who, subject: 'device/pc199' }, 2000)).delivered).toHaveLength(1);
  });

  test.each([
    ['no database', (path: string) => writeFileSync(path, 'this is no database'.repeat(400)), 'STORE_STATE_DAMAGED'],
    ['cut off', (path: string) => truncateSync(path, readFileSync(path).length - 4096), 'STORE_STATE_DAMAGED'],
    ['overwritten in the middle', overwrite, 'STORE_STATE_DAMAGED'],
    ['of another program', (path: string) => change(path, 'PRAGMA application_id = 7'), 'STORE_STATE_FOREIGN'],
    ['of a newer osdkit', (path: string) => change(path, 'PRAGMA user_version = 99'), 'STORE_STATE_NEWER'],
  ])('%s: named, and what was there stays', async (_text, damage, code) => {
    const path = await filled();
    damage(path);
    const before = readFileSync(path);
    await expect(openBootState(path)).rejects.toMatchObject({ code, message: expect.stringContaining(path) });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('damage says to put the file aside, and what is lost with it', async () => {
    const path = file();
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'x'.repeat(8192));
    await expect(openBootState(path)).rejects.toMatchObject({
      hint: expect.stringMatching(/rename .*osdkit\.db.*deployment list/s),
    });
  });

  test('a database of another program without its mark is left alone', async () => {
    const path = file();
    mkdirSync(dirname(path), { recursive: true });
    change(path, 'CREATE TABLE theirs (a)');
    await expect(openBootState(path)).rejects.toMatchObject({ code: 'STORE_STATE_FOREIGN' });
  });

  test('a folder in its place: an error of the environment', async () => {
    const path = file();
    mkdirSync(path, { recursive: true });
    await expect(openBootState(path)).rejects.toMatchObject({ code: 'STORE_STATE_WRITE', exitCode: 4 });
  });
});

/** Random bytes would be damage, too; these are the same each time. */
function overwrite(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 4096, bytes.length - 4096);
  writeFileSync(path, bytes);
}

function change(path: string, sql: string): void {
  const database = new Libsql(path);
  database.exec(sql);
  database.close();
}
