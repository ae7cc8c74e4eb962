/**
 * `kill -9` of the whole server while computers boot from it: it starts again by itself, and a required deployment that it said was
 * used up stays so. OSDKIT_KILLS sets how often (the state alone is killed by test/src/store/state-kill.test.ts).
 */
import { afterEach, expect, test } from 'vitest';
import { networkSite } from '../src/app/network-boot/network-site.ts';
import { osdkit } from './command.ts';
import { onLoopback, startServing, stopServing, type Serving } from './serving.ts';

afterEach(stopServing);

const kills = Number(process.env['OSDKIT_KILLS'] ?? 6);
const atOnce = 3;

const macOf = (number: number): string => `52:54:00:00:00:${number.toString(16).padStart(2, '0')}`;

function boot({ ports }: Serving, mac: string) {
  const { dhcp, bootServer, tftp } = ports;
  const places = [`--dhcp-port=${dhcp}`, `--boot-server-port=${bootServer}`, `--tftp-port=${tftp}`];
  const words = ['--server=127.0.0.1', '--address=127.0.0.1', '--patience=0.1', '--mac', mac];
  return osdkit('.', ['pxe', 'doctor', '--simulate', 'http', ...words, ...places]);
}

test(`${kills} times in the middle of boots`, async () => {
  const site = await networkSite({ purpose: 'required' });
  const names = Array.from({ length: kills * atOnce }, (_, i) => `M${i}`);
  site.put('devices.csv', `name,mac\n${names.map((name, i) => `${name},${macOf(i)}\n`).join('')}`);
  site.put(
    'collections/lab.yaml',
    `id: ABC00020\nname: Lab\ntype: device\nmembers:\n  devices: [${names.join(', ')}]\n`,
  );
  const words = ['serve', '--site', site.folder, ...onLoopback];
  const usedUp = new Set<number>();
  for (let round = 0; round < kills; round++) {
    const serving = await startServing(words);
    const computers = Array.from({ length: atOnce }, (_, i) => round * atOnce + i);
    const boots = computers.map((number) => boot(serving, macOf(number)));
    // Earlier and later moments in turn: before the first question, in the file, around its end.
    const [first] = await Promise.race([
      serving.told(({ event }) => event === 'delivered').then(() => [0] as const),
      new Promise<readonly [number]>((resolve) => setTimeout(() => resolve([1]), 500 + ((round * 397) % 1500))),
    ]);
    expect([0, 1]).toContain(first);
    serving.child.kill('SIGKILL');
    await Promise.allSettled([serving.ended(), ...boots]);
    for (const line of serving.lines()) {
      if (line.event !== 'delivered') continue;
      const number = Number.parseInt(String(line['client']).slice(-2), 16);
      expect(usedUp.has(number), `computer ${number} used it up twice`).toBe(false);
      usedUp.add(number);
    }
  }
  expect(usedUp.size, 'some were served before a kill').toBeGreaterThan(0);
  const last = await startServing(words);
  for (let number = 0; number < kills * atOnce; number++) {
    const { code } = await boot(last, macOf(number));
    if (usedUp.has(number)) expect(code, `computer ${number} was served before`).toBe(5);
  }
  const again = last.lines().filter(({ event }) => event === 'delivered');
  const late = again.map((line) => Number.parseInt(String(line['client']).slice(-2), 16));
  expect(late.filter((number) => usedUp.has(number))).toEqual([]);
  expect(new Set(late).size).toBe(late.length);
}, 600_000);
