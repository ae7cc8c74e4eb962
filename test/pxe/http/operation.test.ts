/** `/healthz`, `/metrics`, and the text that Prometheus reads. */
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type MetricFamily,
  type OperationOptions,
  openOperationServer,
  prometheusText,
} from '../../../pxe/http/index.ts';

describe('the text', () => {
  test('has help, type, labels and values, with what must be escaped', () => {
    const families: MetricFamily[] = [
      { name: 'a_total', help: 'Of "a"\nand \\.', type: 'counter', samples: [{ labels: {}, value: 3 }] },
      {
        name: 'b',
        help: 'B.',
        type: 'gauge',
        samples: [
          { labels: { x: 'a"b\\c\nd', y: '' }, value: 0.5 },
          { labels: { x: 'e' }, value: Number.POSITIVE_INFINITY },
        ],
      },
      {
        name: 'c_seconds',
        help: 'C.',
        type: 'histogram',
        samples: [
          {
            labels: { t: '1' },
            buckets: [
              [0.1, 2],
              [1, 3],
            ],
            above: 1,
            sum: 9.5,
          },
        ],
      },
    ];
    expect(prometheusText(families)).toBe(
      [
        '# HELP a_total Of "a"\\nand \\\\.',
        '# TYPE a_total counter',
        'a_total 3',
        '# HELP b B.',
        '# TYPE b gauge',
        'b{x="a\\"b\\\\c\\nd",y=""} 0.5',
        'b{x="e"} +Inf',
        '# HELP c_seconds C.',
        '# TYPE c_seconds histogram',
        'c_seconds_bucket{t="1",le="0.1"} 2',
        'c_seconds_bucket{t="1",le="1"} 5',
        'c_seconds_bucket{t="1",le="+Inf"} 6',
        'c_seconds_sum{t="1"} 9.5',
        'c_seconds_count{t="1"} 6',
        '',
      ].join('\n'),
    );
  });

  test.each([
    [[{ name: 'a-b', help: '', type: 'gauge', samples: [] }]],
    [[{ name: 'a', help: '', type: 'gauge', samples: [{ labels: { 'x-y': '' }, value: 1 }] }]],
    [
      [
        { name: 'a', help: '', type: 'gauge', samples: [] },
        { name: 'a', help: '', type: 'counter', samples: [] },
      ],
    ],
  ] as const)('refuses names that Prometheus does not read: %j', (families) => {
    expect(() => prometheusText(families)).toThrow(expect.objectContaining({ code: 'HTTP_METRIC' }));
  });
});

describe('the listener', () => {
  const open = async (options: Partial<OperationOptions> = {}) => {
    const server = await openOperationServer({
      port: 0,
      health: () => Promise.resolve({ ok: true, lines: ['ok'] }),
      metrics: () => Promise.resolve([{ name: 'a', help: 'A.', type: 'gauge', samples: [{ labels: {}, value: 1 }] }]),
      ...options,
    });
    onTestFinished(() => server.close());
    return { server, url: `http://127.0.0.1:${server.port}` };
  };

  test('is on loopback and says health and metrics', async () => {
    const { server, url } = await open();
    expect(server.address).toBe('127.0.0.1');
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
    const metrics = await fetch(`${url}/metrics?x=1`);
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await metrics.text()).toContain('\na 1\n');
    expect((await fetch(`${url}/other`)).status).toBe(404);
    expect((await fetch(`${url}/metrics`, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  test('says 503 with the reasons when it is not well, and 500 without when the numbers cannot be read', async () => {
    const { url } = await open({
      health: () => Promise.resolve({ ok: false, lines: ['not ok', 'tftp: its thread does not answer'] }),
      metrics: () => Promise.reject(new Error('secret')),
    });
    const health = await fetch(`${url}/healthz`);
    expect([health.status, await health.text()]).toEqual([503, 'not ok\ntftp: its thread does not answer\n']);
    const metrics = await fetch(`${url}/metrics`);
    expect(metrics.status).toBe(500);
    expect(await metrics.text()).not.toContain('secret');
  });

  test('a port that is taken is a named error', async () => {
    const { server } = await open();
    await expect(open({ port: server.port })).rejects.toMatchObject({ code: 'HTTP_LISTEN' });
  });
});
