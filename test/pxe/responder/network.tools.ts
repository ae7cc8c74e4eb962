/** The boot server in networks of its own: several interfaces, beside a foreign DHCP server, behind a foreign relay, with rivals. */
import { expect, test } from 'vitest';
import type { BootNote, Rival } from '../../../pxe/responder/index.ts';
import { LAB_TOOLS, openPxeLab, type PxeLab } from '../../support/pxe-lab.ts';
import { startDhcp, startRivalProxy } from '../../support/pxe-lab-dhcp.ts';
import { describeWithTools, run } from '../../support/tools.ts';
import { addClient, ask, asNobody, complaints, refused, serve, told, until } from './network.ts';

async function inLab(body: (lab: PxeLab) => Promise<void>): Promise<void> {
  const lab = await openPxeLab();
  try {
    await body(lab);
  } finally {
    await lab.close();
  }
}

describeWithTools([...LAB_TOOLS, 'tshark', 'dumpcap'], 'two interfaces', (tools) => {
  const twoLans = async (lab: PxeLab) => {
    await lab.addLan('left');
    await lab.addLan('right');
    return lab.addHost('server', [
      { lan: 'left', address: '10.81.0.1/24' },
      { lan: 'right', address: '10.82.0.1/24' },
    ]);
  };

  test('each side is answered by its own address, on its own side alone', () =>
    inLab(async (lab) => {
      const host = await twoLans(lab);
      const server = await serve(host, { interfaces: ['left', 'right'], settings: {} });
      const left = await addClient(lab, 'one', 'left');
      const right = await addClient(lab, 'two', 'right');
      const recording = await lab.capture('left');
      const [fromLeft, fromRight] = await Promise.all([
        ask(left, [{ arch: 0, mac: 1 }]),
        ask(right, [{ arch: 0, mac: 2 }]),
      ]);
      expect(fromLeft.map(({ from, fromPort, server: id, siaddr, mac }) => [from, fromPort, id, siaddr, mac])).toEqual([
        ['10.81.0.1', 67, '10.81.0.1', '10.81.0.1', 1],
      ]);
      expect(fromRight.map(({ from, server: id, siaddr, mac }) => [from, id, siaddr, mac])).toEqual([
        ['10.82.0.1', '10.82.0.1', '10.82.0.1', 2],
      ]);
      await until(() => told(server, 'note').length === 2);
      expect(
        told<BootNote>(server, 'note')
          .map(({ interfaceName, ownAddress }) => `${interfaceName} ${ownAddress}`)
          .sort(),
      ).toEqual(['left 10.81.0.1', 'right 10.82.0.1']);
      expect(await complaints(tools.path('tshark'), await recording.stop())).toEqual([]);
    }));

  test('sockets that were opened by somebody else, as by systemd, are taken', () =>
    inLab(async (lab) => {
      const host = await twoLans(lab);
      const options = { deviceSockets: false };
      const server = await serve(host, { interfaces: ['left', 'right'], settings: {}, options, socketsGiven: true });
      expect(server.output()).toContain('sockets that were given for left, right');
      const left = await addClient(lab, 'one', 'left');
      const right = await addClient(lab, 'two', 'right');
      expect((await ask(left, [{ arch: 0, mac: 1 }])).map(({ from }) => from)).toEqual(['10.81.0.1']);
      expect((await ask(right, [{ arch: 0, mac: 2 }])).map(({ from }) => from)).toEqual(['10.82.0.1']);
    }));

  test('a user with the one right to bind low ports serves both; without it the start says so', () =>
    inLab(async (lab) => {
      const host = await twoLans(lab);
      const both = { interfaces: ['left', 'right'], settings: {} };
      await serve(host, both, asNobody(true));
      const right = await addClient(lab, 'two', 'right');
      expect((await ask(right, [{ arch: 0, mac: 2 }])).map(({ from }) => from)).toEqual(['10.82.0.1']);
      const other = await lab.addHost('other', [{ lan: 'left', address: '10.81.0.2/24' }]);
      expect(await refused(other, { interfaces: ['left'], settings: {} }, asNobody(false))).toEqual({
        refused: 'RESPONDER_PORT_RIGHTS',
        message: 'left, port 67: this user may not open it (bind)',
      });
    }));

  test('an interface that is not served is not heard', () =>
    inLab(async (lab) => {
      const host = await twoLans(lab);
      await serve(host, { interfaces: ['left'], settings: {} });
      const right = await addClient(lab, 'two', 'right');
      expect(await ask(right, [{ arch: 0, mac: 2 }])).toEqual([]);
    }));

  test('without a way to tell them apart it does not start, and says what helps; one alone works', () =>
    inLab(async (lab) => {
      const host = await twoLans(lab);
      const options = { deviceSockets: false };
      expect(await refused(host, { interfaces: ['left', 'right'], settings: {}, options })).toEqual({
        refused: 'RESPONDER_INTERFACES',
        message: 'requests of left, right cannot be told apart: a broadcast reply would leave by the wrong one',
      });
      const server = await serve(host, { interfaces: ['left'], settings: {}, options });
      expect(server.output()).toContain('left alone; broadcasts of right are heard as well');
      const left = await addClient(lab, 'one', 'left');
      expect((await ask(left, [{ arch: 0, mac: 1 }])).map(({ from }) => from)).toEqual(['10.81.0.1']);
    }));
});

