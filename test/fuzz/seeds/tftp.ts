/** Seeds of TFTP: what firmware and boot managers send, typed from captures and facts (boot-chain 4, boot-standards 3). */
import type { NewSeed } from './seed-set.ts';

const datagrams: Readonly<Record<string, string>> = {
  probe: '\0\x01\\Boot\\BCD\0octet\0tsize\x000\0blksize\x001468\0windowsize\x004\0',
  variable: '\0\x01\\sources\\boot.wim\0octet\0tsize\x000\0blksize\x001456\0windowsize\x0016\0msftwindow\x0031416\0',
  plain: '\0\x01boot/x64/bootmgfw.efi\0netascii\0timeout\x005\0rollover\x001\0',
  oack: '\0\x06blksize\x001468\0tsize\x007680\0',
  ack: '\0\x04\0\x04',
  wideAck: '\0\x04\0\x03\x08',
  error: '\0\x05\0\x08User aborted the transfer\0',
  data: '\0\x03\0\x01hello',
};

export function tftpSeeds(): NewSeed[] {
  return Object.entries(datagrams).map(([name, text]) => ({
    parser: 'tftp',
    name,
    bytes: new Uint8Array(Buffer.from(text, 'latin1')),
  }));
}
