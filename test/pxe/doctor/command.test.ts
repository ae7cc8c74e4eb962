/** `osdkit pxe doctor`: captures, listening on loopback, each client simulated against `pxe serve` as a process of its own. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { readAll } from '../../../images/bytes/index.ts';
import { sampleBootImage } from '../../../images/sample/index.ts';
import { CLIENT_KINDS, datagramOf, discoverMessage } from '../../../pxe/client/index.ts';
import { type DoctorResult, pxeDoctor } from '../../../src/app/index.ts';
import { osdkitInProcess } from '../../cli/in-process.ts';
import { onLoopback, simulation, startServing, stopServing, type Serving } from '../../cli/serving.ts';
import { scratch } from '../../support/scratch.ts';
import { BOOT, scene, toLoader } from './scene.ts';

const doctor = (...args: string[]) => osdkitInProcess(['pxe', 'doctor', ...args]);

// The command line is loaded once, outside of the tests' time.
beforeAll(() => doctor('--help'), 60_000);

describe('--pcap', () => {
  const clean = (): Uint8Array =>
    toLoader().file('boot\\bootmgfw.efi', 3000).file('\\boot\\BCD', 900).file('\\boot.wim', 9000).pcap();

  it('tells the boot in its order and ends with 0', async () => {
    const file = join(scratch(), 'boot.pcap');
    writeFileSync(file, clean());
    const { stdout, code } = await doctor('--pcap', file);
    expect(code).toBe(0);
    expect(stdout).toContain('52:54:00:aa:00:01: UEFI x64; no GUID');
    expect(stdout.indexOf('asks who can boot it')).toBeLessThan(
      stdout.indexOf(`reads "boot\\bootmgfw.efi" from ${BOOT}`),
    );
    expect(stdout).toContain('=> the boot image "\\boot.wim" was read in full (9000 bytes)');
  });
  it('ends with 5 where something is wrong, and says what and how to mend it', async () => {
    const file = join(scratch(), 'boot.pcap');
    writeFileSync(
      file,
      toLoader().tftp('up', 2000, { kind: 'read', name: 'boot\\bootmgfw.efi', mode: 'octet', options: [] }).pcap(),
    );
    const { stdout, code } = await doctor('--pcap', file);
    expect(code).toBe(5);
    expect(stdout).toContain('WRONG (tftpUnanswered)');
    expect(stdout).toContain('is UDP 69 open to it?');
  });
  it('knows a foreign boot server when it is told which one is ours', async () => {
    const file = join(scratch(), 'boot.pcap');
    writeFileSync(file, clean());
    const { stdout, code } = await doctor('--pcap', file, '--server', '192.0.2.77', '--json');
    const result = JSON.parse(stdout) as Extract<DoctorResult, { kind: 'pcap' }>;
    expect(result.explanation.exchanges[0]?.findings.map((finding) => finding.code)).toEqual(['rivalServer']);
    expect(code).toBe(0);
  });
  it('finds a relay that the server does not answer', async () => {
    const file = join(scratch(), 'boot.pcap');
    writeFileSync(file, scene().discover({ giaddr: '198.51.100.7' }).offer().proxy().pcap());
    const told = await doctor('--pcap', file, '--server', BOOT, '--relay', '198.51.100.1', '--relay', '198.51.100.2');
    expect([told.code, told.stdout]).toEqual([5, expect.stringContaining('WRONG (relayNotAllowed)')]);
    expect((await doctor('--pcap', file, '--server', BOOT, '--relay', '198.51.100.7')).code).toBe(0);
  });
  it('refuses what is no capture', async () => {
    const file = join(scratch(), 'boot.pcap');
    writeFileSync(file, 'no capture');
    const { stderr, code } = await doctor('--pcap', file);
    expect([code, stderr]).toEqual([3, expect.stringContaining('pcapng')]);
  });
});

test('one of --pcap, --listen and --simulate is wanted; a simulation must know whom to ask', async () => {
  for (const args of [
    [],
    ['--listen', '--simulate', 'bios', '--server', '127.0.0.1'],
    ['--simulate', 'bios'],
    ['--simulate', 'abacus', '--server', '127.0.0.1'],
  ]) {
    expect((await doctor(...args)).code, args.join(' ')).toBe(2);
  }
  const neither = await doctor();
  expect(neither.stderr).toContain('pxe doctor: one of --pcap, --listen and --simulate');
  const patience = await doctor('--simulate', 'bios', '--server', '127.0.0.1', '--patience', 'much');
  expect([patience.code, patience.stderr]).toEqual([2, expect.stringContaining('a number such as 0.5')]);
  const { stderr, code } = await doctor('--simulate', 'bios', '--server', '127.0.0.1', '--mac', 'nobody');
  expect([code, stderr]).toEqual([2, expect.stringContaining('PXE_CLIENT_IDENTITY')]);
});

test.each(['--dhcp-port', '--boot-server-port', '--tftp-port'])(
  '%s is a port where somebody can be',
  async (option) => {
    for (const port of ['0', '65536', '-1', '1e3', '']) {
      const { stderr, code } = await doctor('--simulate', 'bios', '--server', '127.0.0.1', option, port);
      expect([code, stderr], port).toEqual([2, expect.stringContaining('a port from 1 to 65535 is expected')]);
    }
    const input = { simulate: 'bios', server: '127.0.0.1' };
    const name = option.slice(2).replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(pxeDoctor.input.safeParse({ ...input, [name]: 1 }).success).toBe(true);
    for (const port of [0, 65_536]) expect(pxeDoctor.input.safeParse({ ...input, [name]: port }).success).toBe(false);
  },
);

test('--listen explains what it hears, and says what cannot be heard', async () => {
  const free = createSocket('udp4').bind(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address();
  free.close();
  const heard = doctor('--listen', '--address', '127.0.0.1', '--dhcp-port', String(port), '--for', '2s');
  const sender = createSocket('udp4');
  const question = datagramOf(
    discoverMessage({
      profile: CLIENT_KINDS.bios,
      identity: { mac: '525400aa0007', guid: null },
      xid: 3,
      ciaddr: '0.0.0.0',
    }),
  );
  const timer = setInterval(() => sender.send(question, port, '127.0.0.1'), 100);
  const { stdout, code } = await heard;
  clearInterval(timer);
  sender.close();
  expect(stdout).toContain(`${port}`);
  expect(stdout).toContain('52:54:00:aa:00:07: BIOS; no GUID');
  expect(stdout).toMatch(/Not heard: .*TFTP and HTTP.* \| osdkit pxe doctor --pcap -/);
  expect(stdout).toContain('nobodyAnswers');
  expect(code).toBe(5);
});

test('--listen says what a server on the same computer keeps from it', async () => {
  const held = createSocket('udp4').bind(0, '127.0.0.1');
  await once(held, 'listening');
  const port = String(held.address().port);
  try {
    const { stdout } = await doctor('--listen', '--address', '127.0.0.1', '--dhcp-port', port, '--for', '1s');
    expect(stdout).toContain(`Not heard: port ${port}: what is sent to 127.0.0.1 alone, another program has it`);
    expect(stdout).toContain('Nothing came.');
  } finally {
    held.close();
  }
});

test('a pipe that is given as a file is told the way', async () => {
  const { stderr, code } = await doctor('--pcap', '/dev/null');
  expect([code, stderr]).toEqual([3, expect.stringContaining('--pcap - reads what is piped in')]);
});

describe('--simulate against a live server', () => {
  let serving: Serving;
  beforeAll(async () => {
    const wim = join(scratch(), 'boot.wim');
    writeFileSync(wim, await readAll(await sampleBootImage({ architecture: 'x64', size: 1 << 20 })));
    serving = await startServing(['pxe', 'serve', '--boot-image', wim, ...onLoopback]);
  }, 60_000);
  afterAll(stopServing);
  const simulate = async (kind: string, ...more: string[]) => {
    const words = [...simulation(serving.ports, kind, 0.1), '--json', ...more];
    const { stdout, stderr, code } = await osdkitInProcess(words);
    expect(stderr).toBe('');
    return { result: JSON.parse(stdout) as Extract<DoctorResult, { kind: 'simulate' }>, code };
  };

  it.each([
    ['bios', 'boot.wim'],
    ['uefi-x64', 'boot.wim'],
    ['http', 'boot.iso'],
    ['ipxe', 'boot.wim'],
    ['ipxe-uefi', 'boot.iso'],
  ])('%s boots, down to the last file: %s', async (kind, last) => {
    const { result, code } = await simulate(kind);
    expect([result.boots, code, result.text]).toEqual([true, 0, expect.any(String)]);
    const whole = result.files.filter(({ outcome }) => outcome === 'complete');
    expect(whole.at(-1)?.name).toContain(last);
    for (const { sha256, name } of whole) expect(sha256, name).toMatch(/^[0-9a-f]{64}$/);
  });
  it('a PC of another architecture does not boot, and the exit code says so', async () => {
    const { result, code } = await simulate('uefi-arm64');
    expect([result.boots, code]).toEqual([false, 5]);
  });
  it('the image is the same by TFTP for every kind', async () => {
    const digests = new Set<string | null>();
    for (const kind of ['bios', 'uefi-x64']) {
      const { result } = await simulate(kind);
      digests.add(
        result.files.find(({ name, outcome }) => name.endsWith('boot.wim') && outcome === 'complete')?.sha256 ?? null,
      );
    }
    expect(digests.size).toBe(1);
  });
  it('a limit on files holds', async () => {
    const { result, code } = await simulate('http', '--limit', '1');
    expect([code, result.text]).toEqual([5, expect.stringContaining('limit')]);
  });
  it('where nobody answers it says so', async () => {
    const { stdout, code } = await doctor(
      '--simulate',
      'uefi-x64',
      '--server',
      '127.0.0.1',
      '--dhcp-port',
      '9',
      '--patience',
      '0.001',
    );
    expect([code, stdout]).toEqual([5, expect.stringContaining('does not boot: nobody answered')]);
    expect(stdout).toContain('is UDP 9 of 127.0.0.1 open to it? One that hears it and stays silent says why');
  });
});
