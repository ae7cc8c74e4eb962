/** Recorded messages: every field and every option's bytes as tshark reads them. */
import { expect, test } from 'vitest';
import { type DhcpMessage, latin1, rawOption } from '../../../pxe/dhcp/index.ts';
import { describeWithTools, run } from '../../support/tools.ts';
import { capturePath, captures, haveCaptures, recordedMessages } from '../captures.ts';

const hexByte = (value: number) => `0x${value.toString(16).padStart(2, '0')}`;

/** Field of tshark, and the same of a message. */
const fields: ReadonlyArray<readonly [string, (message: DhcpMessage) => string]> = [
  ['dhcp.type', ({ op }) => String(op)],
  // Option 61 starts with a hardware type, too.
  [
    'dhcp.hw.type',
    (message) => [message.htype, ...(rawOption(message, 61)?.subarray(0, 1) ?? [])].map(hexByte).join(','),
  ],
  ['dhcp.hw.len', ({ hlen }) => String(hlen)],
  ['dhcp.hops', ({ hops }) => String(hops)],
  ['dhcp.id', ({ xid }) => `0x${xid.toString(16).padStart(8, '0')}`],
  ['dhcp.secs', ({ secs }) => String(secs)],
  ['dhcp.flags', ({ flags }) => `0x${flags.toString(16).padStart(4, '0')}`],
  ['dhcp.ip.client', ({ ciaddr }) => ciaddr],
  ['dhcp.ip.your', ({ yiaddr }) => yiaddr],
  ['dhcp.ip.server', ({ siaddr }) => siaddr],
  ['dhcp.ip.relay', ({ giaddr }) => giaddr],
  ['dhcp.server', ({ sname }) => latin1(sname)],
  ['dhcp.file', ({ file }) => latin1(file)],
  // tshark adds what it takes the padding behind 255 for.
  ['dhcp.option.type', ({ options }) => [...options.map(({ code }) => code), 0].join(',')],
  ['dhcp.option.value', ({ options }) => options.map(({ data }) => Buffer.from(data).toString('hex')).join(',')],
];

/** Where they are absent, the skipped test says what is missing. */
const recorded = haveCaptures ? captures : ['../shared/captures'];

describeWithTools(['tshark'], 'tshark', (tools) => {
  test.skipIf(!haveCaptures).each(recorded)('reads %s as we do', async (name) => {
    const names = ['frame.number', ...fields.map(([field]) => field)].flatMap((field) => ['-e', field]);
    const form = ['-T', 'fields', '-E', 'separator=|', '-E', 'occurrence=a', ...names];
    const { stdout } = await run(tools.path('tshark'), ['-n', '-r', capturePath(name), '-Y', 'dhcp', ...form]);
    const theirs = stdout.trimEnd().split('\n');
    const ours = recordedMessages(name).map(({ number, message }) =>
      [number, ...fields.map(([, read]) => read(message))].join('|'),
    );
    expect(ours.length).toBeGreaterThanOrEqual(4);
    expect(ours).toEqual(theirs);
  });
});
