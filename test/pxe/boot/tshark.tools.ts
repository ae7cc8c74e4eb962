/** Our replies as tshark reads them: nothing malformed, every option known, menu and boot item as meant. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answer } from '../../../pxe/boot/index.ts';
import { pcapFile, udpFrame } from '../../support/capture-file.ts';
import { describeWithTools, run, scratch } from '../../support/tools.ts';
import { choice, ipxeClass, menu, OWN, request, second, type Wanted } from './samples.ts';

/** A capture of datagrams from us. */
function capture(replies: ReadonlyArray<Extract<ReturnType<typeof answer>, { kind: 'reply' }>>): Uint8Array {
  return pcapFile(
    replies.map(({ datagram, to, fromPort }) => ({
      time: [0, 0],
      bytes: udpFrame({ address: OWN, port: fromPort }, to, datagram),
    })),
  );
}

const item = { code: 43, data: Uint8Array.of(71, 4, 0x80, 0, 0, 0, 255) };
const relay = { code: 82, data: Uint8Array.of(1, 4, 112, 111, 114, 116) };
const asked = choice({ purpose: 'available', menu });

describeWithTools(['tshark'], 'tshark', (tools) => {
  test('reads every form of reply', async () => {
    const folder = scratch();
    const forms: ReadonlyArray<readonly [Wanted, ReturnType<typeof choice>]> = [
      [{ arch: 0 }, choice()],
      [{ arch: 7 }, choice()],
      [second({ arch: 7 }), choice()],
      [{ arch: 16, http: true }, choice()],
      [{ arch: 7, options: [ipxeClass] }, choice()],
      [{ arch: 7 }, asked],
      [second({ arch: 7, options: [item] }), asked],
      [{ arch: 0, options: [relay], header: { giaddr: '10.1.0.1' } }, choice()],
    ];
    const replies = forms.map(([wanted, made]) => {
      const found = answer(request(wanted), made);
      if (found.kind === 'silence') throw new Error(found.reason);
      return found;
    });
    const file = join(folder, 'replies.pcap');
    writeFileSync(file, capture(replies));
    const pxe = 'dhcp.option.vendor.pxeclient';
    const names = [
      'dhcp.option.dhcp',
      'dhcp.option.type',
      'dhcp.option.dhcp_server_id',
      'dhcp.option.vendor_class_id',
      'dhcp.file',
      'dhcp.option.bootfile_name',
      `${pxe}.discovery_control`,
      `${pxe}.boot_menu.desc`,
      `${pxe}.boot_menu.type`,
      `${pxe}.menu_prompt.timeout`,
      `${pxe}.boot_item.type`,
      '_ws.malformed',
      '_ws.expert.message',
    ].flatMap((name) => ['-e', name]);
    // The boot server listens where tshark does not expect it.
    const form = ['-d', 'udp.port==4011,dhcp', '-T', 'fields', '-E', 'separator=|', '-E', 'occurrence=a', ...names];
    const { stdout } = await run(tools.path('tshark'), ['-n', '-r', file, ...form]);
    expect(stdout.trimEnd().split('\n')).toEqual([
      '2|53,54,60,97,43,67,0|10.77.0.1|PXEClient|Boot\\pxeboot.n12|Boot\\pxeboot.n12|0x08||||||',
      '2|53,54,60,97,0|10.77.0.1|PXEClient|||||||||',
      '5|53,54,60,97,43,67,0|10.77.0.1|PXEClient|Boot\\bootmgfw.efi|Boot\\bootmgfw.efi|0x08||||||',
      '2|53,54,60,97,67,0|10.77.0.1|HTTPClient|http://10.77.0.1/image.iso|http://10.77.0.1/image.iso|||||||',
      '2|53,54,60,97,43,67,0|10.77.0.1|PXEClient|http://10.77.0.1/boot.ipxe|http://10.77.0.1/boot.ipxe|0x08||||||',
      '2|53,54,60,97,43,0|10.77.0.1|PXEClient|||0x03|Local disk,Install|0,32768|10|||',
      '5|53,54,60,97,43,67,0|10.77.0.1|PXEClient|Boot\\bootmgfw.efi|Boot\\bootmgfw.efi|||||32768||',
      '2|53,54,60,97,43,67,82,0|10.77.0.1|PXEClient|Boot\\pxeboot.n12|Boot\\pxeboot.n12|0x08||||||',
    ]);
  });
});
