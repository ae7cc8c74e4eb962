/** Requests without sockets: who is served by which thread, what is asked of the owner, what is counted and forgotten. */
import { describe, expect, test } from 'vitest';
import type { RefusedEvent, ServedFile } from '../../../pxe/content/index.ts';
import { type Caps, defaultCaps, readPacket } from '../../../pxe/tftp/index.ts';
import { openListener } from '../../../pxe/tftp/listener.ts';
import type { SenderOrder } from '../../../pxe/tftp/thread-messages.ts';
import { requestOf } from './asking.ts';
import { inMemory } from './served.ts';

const file = inMemory(Uint8Array.of(1, 2, 3));
const other = inMemory(Uint8Array.of(4));
const mac = '525400123456';

function openPlay(caps: Partial<Caps> = {}) {
  const play = {
    at: 0,
    /** What is called behind all that waits; at once, unless it `waits`. */
    behind: [] as (() => void)[],
    waits: false,
    orders: [] as { readonly thread: number; readonly order: SenderOrder }[],
    errors: [] as string[],
    questions: [] as { readonly number: number; readonly route: string; readonly client: string }[],
    refused: [] as RefusedEvent[],
    released: [] as number[],
  };
  const listener = openListener({
    caps: { ...defaultCaps, ...caps },
    threads: 3,
    now: () => play.at,
    behind: (call) => void play.behind.push(call),
    send(bytes, port) {
      const packet = readPacket(bytes);
      play.errors.push(`${port} ${packet.kind === 'error' ? `${packet.code} ${packet.message}` : packet.kind}`);
    },
    order: (thread, order) => void play.orders.push({ thread, order }),
    make: (number, route, client) => void play.questions.push({ number, route, client }),
    refused: (event) => void play.refused.push(event),
    released: (version) => void play.released.push(version),
  });
  const publish = (version: number, routes: Readonly<Record<string, ServedFile | 'made'>>): void =>
    listener.publish({ version, routes: Object.entries(routes).map(([name, content]) => ({ name, content })) });
  publish(1, { 'b/abc/*/bootmgfw.efi': file, 'b/abc/*/bcd': 'made', 'b/abc/*/boot/bcd': 'made', plain: other });
  const request = (name: string, port = 2070, address = '10.0.0.9'): void => {
    listener.datagram(requestOf(name), address, port);
    if (!play.waits) for (const call of play.behind.splice(0)) call();
  };
  const kinds = (): string[] => play.orders.map(({ order }) => order.kind);
  const files = (): ServedFile[] =>
    play.orders.flatMap(({ order }) => (order.kind === 'start' ? [order.order.file] : []));
  return { play, listener, publish, request, kinds, files };
}

