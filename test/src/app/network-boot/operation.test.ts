/** Metrics and health: sums of events, no label that names a computer. */
import { expect, test } from 'vitest';
import { healthOf } from '../../../../src/app/network-boot/operation-health.ts';
import { metricFamilies } from '../../../../src/app/network-boot/operation-metrics.ts';
import { openTallies } from '../../../../src/app/network-boot/operation-tallies.ts';
import { transfer } from './serve-events.ts';

test('events become the metrics of the network facts, section 7', () => {
  const tallies = openTallies();
  const loaded = { phase: 'finished', outcome: 'delivered', bytes: 100, seconds: 2 } as const;
  tallies.add(transfer({ phase: 'progress', bytes: 50 }));
  tallies.add(transfer(loaded));
  tallies.add(transfer({ ...loaded, protocol: 'http', fileClass: 'imageFile' }));
  tallies.add({ kind: 'rival', address: '10.0.0.1', text: 'x' });

  const families = metricFamilies(tallies, [
    { name: 'cache_bytes', help: 'Bytes in the cache.', type: 'gauge', value: 7 },
    { name: 'eventloop_delay_seconds', help: 'Delay.', type: 'gauge', value: 1, labels: { thread: 'main' } },
    { name: 'eventloop_delay_seconds', help: 'Delay.', type: 'gauge', value: 2, labels: { thread: 'tftp-0' } },
  ]);
  const samples = (name: string) => families.find((family) => family.name === name)?.samples;
  expect(samples('tftp_bytes_total')).toEqual([{ labels: { file_class: 'bootImage' }, value: 100 }]);
  expect(samples('http_bytes_total')).toEqual([{ labels: { file_class: 'imageFile' }, value: 100 }]);
  expect(samples('pxe_rivals_total')).toEqual([{ labels: {}, value: 1 }]);
  expect(samples('eventloop_delay_seconds')?.map(({ value }) => value)).toEqual([1, 2]);
  expect(JSON.stringify(families)).not.toMatch(/525400|10\.0\.0/);
});

test('labels cannot grow without end', () => {
  const tallies = openTallies();
  for (let i = 0; i < 500; i++) tallies.add(transfer({ phase: 'finished', fileClass: `class${i}` }));
  const samples = tallies.samples().get('tftp_transfers_total') ?? [];
  expect(samples.length).toBeLessThanOrEqual(201);
  expect(samples.reduce((sum, { value }) => sum + value, 0)).toBe(500);
  expect(samples.at(-1)?.labels['file_class']).toBe('other');
});

test('healthy is who can serve; a bad change of the site is told and no reason to stop', () => {
  const up = { up: true } as const;
  const good = { dhcp: up, tftp: up, http: null, images: 1, stopping: false, siteProblem: null };
  expect(healthOf(good)).toEqual({ ok: true, lines: ['ok'] });
  expect(healthOf({ ...good, siteProblem: 'a.yaml:3:1: x' })).toEqual({
    ok: true,
    lines: ['ok', 'note: the changed site was not taken over: a.yaml:3:1: x'],
  });
  expect(healthOf({ ...good, images: 0 }).ok).toBe(false);
  expect(healthOf({ ...good, stopping: true }).ok).toBe(false);
  expect(healthOf({ ...good, dhcp: { up: false, why: 'port 67 is in use' } }).lines).toEqual([
    'not ok',
    'dhcp: port 67 is in use',
  ]);
});
