/** Whose packets are whose: computers that have an address when they ask, one address at several computers, other ports. */
import { expect, test } from 'vitest';
import { bootServerMessage, CLIENT_KINDS, datagramOf, discoverMessage } from '../../../pxe/client/index.ts';
import { encodeMessage } from '../../../pxe/dhcp/index.ts';
import { explainer, type ExplainOptions, type SeenPacket } from '../../../pxe/doctor/index.ts';
import { writePacket } from '../../../pxe/tftp/index.ts';
import { reply } from '../client/replies.ts';
import { BOOT, CLIENT } from './scene.ts';

const profile = CLIENT_KINDS['uefi-x64'];
const macs = ['02:00:00:00:00:01', '02:00:00:00:00:02'] as const;

/** Packets 100 ms apart. */
function packetsOf(
  ...datagrams: readonly (readonly [from: string, fromPort: number, to: string, toPort: number, Uint8Array])[]
) {
  return datagrams.map(
    ([sourceAddress, sourcePort, targetAddress, targetPort, payload], index): SeenPacket => ({
      kind: 'udp',
      number: index + 1,
      at: index * 100,
      udp: { sourceAddress, sourcePort, targetAddress, targetPort, payload, length: payload.length, cut: false },
    }),
  );
}

const identity = (mac: string) => ({ mac: mac.replaceAll(':', ''), guid: null });
const asks = (mac: string) =>
  [
    CLIENT,
    68,
    BOOT,
    67,
    datagramOf(discoverMessage({ profile, identity: identity(mac), xid: 1, ciaddr: CLIENT })),
  ] as const;
const offers = (mac: string) => {
  const message = reply({ vendor: 'PXEClient', from: BOOT });
  const chaddr = Uint8Array.from(Buffer.from(mac.replaceAll(':', '').padEnd(32, '0'), 'hex'));
  return [BOOT, 67, CLIENT, 68, encodeMessage({ ...message, chaddr })] as const;
};
const reads = (name: string, port: number) =>
  [CLIENT, port, BOOT, 69, writePacket({ kind: 'read', name, mode: 'octet', options: [] })] as const;

const explained = (packets: readonly SeenPacket[], options: ExplainOptions = {}) => {
  const taken = explainer(options);
  for (const packet of packets) taken.take(packet);
  return taken.explained(60_000).exchanges;
};

test('a computer that asks with an address of its own needs no offer of one', () => {
  const [exchange] = explained(packetsOf(asks(macs[0]), offers(macs[0])));
  expect(exchange?.findings.map(({ code }) => code)).not.toContain('noAddress');
  expect(exchange?.outcome).toBe('a boot was offered and nothing loaded');
});

test('files are of the computer that had the address then, not of the last one', () => {
  const packets = packetsOf(
    reads('before.efi', 2000),
    asks(macs[0]),
    offers(macs[0]),
    reads('first.efi', 2001),
    asks(macs[1]),
    offers(macs[1]),
    reads('second.efi', 2002),
  );
  const told = explained(packets).map(({ computer, lines }) => [
    computer,
    lines.flatMap(({ text }) => /"(\w+)\.efi"/.exec(text)?.[1] ?? []),
  ]);
  expect(told).toEqual([
    [macs[0], ['before', 'first']],
    [macs[1], ['second']],
  ]);
});

test('another port of the boot server is one where it is asked, once it is named', () => {
  const question = datagramOf(
    bootServerMessage({ profile, identity: identity(macs[0]), xid: 1, ciaddr: CLIENT }, BOOT),
  );
  const packets = packetsOf(asks(macs[0]), offers(macs[0]), [CLIENT, 68, BOOT, 6411, question]);
  const dhcp = new Set([67, 68, 6411]);
  const [exchange] = explained(packets, { ports: { dhcp, tftp: new Set([69]), bootServer: new Set([6411]) } });
  const lines = exchange?.lines.map(({ text }) => text) ?? [];
  expect(lines).toContain(`asks ${BOOT} on port 6411 what to boot`);
  expect(lines.filter((text) => text.startsWith('requests its address'))).toEqual([]);
  const codes = (bootServer: ReadonlySet<number>) =>
    explained(packets, { ports: { dhcp, tftp: new Set([69]), bootServer } }).flatMap(({ findings }) =>
      findings.map(({ code, text }) => `${code}: ${text}`),
    );
  expect(codes(new Set([6411]))).toContain(`bootServerSilent: ${BOOT} was asked once on port 6411 and did not answer`);
  expect(codes(new Set([4011])).filter((text) => text.startsWith('bootServerSilent'))).toEqual([]);
});