describe('a request', () => {
  test('for a name of a client starts its transfer, whatever the slashes and the case', () => {
    const { play, request } = openPlay();
    request(`b\\ABC\\${mac}\\bootmgfw.EFI`);
    expect(play.orders).toMatchObject([
      {
        thread: 0,
        order: {
          kind: 'start',
          order: {
            transfer: 1,
            address: '10.0.0.9',
            port: 2070,
            route: 'b/abc/*/bootmgfw.efi',
            client: mac,
            file,
            active: 1,
          },
        },
      },
    ]);
  });

  test('goes to the thread with the fewest transfers', () => {
    const { play, listener, request } = openPlay();
    for (let port = 3000; port < 3006; port++) request('plain', port);
    expect(play.orders.map(({ thread }) => thread)).toEqual([0, 1, 2, 0, 1, 2]);
    listener.news({ kind: 'ended', transfer: 2 });
    request('plain', 3100);
    expect(play.orders.at(-1)?.thread).toBe(1);
  });

  test('for what is not there is answered so, and told', () => {
    const { play, request } = openPlay();
    request('etc/passwd');
    expect(play.errors).toEqual(['2070 1 no such file']);
    expect(play.refused).toEqual([{ address: '10.0.0.9', name: 'etc/passwd', reason: 'not-found' }]);
  });

  test('without a folder is looked up where its address was last, for half an hour', () => {
    const { play, request } = openPlay();
    request('\\Boot\\BCD');
    request(`b/abc/${mac}/bootmgfw.efi`, 2071);
    request('\\Boot\\BCD', 2072);
    request('\\Boot\\BCD', 2073, '10.0.0.10');
    play.at = 31 * 60_000;
    request('\\Boot\\BCD', 2074);
    expect(play.questions).toEqual([{ number: 1, route: 'b/abc/*/boot/bcd', client: mac }]);
    expect(play.errors).toEqual(['2070 1 no such file', '2073 1 no such file', '2074 1 no such file']);
  });

  test('for a made file waits for it; the same request meanwhile asks nothing more', () => {
    const { play, listener, request, files } = openPlay();
    request(`b/abc/${mac}/bcd`);
    request(`b/abc/${mac}/bcd`);
    expect(play.questions).toEqual([{ number: 1, route: 'b/abc/*/bcd', client: mac }]);
    listener.made(1, other);
    listener.made(1, other);
    expect(files()).toEqual([other]);
    request(`b/abc/${mac}/bcd`, 2071);
    listener.made(2, null);
    expect(play.errors).toEqual(['2071 1 no such file']);
  });

  test('for a made file that never comes is asked anew after half a minute; the late answer is for nobody', () => {
    const { play, listener, publish, request, files } = openPlay();
    request(`b/abc/${mac}/bcd`);
    publish(2, { 'b/abc/*/bcd': 'made' });
    play.at = 29_999;
    request(`b/abc/${mac}/bcd`);
    expect(play.questions.length).toBe(1);
    const before = play.released.at(-1) ?? 0;
    play.at = 30_000;
    request(`b/abc/${mac}/bcd`);
    expect(play.questions.map(({ number }) => number)).toEqual([1, 2]);
    // The table that the first had held.
    expect(play.released.at(-1)).toBe(before + 1);
    listener.made(1, file);
    expect(files()).toEqual([]);
    listener.made(2, other);
    expect(files()).toEqual([other]);
  });

  test('for made files: lost answers do not add up until nobody is served', () => {
    const { play, listener, request, files } = openPlay();
    for (let port = 1; port <= 600; port++) request(`b/abc/${mac}/bcd`, 2000 + port, `10.0.${port >> 4}.9`);
    expect(play.questions.length).toBe(512);
    expect(play.refused.map(({ reason }) => reason)).toContain('too-many-questions');
    play.at = 30_000;
    request(`b/abc/${mac}/bcd`, 5000);
    expect(play.questions.length).toBe(513);
    listener.made(513, other);
    expect(files()).toEqual([other]);
  });

  test('from port 0 is nothing: no answer could be sent', () => {
    const { play, request } = openPlay();
    request('plain', 0);
    request('none', 0);
    expect([play.orders, play.errors]).toEqual([[], []]);
  });
});

describe('the same port again', () => {
  test('with the same request: the thread that has it is told', () => {
    const { play, request } = openPlay();
    request('plain', 3000);
    request('plain', 3001);
    request('plain', 3001);
    expect(play.orders.at(-1)).toEqual({ thread: 1, order: { kind: 'again', transfer: 2 } });
  });

  test('with another request: the old transfer goes without a word, the new one begins', () => {
    const { request, kinds, files } = openPlay();
    request('plain');
    request(`b/abc/${mac}/bootmgfw.efi`);
    expect(kinds()).toEqual(['start', 'superseded', 'start']);
    expect(files()).toEqual([other, file]);
  });

  test('a restart that the thread tells begins anew, from the table of now', () => {
    const { listener, publish, request, files } = openPlay();
    request('plain');
    listener.news({ kind: 'answered', transfer: 1 });
    publish(2, { plain: file });
    listener.news({ kind: 'restart', transfer: 1 });
    listener.news({ kind: 'ended', transfer: 1 });
    expect(files()).toEqual([other, file]);
    expect(listener.counts()).toMatchObject({ all: 1, unanswered: 1 });
  });
});

describe('tables', () => {
  test('are told as released when the last transfer that began with them has ended', () => {
    const { play, listener, publish, request } = openPlay();
    request('plain', 3000);
    publish(2, { plain: other });
    request('plain', 3001);
    publish(3, { plain: other });
    expect(play.released).toEqual([0]);
    listener.news({ kind: 'ended', transfer: 2 });
    expect(play.released).toEqual([0]);
    listener.news({ kind: 'ended', transfer: 1 });
    expect(play.released).toEqual([0, 2]);
  });

  test('a question to the owner holds its table', () => {
    const { play, listener, publish, request } = openPlay();
    request(`b/abc/${mac}/bcd`);
    publish(2, {});
    expect(play.released).toEqual([0]);
    listener.made(1, null);
    expect(play.released).toEqual([0, 1]);
  });
});

