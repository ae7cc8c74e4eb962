/** `/metrics` of servers that run, as Prometheus reads the text (exposition format 0.0.4). */
import { expect, onTestFinished, test } from 'vitest';
import { openOperation } from '../../../../src/app/network-boot/operation-server.ts';
import { openHub } from '../../../../src/app/network-boot/serve-hub.ts';
import type { Servers } from '../../../../src/app/network-boot/serve-servers.ts';
import { testServer } from '../../../pxe/http/server.ts';
import { ask } from '../../../pxe/tftp/asking.ts';
import { fileOf, inMemory, serve } from '../../../pxe/tftp/served.ts';

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Each line is a comment or a sample; anything else is an error. */
function samplesOf(text: string): readonly Sample[] {
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      if (/^# (?:HELP|TYPE) \w+ \S/.test(line)) return [];
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      expect(name, line).not.toBe('');
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', is = '']) => [label, is]);
      return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
    });
}

test('round trips of TFTP clients are a histogram', async () => {
  const tftp = await serve({ image: inMemory(fileOf(100_000)) });
  onTestFinished(() => tftp.close());
  const { server: http } = await testServer([]);
  let port: unknown;
  const hub = openHub({
    now: () => 0,
    told: ({ event }) => void (event.kind === 'notice' && (port = event.fields?.['operation'])),
  });
  const operation = await openOperation(
    0,
    { tftp: tftp.server, http, dhcp: null } as unknown as Servers,
    hub,
    { images: () => 1, siteProblem: () => null, stopping: () => false },
    { droppedDatagrams: () => Promise.resolve(null), eventLoopDelay: () => 0 },
  );
  onTestFinished(() => operation.close());
  const read = async () => {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/metrics`);
    expect(answer.status).toBe(200);
    const samples = samplesOf(await answer.text()).filter(({ name }) => name.startsWith('tftp_rtt_seconds'));
    const of = (part: string) => samples.filter(({ name }) => name === `tftp_rtt_seconds_${part}`);
    const buckets = of('bucket').map(({ labels, value }) => ({ le: labels['le'] ?? '', value }));
    return { buckets, sum: of('sum')[0]?.value ?? NaN, count: of('count')[0]?.value ?? NaN };
  };

  const before = await read();
  expect(before).toMatchObject({ sum: 0, count: 0 });
  expect(before.buckets.map(({ le }) => le)).toEqual(
    '0.00025 0.0005 0.001 0.002 0.004 0.008 0.016 0.032 0.064 0.125 0.25 0.5 1 2 4 +Inf'.split(' '),
  );
  await ask('image', { port: tftp.port, options: { blksize: 1456, windowsize: 4 } });
  const { buckets, sum, count } = await read();
  expect(count).toBeGreaterThan(0);
  // The OACK, and 18 windows.
  expect(count).toBeLessThanOrEqual(19);
  expect(sum).toBeGreaterThan(0);
  expect(buckets.at(-1)).toEqual({ le: '+Inf', value: count });
  // They are cumulative, and their sum lies between what they allow.
  let least = 0;
  buckets.forEach(({ value }, at) => {
    const below = buckets[at - 1];
    expect(value).toBeGreaterThanOrEqual(below?.value ?? 0);
    least += (value - (below?.value ?? 0)) * Number(below?.le ?? 0);
  });
  expect(sum).toBeGreaterThanOrEqual(least);
});
