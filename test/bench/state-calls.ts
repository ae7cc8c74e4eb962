/**
 * What a call of the state of network boot takes on this disk, as src/store/README.md tells it: `npx tsx test/bench/state-calls.ts [FOLDER]`.
 * In the order of a boot: an offer, a durable delivery, a read.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { openBootState } from '../../src/store/index.ts';

const COMPUTERS = 5000;

const folder = mkdtempSync(join(argv[2] ?? tmpdir(), 'osdkit-state-'));
const times: Record<'read' | 'offer' | 'deliver', number[]> = { read: [], offer: [], deliver: [] };
async function timed(what: keyof typeof times, call: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await call();
  times[what].push(performance.now() - from);
}

try {
  const state = await openBootState(join(folder, 'osdkit.db'));
  for (let at = 0; at < COMPUTERS; at++) {
    const who = { subject: `device/pc${at}`, mac: null, guid: null };
    const boot = { client: String(at), deployment: 'ABC20001', bootImage: 'ABC00001', version: '3f2a91cc' };
    await timed('offer', () => state.offer({ ...who, ...boot, required: true, at }, true));
    await timed('deliver', () => state.deliver(boot.client, boot.version, at));
    await timed('read', () => state.read(who, at));
  }
  await state.close();
  for (const [what, all] of Object.entries(times)) {
    const sorted = all.toSorted((one, other) => one - other);
    const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(4);
    stdout.write(`${what}: median ${at(0.5)} ms, 99 % ${at(0.99)} ms, largest ${at(1)} ms\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