describe('caps', () => {
  test('of one client: told, nothing sent, others are served', () => {
    const { play, request } = openPlay({ perClient: 2 });
    for (let port = 3000; port < 3005; port++) request('plain', port);
    request('plain', 3000, '10.0.0.10');
    expect(play.orders).toHaveLength(3);
    expect(play.errors).toEqual([]);
    expect(play.refused.map(({ reason }) => reason)).toEqual(Array(3).fill('too-many-of-client'));
  });

  test('of those who do not answer: the oldest goes, the newest is served', () => {
    const { play, listener, request, kinds } = openPlay({ unanswered: 3 });
    request('plain', 3000, '10.0.0.10');
    listener.news({ kind: 'answered', transfer: 1 });
    for (let host = 11; host < 16; host++) request('plain', 3000, `10.0.0.${host}`);
    expect(kinds()).toEqual(['start', 'start', 'start', 'start', 'cancel', 'start', 'cancel', 'start']);
    expect(play.orders.filter(({ order }) => order.kind === 'cancel').map(({ order }) => order)).toMatchObject([
      { transfer: 2 },
      { transfer: 3 },
    ]);
    listener.news({ kind: 'ended', transfer: 2 });
    listener.news({ kind: 'ended', transfer: 3 });
    expect(listener.counts()).toMatchObject({ all: 4, unanswered: 3 });
    for (let transfer = 1; transfer < 10; transfer++) listener.news({ kind: 'ended', transfer });
    expect(listener.counts()).toMatchObject({ all: 0, unanswered: 0 });
  });

  test('of those who do not answer: answers that a busy thread has not read count', () => {
    const { play, listener, request, kinds } = openPlay({ unanswered: 1 });
    request('plain', 3000, '10.0.0.11');
    play.waits = true;
    request('plain', 3000, '10.0.0.12');
    // The same again is the same request.
    request('plain', 3000, '10.0.0.12');
    expect(kinds()).toEqual(['start']);
    listener.news({ kind: 'answered', transfer: 1 });
    for (const call of play.behind.splice(0)) call();
    expect(kinds()).toEqual(['start', 'start']);
    expect(listener.counts()).toMatchObject({ all: 2, unanswered: 1 });
  });

  test('of requests of one address: what is over them is dropped and counted, little of it told', () => {
    const { play, listener, request } = openPlay({ rate: 1, burst: 10, perClient: 100 });
    for (let port = 3000; port < 3100; port++) request('plain', port);
    expect(play.orders).toHaveLength(10);
    expect(listener.counts().refused).toEqual({ 'too-fast': 90 });
    expect(play.refused).toHaveLength(5);
    play.at = 1000;
    for (let port = 3100; port < 3103; port++) request('plain', port);
    expect(play.orders).toHaveLength(11);
    expect(play.refused).toHaveLength(7);
  });

  test('of questions to the owner', () => {
    const { play, request, listener } = openPlay({ burst: 100_000 });
    for (let port = 3000; port < 3600; port++) request(`b/abc/${mac}/bcd`, port);
    expect(play.questions).toHaveLength(512);
    expect(listener.counts().refused).toEqual({ 'too-many-questions': 88 });
  });
});

describe('the end', () => {
  test('waits for the last transfer, takes no request meanwhile', () => {
    const { listener, request, kinds } = openPlay();
    request('plain');
    let done = 0;
    listener.drain(60_000, () => void done++);
    request('plain', 3000);
    expect([kinds(), done]).toEqual([['start'], 0]);
    listener.news({ kind: 'ended', transfer: 1 });
    listener.news({ kind: 'ended', transfer: 1 });
    expect(done).toBe(1);
  });

  test('cancels what is left when its time is over', async () => {
    const { play, listener, request } = openPlay();
    request('plain');
    request(`b/abc/${mac}/bcd`, 3000);
    const done = new Promise<void>((resolve) => listener.drain(1, resolve));
    await expect
      .poll(() => play.orders.at(-1)?.order)
      .toEqual({ kind: 'cancel', transfer: 1, message: 'the server stops' });
    listener.made(1, file);
    listener.news({ kind: 'ended', transfer: 1 });
    await done;
    expect(play.orders).toHaveLength(2);
  });

  test('is at once where nothing runs', async () => {
    const { listener } = openPlay();
    await new Promise<void>((resolve) => listener.drain(60_000, resolve));
  });
});

test('bounded memory under a flood of addresses', () => {
  const { listener, play, request } = openPlay();
  for (let host = 0; host < 40_000; host++) {
    request('plain', 3000, `10.${host >> 16}.${(host >> 8) & 255}.${host & 255}`);
    for (const { order } of play.orders.splice(0)) {
      if (order.kind === 'cancel') listener.news({ kind: 'ended', transfer: order.transfer });
    }
  }
  const { all, unanswered, clients } = listener.counts();
  expect([all, unanswered]).toEqual([512, 512]);
  expect(clients).toBeLessThanOrEqual(16_384);
});
