/** What happens to the computer while it serves: an address that goes and comes back, a first minute in silence. */
import { expect, test } from 'vitest';
import type { ServedInterface, SystemInterfaces } from '../../../../pxe/responder/index.ts';
import type { ServeHost } from '../../../../src/app/network-boot/serve-host.ts';
import { openHub } from '../../../../src/app/network-boot/serve-hub.ts';
import { watchOver } from '../../../../src/app/network-boot/serve-watch.ts';
import { asked } from './serve-events.ts';

const served: ServedInterface = {
  name: 'eth0',
  address: '10.1.0.5',
  netmask: '255.255.255.0',
  mac: '52:54:00:00:00:01',
};
const at = (address: string): SystemInterfaces => ({
  eth0: [{ family: 'IPv4', address, netmask: '255.255.255.0', mac: '52:54:00:00:00:01', internal: false }],
});

/** Each sleep takes the next state of the computer, and its time passes; the last one ends it. */
async function watched(states: readonly (SystemInterfaces | 'asked')[]): Promise<string[]> {
  const told: string[] = [];
  const stop = new AbortController();
  const waiting = [...states];
  let now = 0;
  let system: SystemInterfaces = at('10.1.0.5');
  const hub = openHub({
    now: () => now,
    told: ({ event }) => void (event.kind === 'notice' && told.push(`${event.code}: ${event.text}`)),
  });
  const host: Pick<ServeHost, 'now' | 'interfaces' | 'sleep'> = {
    now: () => now,
    interfaces: () => system,
    async sleep(milliseconds) {
      now += milliseconds;
      const next = waiting.shift();
      if (next === undefined) stop.abort();
      else if (next === 'asked') hub.emit(asked({}));
      else system = next;
    },
  };
  watchOver(host as ServeHost, hub, [served], stop.signal);
  while (!stop.signal.aborted) await new Promise((resolve) => setImmediate(resolve));
  return told;
}

test('an address that goes is told once, with what is there instead, and its return', async () => {
  const here = at('10.1.0.5');
  expect(await watched(['asked', here, at('10.9.0.7'), at('10.9.0.7'), here, {}, here])).toEqual([
    'addressLost: interface eth0 lost its address 10.1.0.5: it has 10.9.0.7 now; start again to serve there',
    'addressBack: interface eth0 has its address 10.1.0.5 again',
    'addressLost: interface eth0 lost its address 10.1.0.5: it is down or gone',
    'addressBack: interface eth0 has its address 10.1.0.5 again',
  ]);
});

test('where nobody asks for a minute the doctor is named, once; where somebody asked it is not', async () => {
  const here = at('10.1.0.5');
  const minute = Array.from({ length: 30 }, () => here);
  const silent = await watched(minute);
  expect(silent).toHaveLength(1);
  expect(silent[0]).toMatch(/^silence: nobody asked in the first minute\. .*osdkit pxe doctor/);
  expect(await watched(['asked', ...minute])).toEqual([]);
});
