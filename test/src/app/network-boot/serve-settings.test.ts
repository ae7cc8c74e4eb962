/** Words of the command line and of this computer that serving starts with. */
import { describe, expect, test } from 'vitest';
import { EnvironmentError, InputError } from '../../../../src/core/index.ts';
import type { SystemInterfaces } from '../../../../pxe/responder/index.ts';
import { servedInterfaces } from '../../../../src/app/network-boot/serve-address.ts';
import { durationText, LONGEST_DURATION, parseDuration } from '../../../../src/app/network-boot/serve-duration.ts';
import { withPortHint } from '../../../../src/app/network-boot/serve-port-error.ts';
import { systemdUnit } from '../../../../src/app/network-boot/serve-unit.ts';

test.each([
  ['60m', 3600],
  ['1h30m', 5400],
  ['45s', 45],
  ['2d', 172_800],
  ['1d1h1m1s', 90_061],
])('%s is %d seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
  expect(parseDuration(durationText(seconds))).toBe(seconds);
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

describe('the interfaces', () => {
  const at = (address: string, internal = false) => [
    { family: 'IPv4', address, netmask: '255.255.255.0', mac: '52:54:00:00:00:01', internal },
  ];
  const system = { lo: at('127.0.0.1', true), eth0: at('10.1.0.5'), docker0: at('172.17.0.1') };
  const names = (wanted: readonly string[], given: SystemInterfaces = system) =>
    servedInterfaces(given, wanted).served.map(({ name }) => name);

  test('are all that lead out of this computer; those of containers only by name', () => {
    expect(names([])).toEqual(['eth0']);
    expect(names(['docker0'])).toEqual(['docker0']);
    expect(names(['127.0.0.1', 'eth0'])).toEqual(['lo', 'eth0']);
    expect(names([], { docker0: at('172.17.0.1') })).toEqual(['docker0']);
  });

  test('that are not there are refused with a list of those that are', () => {
    expect(() => names(['eth9'])).toThrow(/eth9.*docker0 .*eth0 /);
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

describe('errors of ports say what to do on this computer', () => {
  const hint = (error: Error): string | undefined => (withPortHint(error) as { hint?: string }).hint;

  test.each([
    [new EnvironmentError('TFTP_PORT_IN_USE', 'TFTP cannot listen', { details: { system: 'EADDRINUSE' } }), /ss -lunp/],
    [new EnvironmentError('RESPONDER_PORT_IN_USE', '67', { details: { reason: 'EADDRINUSE' } }), /optionOnly/],
    [new EnvironmentError('RESPONDER_PORT_RIGHTS', '67', { details: { reason: 'EPERM' } }), /osdkit pxe unit/],
    [new EnvironmentError('HTTP_LISTEN', '80', { details: { errno: 'EACCES' } }), /ip_unprivileged_port_start/],
    [new InputError('RESPONDER_NO_INTERFACE', 'no interface "eth9"'), /without a cable/],
  ])('%s', (error, words) => {
    expect(hint(error)).toMatch(words);
    const { code, message, details } = withPortHint(error) as EnvironmentError;
    expect({ code, message, details }).toEqual({ code: error.code, message: error.message, details: error.details });
  });

  test('others stay as they are', () => {
    const other = new EnvironmentError('CORE_IO', 'x');
    expect(withPortHint(other)).toBe(other);
    expect(withPortHint('x')).toBe('x');
  });
});
