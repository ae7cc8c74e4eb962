/** Messages of simulated clients as tshark reads them: nothing malformed, and the options that firmware sends. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLIENT_KINDS, type ClientKind } from '../../../pxe/client/index.ts';
import { scratch } from '../../support/scratch.ts';
import { describeWithTools, run } from '../../support/tools.ts';
import { scene } from '../doctor/scene.ts';

describeWithTools(['tshark'], 'simulated clients', (tools) => {
  const read = async (kind: ClientKind, filter: string, ...fields: string[]): Promise<string[]> => {
    const file = join(scratch(), 'client.pcap');
    writeFileSync(file, scene(kind).discover().ask().file('boot\\bootmgfw.efi', 2500).pcap());
    const args = ['-n', '-r', file, '-d', 'udp.port==4011,dhcp', '-d', 'udp.port==40000,tftp', '-Y', filter];
    const { stdout } = await run(tools.path('tshark'), [
      ...args,
      '-T',
      'fields',
      ...fields.flatMap((name) => ['-e', name]),
    ]);
    return stdout.split('\n').filter((line) => line !== '');
  };

  test.each(Object.keys(CLIENT_KINDS) as ClientKind[])('%s: every option understood', async (kind) => {
    const profile = CLIENT_KINDS[kind];
    expect(await read(kind, '_ws.malformed', 'frame.number', '_ws.col.Info')).toEqual([]);
    const found = await read(
      kind,
      'dhcp',
      'dhcp.option.dhcp',
      'dhcp.option.client_system_architecture',
      'dhcp.option.vendor_class_id',
      'dhcp.ip.client',
      'udp.dstport',
    );
    const [first, second] = found.map((line) => line.split('\t'));
    expect(first?.slice(0, 1)).toEqual(['1']);
    expect(Number(first?.[1])).toBe(profile.architecture);
    expect(first?.[2]).toContain(`${profile.vendorClass}:Arch:${String(profile.architecture).padStart(5, '0')}:UNDI:`);
    expect(first?.slice(3)).toEqual(['0.0.0.0', '67']);
    expect([second?.[0], ...(second?.slice(3) ?? [])]).toEqual(['3', '192.0.2.50', '4011']);
    expect((await read(kind, 'tftp', 'tftp.opcode')).slice(0, 3)).toEqual(['1', '6', '4']);
  });
});
