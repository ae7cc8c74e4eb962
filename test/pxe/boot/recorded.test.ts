/** dnsmasq's recorded replies to real firmware, as another opinion about ours. */
import { describe, expect, test } from 'vitest';
import { answer, classify } from '../../../pxe/boot/index.ts';
import { latin1 } from '../../../pxe/dhcp/index.ts';
import { haveCaptures, recordedMessages } from '../captures.ts';
import { choice, OWN, settings } from './samples.ts';

describe.skipIf(!haveCaptures)("dnsmasq's recorded replies (../shared/captures)", () => {
  const uefi = ['aavmf-edk2-proxydhcp-tftp.pcap', 'ovmf-edk2-proxydhcp-tftp.pcap', 'ovmf-edk2-windowsize4.pcap'];

  test.each(uefi)('%s: the same offer byte for byte; on 4011 ours adds options 43 and 67 and nothing else', (name) => {
    const messages = recordedMessages(name).filter(({ datagram: { sourceAddress, targetAddress } }) =>
      [sourceAddress, targetAddress].some((address) => address === OWN || address === '255.255.255.255'),
    );
    const asked = messages.filter(
      ({ message, datagram }) => message.op === 1 && datagram.targetAddress !== '10.77.0.2',
    );
    const theirs = messages.filter(({ message, datagram }) => message.op === 2 && datagram.sourceAddress === OWN);
    const file = latin1(theirs.at(-1)?.message.file ?? new Uint8Array(0));
    const ours = asked.flatMap(({ message, datagram: { sourceAddress, sourcePort, targetPort } }) => {
      const source = { address: sourceAddress, port: sourcePort };
      const found = classify({ message, port: targetPort === 4011 ? 4011 : 67, source, ownAddress: OWN }, settings);
      return found.kind === 'ignored' ? [] : [answer(found.request, choice({ files: { 'bootmgfw.efi': file } }))];
    });
    expect(theirs.length).toBe(2);
    expect(ours.map(({ kind }) => kind)).toEqual(['reply', 'reply']);
    ours.forEach((own, index) => {
      const other = theirs[index];
      if (own.kind === 'silence' || other === undefined) throw new Error('counted above');
      const { targetAddress, targetPort, sourcePort, payload } = other.datagram;
      expect([own.to.address, own.to.port, own.fromPort]).toEqual([targetAddress, targetPort, sourcePort]);
      if (index === 0) expect(own.datagram).toEqual(payload);
      const options = own.message.options.filter(({ code }) => code !== 43 && code !== 67);
      expect({ ...own.message, options }).toEqual(other.message);
    });
  });
});
