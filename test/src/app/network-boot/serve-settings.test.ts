/** Words of the command line and of this computer that serving starts with. */
import { describe, expect, test } from 'vitest';
import { broadcastOf, chooseAddresses, type HostAddress } from '../../../../src/app/network-boot/serve-address.ts';
import { LONGEST_DURATION, parseDuration } from '../../../../src/app/network-boot/serve-duration.ts';
import { systemdUnit } from '../../../../src/app/network-boot/serve-unit.ts';

test.each([
  ['60m', 3600],
  ['1h30m', 5400],
  ['45s', 45],
  ['2d', 172_800],
  ['1d1h1m1s', 90_061],
])('%s is %d seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(['', '60', 'm', '0s', '1.5h', '-1m', '1m1h', '1 h', '1H', '25d', '99999999s'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test('the longest duration is one that timers hold', () => {
  expect(parseDuration('24d')).toBe(LONGEST_DURATION);
  expect(LONGEST_DURATION * 1000).toBeLessThan(2 ** 31);
});

describe('the address', () => {
  const at = (name: string, address: string, internal = false): HostAddress => ({
    interface: name,
    address,
    netmask: '255.255.255.0',
    broadcast: broadcastOf(address, '255.255.255.0'),
    internal,
  });
  const lo = at('lo', '127.0.0.1', true);
  const eth0 = at('eth0', '10.1.0.5');
  const eth1 = at('eth1', '192.168.7.1');
  const docker = at('docker0', '172.17.0.1');
  const none = { addresses: [], interfaces: [] };

  test('is the only one that is no loopback, container or link-local', () => {
    expect(chooseAddresses([lo, docker, at('eth2', '169.254.3.4'), eth0], none)).toEqual([eth0]);
  });

  test('is never guessed', () => {
    expect(() => chooseAddresses([lo, eth0, eth1], none)).toThrow(/10\.1\.0\.5 \(eth0\), 192\.168\.7\.1 \(eth1\)/);
    expect(() => chooseAddresses([lo, docker], none)).toThrow(/no interface with an IPv4 address/);
  });

  test('is the one that was named, by address or interface, loopback too', () => {
    expect(chooseAddresses([lo, eth0], { addresses: ['127.0.0.1'], interfaces: [] })).toEqual([lo]);
    expect(chooseAddresses([lo, eth0, eth1], { addresses: ['10.1.0.5'], interfaces: ['eth0', 'eth1'] })).toEqual([
      eth0,
      eth1,
    ]);
    expect(() => chooseAddresses([lo, eth0], { addresses: ['10.9.9.9'], interfaces: [] })).toThrow(
      /no address "10\.9\.9\.9"; it has 127\.0\.0\.1 \(lo\), 10\.1\.0\.5 \(eth0\)/,
    );
  });

  test.each([
    ['10.1.0.5', '255.255.255.0', '10.1.0.255'],
    ['172.20.17.3', '255.255.240.0', '172.20.31.255'],
    ['192.168.1.130', '255.255.255.192', '192.168.1.191'],
  ])('%s/%s has broadcast %s', (address, netmask, broadcast) => {
    expect(broadcastOf(address, netmask)).toBe(broadcast);
  });
});

test('the unit quotes words that systemd would read otherwise', () => {
  const unit = systemdUnit({
    node: '/usr/bin/node',
    program: '/opt/osd kit/osdkit.js',
    site: '/srv/100% $ite',
    user: 'osdkit',
    words: ['--point', 'Main "1"'],
  });
  expect(unit).toContain(
    String.raw`ExecStart=/usr/bin/node "/opt/osd kit/osdkit.js" serve --site "/srv/100%% $$ite" --point "Main \"1\""`,
  );
  expect(unit).toContain('CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n');
});
