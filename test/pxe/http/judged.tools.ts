/** Our answers beside nginx's, and with curl as client: parts, resumed downloads, HTTPS. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import { diskFile, sha256, someBytes } from '../content/served.ts';
import { type RunningNginx, startNginx } from './nginx.ts';
import { testServer } from './server.ts';

const SIZE = 3_000_001;

interface Seen {
  readonly status: number;
  readonly contentRange: string | undefined;
  readonly length: string | undefined;
  readonly acceptRanges: string | undefined;
  readonly body: string;
}

/** What curl got for one request. */
async function curl(path: string, url: string, ...args: string[]): Promise<Seen> {
  const folder = scratch();
  const [head, body] = [join(folder, 'head'), join(folder, 'body')];
  writeFileSync(body, '');
  const { stdout } = await run(path, ['-s', '-m', '20', '-D', head, '-o', body, '-w', '%{http_code}', ...args, url]);
  const text = readFileSync(head, 'latin1');
  const header = (name: string) => new RegExp(`^${name}: *(.*?)\r?$`, 'im').exec(text)?.[1];
  const status = Number(stdout);
  return {
    status,
    contentRange: header('content-range'),
    // Of an error nginx sends a page, we nothing: its length says nothing.
    length: status < 300 ? header('content-length') : undefined,
    acceptRanges: status === 200 ? header('accept-ranges') : undefined,
    // Of HEAD curl writes the headers.
    body: status < 300 && !args.includes('-I') ? sha256(readFileSync(body)) : '',
  };
}

describeWithTools(['nginx', 'curl'], 'the same as nginx', (tools) => {
  const folder = scratch();
  const bytes = someBytes(SIZE);
  let nginx: RunningNginx;
  let ours: Awaited<ReturnType<typeof testServer>>;
  let tags: { readonly ours: string; readonly theirs: string };

  beforeAll(async () => {
    const file = diskFile(join(folder, 'served'), bytes, { offset: 4096, until: afterAll });
    const empty = diskFile(join(folder, 'none'), new Uint8Array(0), { until: afterAll });
    writeFileSync(join(folder, 'boot.wim'), bytes);
    writeFileSync(join(folder, 'empty'), '');
    nginx = await startNginx(tools.path('nginx'), folder, join(scratch(), 'nginx'));
    const routes = [
      { name: 'boot.wim', content: file },
      { name: 'empty', content: empty },
    ];
    ours = await testServer(routes, { until: afterAll });
    const tag = async (url: string) => (await fetch(`${url}/boot.wim`, { method: 'HEAD' })).headers.get('etag') ?? '';
    tags = { ours: await tag(ours.url), theirs: await tag(nginx.url) };
  });
  afterAll(() => nginx.stop());

  test.each([
    [[]],
    [['-r', '0-0']],
    [['-r', '-500']],
    [['-r', `-${SIZE}`]],
    [['-r', `-${SIZE + 10}`]],
    [['-r', `${SIZE - 1}-`]],
    [['-r', `${SIZE}-`]],
    [['-r', `${SIZE + 5}-${SIZE + 6}`]],
    [['-r', '0-']],
    [['-r', '1000000-1999999']],
    [['-r', `10-${SIZE + 100}`]],
    [['-H', 'Range: bytes=5-2']],
    [['-H', 'Range: bytes=-']],
    [['-H', 'Range: bytes=-0']],
    [['-H', 'Range: bytes=x-y']],
    [['-H', 'Range: bytes= 5 - 9']],
    [['-H', 'Range: lines=1-2']],
    [['-r', '0-9', '-H', 'If-Range: TAG']],
    [['-r', '0-9', '-H', 'If-Range: "nope"']],
    [['-H', 'If-None-Match: TAG']],
    [['-H', 'If-None-Match: W/TAG']],
    [['-H', 'If-None-Match: "nope", TAG']],
    [['-H', 'If-None-Match: *']],
    [['-H', 'If-None-Match: "nope"']],
    [['-H', 'If-Match: TAG']],
    [['-H', 'If-Match: "nope"']],
    [['-H', 'If-Match: "nope"', '-r', '0-9']],
    [['-I']],
    [['-X', 'POST']],
  ])('boot.wim with %j', async (args) => {
    const tagged = (tag: string) => args.map((arg) => arg.replace('TAG', tag));
    const theirs = await curl(tools.path('curl'), `${nginx.url}/boot.wim`, ...tagged(tags.theirs));
    const mine = await curl(tools.path('curl'), `${ours.url}/boot.wim`, ...tagged(tags.ours));
    expect(mine).toEqual(theirs);
  });

  test.each([[['-r', '0-']], [['-r', '-5']], [[]]])('an empty file with %j', async (args) => {
    const theirs = await curl(tools.path('curl'), `${nginx.url}/empty`, ...args);
    const mine = await curl(tools.path('curl'), `${ours.url}/empty`, ...args);
    expect([mine.status, mine.body]).toEqual([theirs.status, theirs.body]);
  });

  test('where we differ: several ranges get the whole file, nginx sends a multipart body', async () => {
    const args = ['-H', 'Range: bytes=0-1,5-6'];
    expect((await curl(tools.path('curl'), `${nginx.url}/boot.wim`, ...args)).status).toBe(206);
    expect(await curl(tools.path('curl'), `${ours.url}/boot.wim`, ...args)).toMatchObject({
      status: 200,
      body: sha256(bytes),
    });
  });
});

