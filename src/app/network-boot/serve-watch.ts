/** What happens to the computer while it serves: an address that goes, and a first minute in which nobody asks. */
import type { ServedInterface } from '../../../pxe/responder/index.ts';
import type { ServeHost } from './serve-host.ts';
import type { ServeHub } from './serve-hub.ts';

/** Milliseconds. */
const lookEvery = 5000;
const silenceTold = 60_000;

/** Looks until the signal is aborted, or what it returns is called. */
export function watchOver(
  host: ServeHost,
  hub: ServeHub,
  served: readonly ServedInterface[],
  signal: AbortSignal,
): () => void {
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  void watchLoop(host, hub, served, stopped);
  return () => stop.abort();
}

async function watchLoop(
  host: ServeHost,
  hub: ServeHub,
  served: readonly ServedInterface[],
  signal: AbortSignal,
): Promise<void> {
  const gone = new Set<string>();
  const begun = host.now();
  let silent = served.some(({ address }) => !address.startsWith('127.'));
  while (!signal.aborted) {
    await host.sleep(lookEvery, signal);
    if (signal.aborted) return;
    const now = host.interfaces();
    for (const { name, address } of served) {
      const there = now[name]?.some((at) => at.address === address) === true;
      if (there === !gone.has(name)) continue;
      if (there) {
        gone.delete(name);
        hub.notice('info', 'addressBack', `interface ${name} has its address ${address} again`);
      } else {
        gone.add(name);
        const others = now[name]?.map((at) => at.address).join(', ') ?? '';
        const has = others === '' ? 'it is down or gone' : `it has ${others} now; start again to serve there`;
        hub.notice('error', 'addressLost', `interface ${name} lost its address ${address}: ${has}`);
      }
    }
    if (!silent) continue;
    if (hub.machines.size > 0) silent = false;
    else if (host.now() - begun >= silenceTold) {
      silent = false;
      const hint =
        'Is it on the network of the computers, is network boot on in their firmware, does a relay forward to it?';
      hub.notice('info', 'silence', `nobody asked in the first minute. ${hint} osdkit pxe doctor listens and explains`);
    }
  }
}