describeWithTools([...LAB_TOOLS, 'udhcpc', 'tshark', 'dumpcap'], 'beside a foreign DHCP server', (tools) => {
  const ordinary = ['-f', '-n', '-q', '-t', '3', '-T', '2', '-s', '/bin/true'];

  test('elsewhere: its clients get their addresses from it, boot clients their offers from us', () =>
    inLab(async (lab) => {
      await lab.addLan('lan');
      const neighbour = await lab.addHost('neighbour', [{ lan: 'lan', address: '10.83.0.2/24' }]);
      await startDhcp(lab, neighbour, { networks: ['10.83.0'], advertise: [] });
      const host = await lab.addHost('server', [{ lan: 'lan', address: '10.83.0.1/24' }]);
      const server = await serve(host, { interfaces: ['lan'], settings: {}, options: { probeEvery: 600_000 } });
      const client = await addClient(lab, 'client', 'lan');
      const recording = await lab.capture('lan');
      const { stderr } = await client.run('udhcpc', [...ordinary, '-i', 'lan']);
      expect(stderr).toMatch(/lease of 10\.83\.0\.\d+ obtained from 10\.83\.0\.2/);
      const replies = await ask(client, [{ arch: 7, mac: 3 }]);
      expect(replies.map(({ from, yiaddr }) => [from, yiaddr === '0.0.0.0'])).toEqual(
        expect.arrayContaining([
          ['10.83.0.1', true],
          ['10.83.0.2', false],
        ]),
      );
      await until(() => told(server, 'rival').length > 0);
      expect(told<Rival>(server, 'rival').map(({ kind, serverIdentifier }) => [kind, serverIdentifier])).toEqual([
        ['address', '10.83.0.2'],
      ]);
      expect(told<BootNote>(server, 'note').map(({ reason }) => reason)).toContain('notBootClient');
      expect(await complaints(tools.path('tshark'), await recording.stop())).toEqual([]);
    }));

  test('on the same computer: port 4011 alone; on port 67 it does not start beside it', () =>
    inLab(async (lab) => {
      await lab.addLan('lan');
      const host = await lab.addHost('server', [{ lan: 'lan', address: '10.84.0.1/24' }]);
      await startDhcp(lab, host, { networks: ['10.84.0'], advertise: [], extra: ['--dhcp-option-force=60,PXEClient'] });
      expect((await refused(host, { interfaces: ['lan'], settings: {} })).refused).toBe('RESPONDER_PORT_IN_USE');
      const alone = { deviceSockets: false };
      expect((await refused(host, { interfaces: ['lan'], settings: {}, options: alone })).refused).toBe(
        'RESPONDER_PORT_IN_USE',
      );
      await serve(host, { interfaces: ['lan'], settings: { mode: 'bootServerOnly' } });
      const client = await lab.addHost('client', [{ lan: 'lan', address: '10.84.0.9/24' }]);
      const replies = await ask(client, [{ arch: 7, mac: 1, type: 3, ciaddr: '10.84.0.9', to: ['10.84.0.1', 4011] }]);
      expect(replies.map(({ fromPort, file }) => [fromPort, file])).toEqual([[4011, 'Boot\\bootmgfw.efi']]);
    }));
});