describeWithTools(['curl', 'openssl'], 'curl', (tools) => {
  test('goes on with a download that was cut, and gets the same bytes', async () => {
    const folder = scratch();
    // The system holds some megabytes of it between server and client.
    const bytes = someBytes(60_000_000);
    const { url, whenFinished } = await testServer([
      { name: 'boot.wim', content: diskFile(join(folder, 'served'), bytes) },
    ]);
    const target = join(folder, 'got');
    const first = ['-s', '--limit-rate', '4M', '-m', '3', '-o', target, `${url}/boot.wim`];
    expect((await run(tools.path('curl'), first, { allowFailure: true })).code).not.toBe(0);
    const cut = readFileSync(target).length;
    expect(cut).toBeLessThan(bytes.length);
    await run(tools.path('curl'), ['-s', '-m', '20', '-C', '-', '-o', target, `${url}/boot.wim`]);
    expect(sha256(readFileSync(target))).toBe(sha256(bytes));
    const [aborted, rest] = await whenFinished(2);
    expect(aborted).toMatchObject({ outcome: 'aborted', complete: false });
    expect(rest).toMatchObject({ outcome: 'delivered', detail: `bytes ${cut}-${bytes.length - 1}` });
  });

  test('retries after 503 by itself', async () => {
    const bytes = someBytes(20_000_000);
    const { url, refused, server } = await testServer(
      [{ name: 'b/00000001/*/boot.wim', content: diskFile(join(scratch(), 'served'), bytes) }],
      { limits: { images: 1 } },
    );
    const path = (client: number) => `${url}/b/00000001/00000000000${client}/boot.wim`;
    const slow = run(tools.path('curl'), ['-s', '--limit-rate', '15M', '-o', '/dev/null', path(1)]);
    while ((await server.counts()).transfers === 0) await wait(10);
    const target = join(scratch(), 'got');
    await run(tools.path('curl'), ['-s', '-f', '--retry', '5', '-o', target, path(3)]);
    expect(sha256(readFileSync(target))).toBe(sha256(bytes));
    expect(refused.some(({ reason, name }) => reason === 'too many images at once' && name.includes('3/boot'))).toBe(
      true,
    );
    await slow;
  });

  describe('by HTTPS', () => {
    const folder = scratch();
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    beforeAll(async () => {
      const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
      const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
      await run(tools.path('openssl'), [
        'req',
        '-x509',
        ...ec,
        '-nodes',
        '-keyout',
        key,
        '-out',
        certificate,
        ...subject,
      ]);
    });

    test('the end of the server does not wait for one whose TLS never begins', { timeout: 20_000 }, async () => {
      const tls = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
      const { server } = await testServer([], { tls, limits: { headSeconds: 300 } });
      const silent = connect(server.port, '127.0.0.1');
      const ended = once(silent, 'close');
      await expect.poll(async () => (await server.counts()).connections).toBe(1);
      await server.close({ drainMs: 0 });
      await ended;
    });

    test('gets a file whole and in parts, with TLS 1.2 and 1.3, and not with 1.1', async () => {
      const bytes = someBytes(9_000_000);
      const tls = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
      const routes = [{ name: 'boot.iso', content: diskFile(join(folder, 'served'), bytes) }];
      const { url, whenFinished, server } = await testServer(routes, { tls, cacheBytes: 2 << 20 });
      const trust = ['--cacert', certificate];
      const target = `${url}/boot.iso`;
      for (const version of ['1.2', '1.3']) {
        const limits = [`--tlsv${version}`, '--tls-max', version];
        expect((await curl(tools.path('curl'), target, ...trust, ...limits)).body).toBe(sha256(bytes));
      }
      const part = await curl(tools.path('curl'), target, ...trust, '-r', '1000000-2000000');
      expect(part).toMatchObject({ status: 206, body: sha256(bytes.subarray(1_000_000, 2_000_001)) });
      expect((await whenFinished(3)).map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered', 'delivered']);
      const old = ['-s', ...trust, '--tlsv1.0', '--tls-max', '1.1', '-o', '/dev/null', target];
      expect((await run(tools.path('curl'), old, { allowFailure: true })).code).toBe(35);
      const untrusted = await run(tools.path('curl'), ['-s', '-o', '/dev/null', target], { allowFailure: true });
      expect(untrusted.code).toBe(60);
      const plain = ['-s', '-o', '/dev/null', target.replace('https', 'http')];
      expect((await run(tools.path('curl'), plain, { allowFailure: true })).code).not.toBe(0);
      expect((await server.counts()).connections).toBe(0);
    });
  });
});
