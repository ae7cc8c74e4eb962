/** How a distribution point answers network boot (SITE-12, PXE-02). What two keys must say together is a check of `src/site`. */
import * as z from 'zod';
import {
  architecture,
  choice,
  type DeepReadonly,
  optional,
  secret,
  text,
  textLike,
  whole,
  wordOrYear,
  yesNo,
} from './fields.ts';
import { macAddress } from './device.ts';

const OCTET = String.raw`(25[0-5]|2[0-4]\d|1?\d?\d)`;
const IPV4 = String.raw`${OCTET}(\.${OCTET}){3}`;

const address = (says: string) => textLike(new RegExp(`^${IPV4}$`), 'an IPv4 address such as 10.1.0.1', says);

const relay = textLike(
  new RegExp(`^${IPV4}(/([12]?\\d|3[0-2]))?$`),
  'an IPv4 address or subnet such as 10.1.0.1 or 10.1.0.0/16',
  'Address or subnet of relays',
);

const macs = z.array(macAddress, { error: 'a list of MAC addresses' });

/** RFC 1350, 2348, 7440; sizes that fragment pass here, and a check of `src/site` names them. */
const tftp = z
  .strictObject({
    blockSize: optional(whole('Bytes a block that boot images are read with (default 1456)', 512, 65464)),
    window: optional(whole('Blocks before an acknowledgement that boot images are read with (default 16)', 1, 64)),
    maxWindow: optional(whole('Largest window granted to any client, in blocks (default 64)', 1, 255)),
    queueBudget: optional(
      whole('Kilobytes that switches hold for all transfers at once; windows shrink to fit (default 256)', 16, 65536),
    ),
  })
  .describe('TFTP');

/** The small DHCP server of closed staging networks. */
const dhcpServer = z
  .strictObject({
    range: textLike(
      new RegExp(`^${IPV4}-${IPV4}$`),
      'a range such as 10.1.0.100-10.1.0.199',
      'First and last IPv4 address given to clients',
    ),
    prefixLength: optional(whole('Prefix length of the subnet (default 24)', 8, 30)),
    router: optional(address('Default gateway')),
    dnsServers: optional(z.array(address('DNS server'), { error: 'a list of IPv4 addresses' })),
    domain: optional(text('DNS domain', { max: 253 })),
    leaseTime: optional(whole('Minutes that an address is given for (default 60)', 2, 43200)),
  })
  .describe('Gives addresses itself: only for networks without another DHCP server (default off)');

export const pxeSettings = z
  .strictObject({
    enabled: yesNo('Answers PXE requests'),
    unknownComputers: optional(yesNo('Serves unknown computers (UNK-03)')),
    unknownArchitectures: optional(
      z
        .array(architecture('Architecture'), { error: 'a list of x64, x86, arm64' })
        .describe('Serves unknown computers of these architectures only (default all)'),
    ),
    approval: optional(yesNo('Unknown computers wait for `osdkit pxe approve` (default false)')),
    password: optional(secret('Asked in Windows PE before a sequence is chosen (PXE-03)')),
    passwordVerifier: optional(
      textLike(
        /^scrypt\.\d{1,2}\.\d{1,2}\.\d{1,2}\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/,
        'a text that `osdkit pxe password` writes',
        'What Windows PE compares the PXE password with; `osdkit pxe password` writes it',
      ),
    ),
    userDeviceAffinity: optional(
      choice(['none', 'approval', 'automatic'], 'User device affinity (UDA-04, default none)'),
    ),
    delay: optional(whole('Seconds before it answers', 0, 32)),
    interfaces: optional(macs.describe('Answers only on these interfaces (default all)')),
    excludedMacAddresses: optional(macs.describe('Never answered')),
    relays: optional(
      z
        .array(relay, { error: 'a list of IPv4 addresses or subnets' })
        .describe('Relays (giaddr) that are answered (default none)'),
    ),
    optionOnly: optional(
      yesNo('Answers on port 4011 alone: the DHCP server on the same computer sends option 60 (default false)'),
    ),
    dhcpServer: optional(dhcpServer),
    triesPerHour: optional(
      whole('Offers of a required deployment to a computer in an hour, against loops (default 3)', 1, 60),
    ),
    abortWithoutDeployment: optional(yesNo('BIOS computers without a deployment go on at once (PXE-09)')),
    menu: optional(yesNo('Shows the menu of option 43 to UEFI computers (PXE-09)')),
    menuTimeout: optional(whole('Seconds that menu and prompt wait for a key (default 10)', 1, 254)),
    httpLoader: optional(
      yesNo('UEFI HTTP Boot gets the boot loader instead of the image file: for builds that read by HTTP'),
    ),
    signingAuthority: optional(
      wordOrYear(
        ['newest', '2011', '2023'],
        'Signing CA of the loaders where a boot image has both (default newest): UEFI CA 2011 or 2023',
      ),
    ),
    ipxe: optional(
      text('Path of an iPXE program of yours, for BIOS computers where the boot image has no PXE files', { max: 1024 }),
    ),
    tftp: optional(tftp),
    linkSpeed: optional(whole('Megabits a second of the line (default: what the interface says)', 1, 400_000)),
    pacing: optional(yesNo('Sends no faster than the line (default true)')),
  })
  .describe('PXE settings');
export type PxeSettings = DeepReadonly<z.output<typeof pxeSettings>>;