describeWithTools([...LAB_TOOLS, 'dhcrelay', 'tshark', 'dumpcap'], 'behind a foreign relay', (tools) => {
  test('the reply goes through it, with its option 82 as it was', () =>
    inLab(async (lab) => {
      await lab.addLan('near');
      await lab.addLan('far');
      const host = await lab.addHost('server', [{ lan: 'near', address: '10.85.0.1/24' }], '10.85.0.2');
      const relay = await lab.addHost('relay', [
        { lan: 'near', address: '10.85.0.2/24' },
        { lan: 'far', address: '10.86.0.2/24' },
      ]);
      await relay.start(
        [
          tools.path('dhcrelay'),
          '-4',
          '-d',
          '-a',
          '-id',
          'far',
          '-iu',
          'near',
          '-pf',
          `${lab.folder}/relay.pid`,
          '10.85.0.1',
        ],
        /Sending on/,
      );
      const server = await serve(host, { interfaces: ['near'], settings: { relays: ['10.86.0.2'] } });
      const client = await addClient(lab, 'client', 'far');
      const recording = await lab.capture('near');
      const replies = await ask(client, [{ arch: 0, mac: 5 }]);
      expect(replies.map(({ server: id, file, mac }) => [id, file, mac])).toEqual([
        ['10.85.0.1', 'Boot\\pxeboot.n12', 5],
      ]);
      await until(() => told(server, 'note').length > 0);
      expect(told<BootNote>(server, 'note')[0]).toMatchObject({ reason: 'offered', relay: '10.86.0.2' });
      const file = await recording.stop();
      const fields = ['-T', 'fields', '-e', 'dhcp.type', '-e', 'dhcp.option.agent_information_option.agent_circuit_id'];
      const { stdout } = await run(tools.path('tshark'), ['-n', '-r', file, '-Y', 'dhcp', ...fields]);
      const [asked, answered] = stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t'));
      expect([asked?.[0], answered?.[0]]).toEqual(['1', '2']);
      expect(asked?.[1]).toMatch(/\w/);
      expect(answered?.[1]).toBe(asked?.[1]);
      expect(await complaints(tools.path('tshark'), file)).toEqual([]);
    }));
});

describeWithTools([...LAB_TOOLS], 'other network boot servers', () => {
  test('a ProxyDHCP server and a DHCP server with a boot file are named with what they offer', () =>
    inLab(async (lab) => {
      await lab.addLan('lan');
      const proxy = await lab.addHost('proxy', [{ lan: 'lan', address: '10.87.0.3/24' }]);
      await startRivalProxy(lab, proxy, '10.87.0', 'rival');
      const dhcp = await lab.addHost('dhcp', [{ lan: 'lan', address: '10.87.0.2/24' }]);
      await startDhcp(lab, dhcp, {
        networks: ['10.87.0'],
        advertise: [],
        extra: ['--dhcp-boot=theirs.0,pxe,10.87.0.2'],
      });
      const host = await lab.addHost('server', [{ lan: 'lan', address: '10.87.0.1/24' }]);
      const server = await serve(host, { interfaces: ['lan'], settings: {}, options: { probeEvery: 600_000 } });
      await until(() => new Set(told<Rival>(server, 'rival').map(({ source }) => source)).size === 2);
      const rivals = told<Rival>(server, 'rival');
      expect(rivals.find(({ source }) => source === '10.87.0.3')).toMatchObject({
        kind: 'proxy',
        serverIdentifier: '10.87.0.3',
        vendorClass: 'PXEClient',
      });
      expect(rivals.find(({ source }) => source === '10.87.0.2')).toMatchObject({
        kind: 'addressAndBoot',
        file: 'theirs.0',
        nextServer: '10.87.0.2',
      });
      // Its own question comes back to it by broadcast, and is not taken for a client's.
      expect(told<BootNote>(server, 'note').filter(({ reason }) => reason !== 'notRequest')).toEqual([]);
    }));
});
