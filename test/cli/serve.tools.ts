/** `osdkit serve` and `pxe serve` as a process: curl reads by TFTP and HTTP; signals, changes of the site, logs. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../images/bytes/index.ts';
import { sampleBootImage } from '../../images/sample/index.ts';
import { knownClient, networkSite } from '../src/app/network-boot/network-site.ts';
import { describeWithTools, run, scratch } from '../support/tools.ts';
import { osdkit } from './command.ts';
import { onLoopback, startServing, stopServing, type Serving } from './serving.ts';

afterEach(stopServing);

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Folders of runs; those of tests have other names. */
const folders = (): string[] => readdirSync(tmpdir()).filter((name) => /^osdkit-[A-Za-z0-9]{6}$/.test(name));

describeWithTools(['curl', 'openssl'], 'serving', (tools) => {
  const curl = async (...args: string[]): Promise<Buffer> => {
    const file = join(scratch(), 'got');
    await run(tools.path('curl'), ['-sS', '-f', '--max-time', '60', '-o', file, ...args]);
    return readFileSync(file);
  };
  const path = ({ version }: Serving, file: string): string => `b/${version}/${knownClient}/${file}`;
  const byHttp = (serving: Serving, file: string): string =>
    `http://127.0.0.1:${serving.ports.http}/${path(serving, file)}`;
  const byTftp = (serving: Serving, file: string): string =>
    `tftp://127.0.0.1:${serving.ports.tftp}/${path(serving, file)}`;
  const etag = async (serving: Serving, file: string): Promise<string> => {
    const { stdout } = await run(tools.path('curl'), ['-sS', '-f', '-I', byHttp(serving, file)]);
    return /etag: "([0-9a-f]{64})"/i.exec(stdout)?.[1] ?? '';
  };

  describe('one boot image without a site', () => {
    let wim: string;
    const folder = scratch();

    beforeAll(async () => {
      wim = join(folder, 'boot.wim');
      writeFileSync(wim, await readAll(await sampleBootImage({ architecture: 'x64', size: 1 << 20 })));
    });
    const serve = (...more: string[]) => startServing(['pxe', 'serve', '--boot-image', wim, ...onLoopback, ...more]);

    test('TFTP and HTTP give the same bytes, the log tells each transfer, SIGTERM ends it with exit code 0', async () => {
      const log = join(scratch(), 'osdkit.jsonl');
      const cmtrace = join(scratch(), 'osdkit.log');
      const serving = await serve('--log', log, '--cmtrace', cmtrace);
      for (const file of ['bootmgfw.efi', 'boot.sdi', 'boot.wim']) {
        const digest = await etag(serving, file);
        expect(sha(await curl(byTftp(serving, file))), file).toBe(digest);
        expect(sha(await curl(byHttp(serving, file))), file).toBe(digest);
      }
      // Any case and backslashes, and the name alone where the path before it tells whose it is.
      const capitals = byTftp(serving, '').replace(/b\/(.*)$/, 'B\\$1BOOTMGFW.EFI');
      expect(sha(await curl(capitals))).toBe(await etag(serving, 'bootmgfw.efi'));
      const bcd = await curl(`tftp://127.0.0.1:${serving.ports.tftp}/Boot/BCD`);
      expect(bcd.toString('latin1', 0, 4)).toBe('regf');

      const loaded = await serving.told(
        ({ event, class: kind, protocol }) => event === 'finished' && kind === 'bootImage' && protocol === 'tftp',
      );
      expect(loaded).toMatchObject({
        outcome: 'delivered',
        ip: '127.0.0.1',
        mac: '52:54:00:12:34:56',
        blockSize: 512,
        window: 1,
        repeated: 0,
      });
      expect(loaded['bytes']).toBe(loaded['size']);
      // One start of one computer: one id.
      const boots = serving.lines().filter(({ event }) => event === 'finished');
      expect(new Set(boots.map(({ boot }) => boot)).size).toBe(1);

      serving.send('SIGTERM');
      const { code, result } = await serving.ended();
      expect(code).toBe(0);
      expect(result).toMatchObject({ ended: 'stopped', computers: 1, booted: 1 });
      const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
      const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
      expect(events).toEqual(expect.arrayContaining(['listening', 'finished', 'stopping']));
      for (const line of readFileSync(cmtrace, 'utf8').trimEnd().split('\n')) {
        expect(line).toMatch(/^<!\[LOG\[.*\]LOG\]!><time="[\d:.+]+" date="[\d-]+" component="osdkit" .*>$/);
      }
    }, 60_000);

    test('it ends by itself, and leaves no prepared image behind', async () => {
      const before = folders();
      const serving = await serve('--for', '1s');
      const { code, result } = await serving.ended();
      expect(code).toBe(0);
      expect(result).toMatchObject({ ended: 'time' });
      expect(folders().filter((name) => !before.includes(name))).toEqual([]);
    }, 60_000);

    test('metrics and health are there for those on this computer', async () => {
      const serving = await serve('--operation-port', '0');
      await curl(byTftp(serving, 'bootmgfw.efi'));
      await curl(byHttp(serving, 'boot.sdi'));
      await serving.told(({ event, protocol }) => event === 'finished' && protocol === 'http');
      const { operation } = await serving.told(({ event }) => event === 'operation');
      const place = `http://127.0.0.1:${String(operation)}`;
      expect((await curl(`${place}/healthz`)).toString()).toBe('ok\n');
      const metrics = (await curl(`${place}/metrics`)).toString();
      expect(metrics).toMatch(/^tftp_bytes_total\{file_class="loader"\} \d+$/m);
      expect(metrics).toMatch(/^http_bytes_total\{file_class="sdi"\} \d+$/m);
      expect(metrics).toMatch(/^eventloop_delay_seconds\{thread="tftp-0"\} /m);
      expect(metrics).toMatch(/^dhcp_handle_seconds_count /m);
      expect(metrics).not.toContain('52:54:00');
      expect(metrics).not.toContain(knownClient);
    }, 60_000);

    test('SIGTERM lets a transfer end, takes no new one, and says so; the second one waits for nothing', async () => {
      const serving = await serve('--operation-port', '0');
      const { operation } = await serving.told(({ event }) => event === 'operation');
      const digest = await etag(serving, 'boot.iso');
      const slow = curl('--limit-rate', '12M', byHttp(serving, 'boot.iso'));
      await serving.told(({ event, class: kind }) => event === 'started' && kind === 'imageFile');
      serving.send('SIGTERM');
      await serving.told(({ event }) => event === 'stopping');
      const health = await run(tools.path('curl'), ['-sS', `http://127.0.0.1:${String(operation)}/healthz`]);
      expect(health.stdout).toContain('stopping');
      const refused = await run(tools.path('curl'), ['-sS', '--max-time', '3', byTftp(serving, 'boot.sdi')], {
        allowFailure: true,
      });
      expect(refused.code).not.toBe(0);
      expect(sha(await slow)).toBe(digest);
      expect((await serving.ended()).code).toBe(0);

      const before = folders();
      const second = await serve();
      const cut = run(
        tools.path('curl'),
        ['-sS', '-o', '/dev/null', '--limit-rate', '1M', byHttp(second, 'boot.iso')],
        {
          allowFailure: true,
        },
      );
      await second.told(({ event, class: kind }) => event === 'started' && kind === 'imageFile');
      second.send('SIGINT');
      await second.told(({ event }) => event === 'stopping');
      second.send('SIGINT');
      expect((await second.ended()).code).toBe(130);
      expect((await cut).code).not.toBe(0);
      expect(folders().filter((name) => !before.includes(name))).toEqual([]);
    }, 90_000);

    test('HTTPS with the certificate that is given', async () => {
      const place = scratch();
      const [key, certificate] = [join(place, 'key.pem'), join(place, 'certificate.pem')];
      const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=osdkit';
      const names = ['-addext', 'subjectAltName=IP:127.0.0.1'];
      await run(tools.path('openssl'), [...words.split(' '), ...names, '-keyout', key, '-out', certificate]);
      const serving = await serve('--tls-certificate', certificate, '--tls-key', key);
      const url = byHttp(serving, 'boot.sdi').replace('http:', 'https:');
      expect(sha(await curl('--cacert', certificate, url))).toBe(sha(await curl(byTftp(serving, 'boot.sdi'))));
      const half = await osdkit(folder, ['pxe', 'serve', '--boot-image', wim, ...onLoopback, '--tls-key', key]);
      expect(half.code).toBe(2);
      expect(half.stderr).toContain('--tls-key needs --tls-certificate');
    }, 60_000);

    test('a port that is taken is named, with what to do', async () => {
      const serving = await serve();
      const again = await osdkit(folder, [
        'pxe',
        'serve',
        '--boot-image',
        wim,
        ...onLoopback.filter((word) => !word.startsWith('--tftp-port')),
        `--tftp-port=${serving.ports.tftp}`,
      ]);
      expect(again.code).toBe(4);
      expect(again.stderr).toContain(String(serving.ports.tftp));
      expect(again.stderr).toMatch(/ss -lunp/);
    }, 60_000);
  });

  describe('a site', () => {
    test('a computer in the middle of a boot goes on with the version that it began with', async () => {
      const site = await networkSite({ size: 1 << 20 });
      const serving = await startServing(['serve', '--site', site.folder, ...onLoopback]);
      await curl(byTftp(serving, 'bootmgfw.efi'));
      await site.replaceImage(2 << 20);
      await serving.told(({ event }) => event === 'reloaded');
      expect((await curl(byTftp(serving, 'BCD'))).subarray(0, 4).toString('latin1')).toBe('regf');
      expect((await curl(byTftp(serving, 'boot.wim'))).subarray(0, 5).toString('latin1')).toBe('MSWIM');
      // Now it has all, and nobody else boots the old one.
      const prepared = join(site.folder, 'state', 'network-boot');
      for (const end = performance.now() + 5000; readdirSync(prepared).length > 1 && performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(readdirSync(prepared)).toHaveLength(1);
      await expect(curl(byTftp(serving, 'BCD'))).rejects.toThrow();
      serving.send('SIGTERM');
      expect((await serving.ended()).code).toBe(0);
    }, 60_000);

    test('ten reloads with another boot image during a slow transfer: it ends with the bytes that it began with', async () => {
      const site = await networkSite({ size: 8 << 20 });
      const serving = await startServing(['serve', '--site', site.folder, ...onLoopback]);
      const digest = await etag(serving, 'boot.iso');
      const slow = curl('--limit-rate', '4M', byHttp(serving, 'boot.iso'));
      await serving.told(({ event }) => event === 'started');
      let version = serving.version;
      for (let round = 1; round <= 10; round++) {
        const from = serving.lines().length;
        await site.replaceImage((1 << 20) + round);
        await serving.told(({ event }) => event === 'reloaded', from);
        const image = serving
          .lines()
          .slice(from)
          .find(({ event }) => event === 'image');
        expect(image?.['version'], `round ${round}`).not.toBe(version);
        version = String(image?.['version']);
      }
      const old = { ...serving };
      const now = { ...serving, version };
      expect((await curl(byTftp(now, 'bootmgfw.efi'))).length).toBeGreaterThan(0);
      expect(await etag(now, 'boot.iso')).not.toBe(digest);
      expect(sha(await slow)).toBe(digest);
      await serving.told(
        ({ event, class: kind, outcome }) => event === 'finished' && kind === 'imageFile' && outcome === 'delivered',
      );
      // What nobody reads any more is gone: the name and the folder.
      const prepared = join(site.folder, 'state', 'network-boot');
      for (const end = performance.now() + 5000; readdirSync(prepared).length > 1 && performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(readdirSync(prepared).map((name) => name.slice(0, 8))).toEqual([version]);
      await expect(curl(byTftp(old, 'bootmgfw.efi'))).rejects.toThrow();
      serving.send('SIGTERM');
      expect((await serving.ended()).code).toBe(0);
    }, 120_000);

    test('a site with mistakes changes nothing and all of them are told; the mended one is taken over', async () => {
      const site = await networkSite();
      const serving = await startServing(['serve', '--site', site.folder, ...onLoopback, '--operation-port', '0']);
      const { operation } = await serving.told(({ event }) => event === 'operation');
      const health = `http://127.0.0.1:${String(operation)}/healthz`;
      const point = readFileSync(join(site.folder, 'distribution-points/dp1.yaml'), 'utf8');
      site.put('distribution-points/dp1.yaml', `${point}  delay: never\n  windows: 3\n`);
      const refused = await serving.told(({ event }) => event === 'APP_SITE');
      expect(refused.message).toContain('dp1.yaml:4:');
      expect(refused.message).toContain('dp1.yaml:5:');
      expect((await curl(health)).toString()).toMatch(/^ok\nnote: the changed site was not taken over: /);
      expect((await curl(byTftp(serving, 'bootmgfw.efi'))).length).toBeGreaterThan(0);
      const from = serving.lines().length;
      site.put('distribution-points/dp1.yaml', `${point}  delay: 1\n`);
      await serving.told(({ event }) => event === 'reloaded', from);
      expect((await curl(health)).toString()).toBe('ok\n');
      // Asked to, without a change: nothing happens, and nothing breaks.
      serving.send('SIGHUP');
      await serving.told(({ event }) => event === 'reload', from);
      expect((await curl(byTftp(serving, 'bootmgfw.efi'))).length).toBeGreaterThan(0);
      serving.send('SIGTERM');
      expect((await serving.ended()).code).toBe(0);
    }, 60_000);

    test('one that cannot be served is refused before anything is made', async () => {
      const site = await networkSite();
      site.put('distribution-points/dp1.yaml', 'name: DP1\n');
      const refused = await osdkit(site.folder, ['serve', ...onLoopback]);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('SERVE_POINT');
      expect(existsSync(join(site.folder, 'state'))).toBe(false);
    }, 30_000);
  });
});
