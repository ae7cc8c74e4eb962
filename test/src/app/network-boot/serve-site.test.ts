/** Parts of serving a site: which point, its settings as the servers take them, leases that stay, reloads. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../../src/core/index.ts';
import { type ReloadParts, watchSite } from '../../../../src/app/network-boot/reload-site.ts';
import { openLeases } from '../../../../src/app/network-boot/serve-leases.ts';
import {
  fixedSettings,
  pointOf,
  responderSettings,
  tftpReading,
} from '../../../../src/app/network-boot/serve-point.ts';
import { pointTransport } from '../../../../src/app/network-boot/serve-transport.ts';
import { scratch } from '../../../support/scratch.ts';
import { siteOf } from '../../site/site-of.ts';

describe('the point that this computer is', () => {
  const { site } = siteOf({
    'distribution-points/a.yaml': 'name: Main\npxe: { enabled: true }\n',
    'distribution-points/b.yaml': 'name: Branch\npxe: { enabled: true }\n',
    'distribution-points/c.yaml': 'name: Files\n',
  });

  test('is named, in any case, or the only one', () => {
    expect(pointOf(site, 'branch').name).toBe('Branch');
    const single = siteOf({ 'distribution-points/a.yaml': 'name: Main\npxe: { enabled: true }\n' }).site;
    expect(pointOf(single, undefined).name).toBe('Main');
  });

  test('is not guessed, and one that does not answer is not taken', () => {
    expect(() => pointOf(site, undefined)).toThrow(/several .*"Main", "Branch"|several .*"Branch", "Main"/);
    expect(() => pointOf(site, 'Files')).toThrow(/PXE is off at distribution point "Files"/);
    expect(() => pointOf(site, 'Nowhere')).toThrow(/no distribution point "Nowhere"; with PXE on: /);
    expect(() => pointOf(siteOf({}).site, undefined)).toThrow(/no distribution point of the site answers/);
  });
});

describe('settings of a point', () => {
  test('are what the DHCP side takes', () => {
    expect(
      responderSettings({
        enabled: true,
        relays: ['10.1.0.1'],
        excludedMacAddresses: ['00-15-5D-00-00-08'],
        delay: 2,
      }),
    ).toEqual({ mode: 'proxy', relays: ['10.1.0.1'], ignoredMacs: ['00:15:5d:00:00:08'], delay: 2000 });
    expect(responderSettings({ enabled: true, optionOnly: true }).mode).toBe('bootServerOnly');
    const full = responderSettings({
      enabled: true,
      dhcpServer: { range: '10.9.0.100-10.9.0.199', router: '10.9.0.1' },
    });
    expect(full).toMatchObject({
      mode: 'full',
      lease: { first: '10.9.0.100', last: '10.9.0.199', prefixLength: 24, leaseTime: 3600, router: '10.9.0.1' },
    });
  });

  test('are how boot managers read and how fast is sent', () => {
    expect(tftpReading({ enabled: true })).toMatchObject({ blockSize: 1456, window: 16, queueBudget: 256_000 });
    expect(tftpReading({ enabled: true, tftp: { window: 8, queueBudget: 64 } })).toMatchObject({
      window: 8,
      queueBudget: 64_000,
    });
    expect(pointTransport({ enabled: true })).toEqual({ pacing: true, maxWindow: 64, queueBudget: 256_000 });
    expect(pointTransport({ enabled: true, linkSpeed: 1000, pacing: false })).toMatchObject({
      linkSpeed: 1000,
      pacing: false,
    });
  });

  test('that need another start are told from those that do not', () => {
    const now = fixedSettings({ enabled: true });
    expect(fixedSettings({ enabled: true, delay: 3, relays: ['10.1.0.1'], triesPerHour: 5 })).toBe(now);
    expect(fixedSettings({ enabled: true, optionOnly: true })).not.toBe(now);
    expect(fixedSettings({ enabled: true, linkSpeed: 100 })).not.toBe(now);
  });
});

test('addresses stay with their clients over a restart; what a crash cut is left out', async () => {
  const path = join(scratch(), 'leases.jsonl');
  const first = await openLeases(path, () => 1000);
  const lease = { address: '10.9.0.100', client: 'm525400123456', ends: 5000, declined: false };
  await first.keep(lease);
  await first.keep({ ...lease, ends: 9000 });
  await first.keep({ ...lease, address: '10.9.0.101', client: null });
  await first.keep({ ...lease, address: '10.9.0.102', declined: true, ends: 2000 });
  await first.close();
  appendFileSync(path, '{"address":"10.9.0.103","cl');
  const second = await openLeases(path, () => 20_000);
  expect(second.records).toEqual([{ ...lease, ends: 9000 }]);
  await second.close();
});

test('the journal of addresses is written anew while it grows; what ended meanwhile leaves it', async () => {
  const path = join(scratch(), 'leases.jsonl');
  let now = 1000;
  const leases = await openLeases(path, () => now);
  const lease = (host: number, ends: number) => {
    const client = `m5254001234${host.toString(16).padStart(2, '0')}`;
    return { address: `10.9.0.${host}`, client, ends, declined: false };
  };
  await leases.keep({ ...lease(200, 2000), declined: true });
  await leases.keep({ ...lease(201, 9e9), client: null });
  now = 5000;
  const hosts = Array.from({ length: 50 }, (_, at) => at + 1);
  for (let round = 0; round < 40; round++)
    await Promise.all(hosts.map((host) => leases.keep(lease(host, now + round))));
  await leases.close();
  // 50 addresses in some 100 bytes each, where 2000 renewals were kept.
  const text = readFileSync(path, 'utf8');
  expect(text.length).toBeLessThan(100_000);
  expect(text).not.toMatch(/10\.9\.0\.20[01]/);
  const again = await openLeases(path, () => now);
  expect(again.records).toEqual(hosts.map((host) => lease(host, now + 39)));
  await again.close();
});

describe('a reload', () => {
  /** The reading at the beginning, which finds nothing new, is over. */
  async function stage(reload: ReloadParts['reload']) {
    let begun = false;
    const found = beginning(async (signal) => (begun ? await reload(signal) : false));
    await found.pass();
    begun = true;
    return found;
  }

  /** Time stands still until `pass`; all that sleep then wake. */
  function beginning(reload: ReloadParts['reload']) {
    const told: string[] = [];
    let changed = (): void => undefined;
    let asked = (): void => undefined;
    let sleeping: (() => void)[] = [];
    const reloads = watchSite({
      folder: 'site',
      reload,
      hub: { notice: (level, code, text) => void told.push(`${level} ${code}: ${text}`) },
      host: {
        watch: (_, call) => ((changed = call), () => undefined),
        onReload: (call) => ((asked = call), () => undefined),
        sleep: (_, signal) =>
          new Promise((resolve) => {
            sleeping.push(resolve);
            signal.addEventListener('abort', () => resolve());
          }),
      },
    });
    const settle = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) await Promise.resolve();
    };
    return {
      reloads,
      told,
      change: () => changed(),
      hangUp: () => asked(),
      pass: async (): Promise<void> => {
        const woken = sleeping;
        sleeping = [];
        for (const wake of woken) wake();
        await settle();
      },
    };
  }

  test('reads once when it begins: what changed before it was watched is served, too', async () => {
    let read = 0;
    const { pass, told } = beginning(async () => ++read > 0);
    expect(read).toBe(0);
    await pass();
    expect(read).toBe(1);
    expect(told).toEqual(['info reloaded: the changed site is served']);
    await pass();
    expect(read).toBe(1);
  });

  test('waits until the files are quiet, and reads them once', async () => {
    let read = 0;
    const { change, pass, told } = await stage(async () => ++read > 0);
    change();
    await pass();
    expect(read).toBe(1);
    change();
    change();
    await pass();
    expect(read, 'something changed while it waited').toBe(1);
    await pass();
    expect(read).toBe(2);
    expect(told).toEqual(['info reloaded: the changed site is served', 'info reloaded: the changed site is served']);
  });

  test('of a site with mistakes is told with all of them, until they are gone', async () => {
    const outcomes = [
      () => {
        throw new InputError('APP_SITE', 'a.yaml:3:1: x\nb.yaml:1:1: y');
      },
      () => false,
      () => false,
    ];
    const { change, hangUp, pass, told, reloads } = await stage(async () => outcomes.shift()?.() ?? false);
    change();
    await pass();
    expect(reloads.problem).toBe('a.yaml:3:1: x\nb.yaml:1:1: y');
    expect(told[0]).toMatch(/^error APP_SITE: .*a\.yaml:3:1: x\nb\.yaml/s);
    change();
    await pass();
    expect(reloads.problem).toBeNull();
    expect(told[1]).toBe('info reloaded: the site is as it was before its mistakes');
    hangUp();
    await pass();
    expect(told.slice(2)).toEqual(['info reload: asked to reload']);
  });

  test('ends with the server, also in the middle', async () => {
    const { change, reloads, told } = await stage(async () => true);
    change();
    await reloads.close();
    expect(told).toEqual([]);
  });
});
