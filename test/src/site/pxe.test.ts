/** PXE settings of a distribution point: each rule with settings that break it and some that keep it. */
import { describe, expect, test } from 'vitest';
import { siteOf, told } from './site-of.ts';

const point = (settings: string, files: Readonly<Record<string, string>> = {}) =>
  siteOf({ ...files, 'distribution-points/d.yaml': `name: D\npxe:\n  enabled: true\n${settings}` });
const at = (line: number, code = 'SITE_PXE') => [`distribution-points/d.yaml:${line} ${code}`];

describe('SITE-12 PXE-02: PXE settings of a point', () => {
  test.each([
    ['  tftp: { window: 32, maxWindow: 32, blockSize: 1468 }', []],
    ['  tftp: { window: 33, maxWindow: 32 }', at(4)],
    ['  tftp: { window: 65 }', at(4, 'SITE_VALUE')],
    ['  tftp: { blockSize: 1469 }', at(4)],
    ['  tftp: { blockSize: 100 }', at(4, 'SITE_VALUE')],
    ['  relays: [10.0.0.1, 10.1.0.0/16]', []],
    ['  relays: [10.0.0.256]', at(4, 'SITE_VALUE')],
    ['  relays: [10.0.0.0/33]', at(4, 'SITE_VALUE')],
    ['  dhcpServer: { range: 10.0.0.10-10.0.0.99, router: 10.0.0.1 }', []],
    ['  dhcpServer: { range: 10.0.0.99-10.0.0.10 }', at(4)],
    ['  dhcpServer: { range: 10.0.0.10-10.0.1.99 }', at(4)],
    ['  dhcpServer: { range: 10.0.0.10-10.0.1.99, prefixLength: 23 }', []],
    ['  dhcpServer: { range: 10.0.0.1-10.3.0.1, prefixLength: 8 }', at(4)],
    ['  dhcpServer: { range: 10.0.0.10-10.0.0.99, router: 10.0.0.11 }', at(4)],
    ['  dhcpServer: { range: 10.0.0.10-10.0.0.99, router: 10.0.1.1 }', at(4)],
    ['  dhcpServer: { range: 10.0.0.10-10.0.0.99 }\n  optionOnly: true', at(5)],
    ['  approval: true', at(4)],
    ['  unknownArchitectures: [x64]', at(4)],
    ['  unknownComputers: true\n  unknownArchitectures: [x64]\n  approval: true', []],
    ['  signingAuthority: 2023', []],
    ['  signingAuthority: "2011"', []],
    ['  signingAuthority: 2024', at(4, 'SITE_VALUE')],
    ['  password: !secret c2VhbGVk', at(4)],
    ['  passwordVerifier: secret', at(4, 'SITE_VALUE')],
    ['  excludedMacAddresses: [00-15-5D-01-02-03]', []],
  ])('%s', (settings, expected) => {
    expect(told(point(`${settings}\n`))).toEqual(expected);
  });

  test('a device that the point never answers is named', () => {
    const files = { 'devices/pc.yaml': 'name: PC1\nmacAddresses: [00:15:5D:01:02:03]\n' };
    const { problems } = point('  excludedMacAddresses: [00-15-5D-01-02-03]\n', files);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('PC1 has 00-15-5D-01-02-03')]);
  });
});
