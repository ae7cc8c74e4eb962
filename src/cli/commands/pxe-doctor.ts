/** `osdkit pxe doctor`. */
import { doctorText, isWrong, pxeDoctor } from '../../app/index.ts';
import { exitCode } from '../../core/index.ts';
import { defineCommand } from '../command.ts';
import { collect, decimal, given, integer, peerPort } from '../option-values.ts';

export const pxeDoctorCommand = defineCommand({
  useCase: pxeDoctor,
  declare: (command) =>
    command
      .option(
        '--pcap <file>',
        'explain a capture (pcap or pcapng) of tcpdump, dumpcap or Wireshark; - reads standard input',
      )
      .option('--listen', 'explain what is heard on the ports of DHCP; needs root')
      .option('--simulate <client>', 'boot as bios, uefi-x64, uefi-arm64, http, http-arm64, ipxe or ipxe-uefi')
      .option('--server <address>', 'boot server: whom to ask; whose answers are expected')
      .option('--relay <address>', 'relay that the server answers, to find others; may be repeated', collect)
      .option('--address <address>', 'address of this computer (default: the one towards the server)')
      .option(
        '--for <duration>',
        'how long to listen, such as 5m (default: 60s; of standard input until its end or Ctrl-C)',
      )
      .option('--mac <mac>', 'MAC address of the simulated computer (default: 02:6f:73:64:6b:01 and up)')
      .option('--guid <guid>', 'its SMBIOS GUID (default: none)')
      .option('--press', 'press the key: the item of a menu that boots, F12')
      .option('--dhcp-port <port>', 'default: 67', peerPort)
      .option('--boot-server-port <port>', 'default: 4011', peerPort)
      .option('--tftp-port <port>', 'default: 69', peerPort)
      .option('--limit <megabytes>', 'largest file that a simulated client loads (default: 8192)', integer)
      .option(
        '--patience <factor>',
        "how long a simulated client waits, of the firmware's times (default: 1)",
        decimal,
      ),
  input: (_words, { relay, ...options }) => ({ ...given(options), relays: relay }),
  examples: [
    ['osdkit pxe doctor --pcap boot.pcap', 'who asked, who answered, what went wrong and how to mend it'],
    [
      'tcpdump -U -i eth0 -w - | osdkit pxe doctor --pcap -',
      'all that is on the wire while a computer is started, TFTP and HTTP included; Ctrl-C explains',
    ],
    ['osdkit pxe doctor --listen --for 5m', 'as root, while a computer is started; says what cannot be heard'],
    ['osdkit pxe doctor --simulate uefi-x64 --server 192.0.2.10', 'what such a PC would boot; code 5 when nothing'],
    ['osdkit pxe doctor --simulate http --server 192.0.2.10 --mac 52:54:00:12:34:56 --json', 'as this computer'],
  ],
  render: doctorText,
  exitCode: (result) => (isWrong(result) ? exitCode.verification : exitCode.done),
});
