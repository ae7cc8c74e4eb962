/** TPL-100: upgrade paths, typed from the checklist and from Microsoft's tables of today's targets. */
import { describe, expect, test } from 'vitest';
import { inRange, inSubnet, parseAddress } from '../../../src/plan/addresses.ts';
import { noUpgradePath } from '../../../src/plan/upgrade-paths.ts';

const client = (version: string, architecture = 'x64') => ({ version, server: false, architecture });
const server = (version: string) => ({ version, server: true, architecture: 'x64' });

const BUILDS = {
  'Windows 7': client('6.1.7601'),
  'Windows 8.1': client('6.3.9600'),
  'Windows 10 1909': client('10.0.18363'),
  'Windows 10 22H2': client('10.0.19045'),
  'Windows 11 21H2': client('10.0.22000'),
  'Windows 11 24H2': client('10.0.26100'),
  'Server 2008 R2': server('6.1.7601'),
  'Server 2012': server('6.2.9200'),
  'Server 2012 R2': server('6.3.9600'),
  'Server 2016': server('10.0.14393'),
  'Server 2019': server('10.0.17763'),
  'Server 2022': server('10.0.20348'),
  'Server 2025': server('10.0.26100'),
} as const;
type Name = keyof typeof BUILDS;

const PATHS: readonly (readonly [Name, Name, boolean])[] = [
  // The documented paths: Windows 7 or later to Windows 10, Server 2012 or later to Server 2016.
  ['Windows 7', 'Windows 10 22H2', true],
  ['Windows 8.1', 'Windows 10 22H2', true],
  ['Windows 10 1909', 'Windows 10 22H2', true],
  ['Server 2012', 'Server 2016', true],
  ['Server 2012 R2', 'Server 2016', true],
  ['Server 2008 R2', 'Server 2016', false],
  // Today's targets.
  ['Windows 7', 'Windows 11 24H2', false],
  ['Windows 10 1909', 'Windows 11 24H2', false],
  ['Windows 10 22H2', 'Windows 11 24H2', true],
  ['Windows 11 21H2', 'Windows 11 24H2', true],
  ['Server 2012', 'Server 2019', false],
  ['Server 2012 R2', 'Server 2019', true],
  ['Server 2012 R2', 'Server 2022', false],
  ['Server 2016', 'Server 2022', true],
  ['Server 2012', 'Server 2025', false],
  ['Server 2012 R2', 'Server 2025', true],
  ['Server 2022', 'Server 2025', true],
  // Never client to server or back, never to an older build.
  ['Windows 10 22H2', 'Server 2022', false],
  ['Server 2016', 'Windows 10 22H2', false],
  ['Windows 11 24H2', 'Windows 10 22H2', false],
];

describe('TPL-100: upgrade paths', () => {
  test.each(PATHS)('%s to %s: %s', (from, to, there) => {
    const why = noUpgradePath(BUILDS[from], BUILDS[to]);
    expect(why === undefined).toBe(there);
    expect(why?.sure ?? true).toBe(true);
  });

  test('never to another architecture', () => {
    expect(noUpgradePath(client('10.0.19045', 'x86'), client('10.0.19045'))?.text).toContain(
      'it is for x64, the running Windows is x86',
    );
  });

  test('what is not known is told, not guessed', () => {
    expect(noUpgradePath({ ...client(''), version: undefined }, BUILDS['Windows 11 24H2'])?.sure).toBe(false);
    expect(
      noUpgradePath(BUILDS['Windows 10 22H2'], { version: undefined, server: undefined, architecture: undefined })
        ?.sure,
    ).toBe(false);
  });
});

describe('SITE-16: addresses in boundaries', () => {
  const within = (address: string, subnet: string): boolean => {
    const parsed = parseAddress(address);
    return parsed !== undefined && inSubnet(parsed, subnet);
  };

  test('subnets of IPv4 and IPv6', () => {
    expect(within('10.1.255.255', '10.1.0.0/16')).toBe(true);
    expect(within('10.2.0.0', '10.1.0.0/16')).toBe(false);
    expect(within('10.1.2.3', '0.0.0.0/0')).toBe(true);
    expect(within('10.1.2.3', '10.1.2.3/32')).toBe(true);
    expect(within('2001:db8:1::5', '2001:db8::/32')).toBe(true);
    expect(within('2001:db9::5', '2001:db8::/32')).toBe(false);
    expect(within('fe80::1%12', 'fe80::/10')).toBe(true);
    expect(within('10.1.2.3', '::/0')).toBe(false);
    expect(within('10.1.2.3', '10.1.0.0/40')).toBe(false);
  });

  test('ranges include both ends', () => {
    const range = (address: string): boolean => {
      const parsed = parseAddress(address);
      return parsed !== undefined && inRange(parsed, '10.1.0.5-10.1.1.5');
    };
    expect(['10.1.0.4', '10.1.0.5', '10.1.0.255', '10.1.1.5', '10.1.1.6'].map(range)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test.each(['10.1.2', '10.1.2.300', '1::2::3', 'x', '', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::'])(
    '%j is no address',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );
});
