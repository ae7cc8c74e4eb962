/** What can be wrong with a boot, each with the mend: stable words, one table. */

export type Severity = 'error' | 'warning' | 'note';

interface Row {
  readonly severity: Severity;
  readonly mend: string;
}

export const FINDINGS = {
  nobodyAnswers: {
    severity: 'error',
    mend: 'Record at the server too: does the question arrive there? An osdkit server that hears it and stays silent says why in its log. In another subnet a relay (ip helper) must forward it; on the same one look for a firewall on UDP 67, a wrong VLAN, and a switch port that comes up late (spanning tree: portfast).',
  },
  noAddress: {
    severity: 'error',
    mend: 'A boot server gives no addresses. Look at the DHCP server: is it running, is the scope full, is this MAC address filtered, does the relay forward to it?',
  },
  noBootOffer: {
    severity: 'error',
    mend: 'The boot server did not answer. `osdkit pxe why MAC` says what it decided; if it knows nothing of this computer, the question does not reach it: firewall on UDP 67 or 4011, wrong interface.',
  },
  relayMissing: {
    severity: 'error',
    mend: 'The address came through a relay. Add the boot server to the relay (ip helper-address) beside the DHCP server.',
  },
  relayNotAllowed: {
    severity: 'error',
    mend: 'Add the relay to `pxe: relays:` of the distribution point.',
  },
  notServed: {
    severity: 'error',
    mend: 'Nothing to mend at the server where the architecture has no Windows PE; else correct what the message says.',
  },
  ourSilence: {
    severity: 'error',
    mend: '`osdkit pxe why MAC` names the decision: nothing deployed, used up, unknown, on the ignore list.',
  },
  rivalServer: {
    severity: 'warning',
    mend: 'Stop one of them, or let each answer its own computers only (ignore list, unknown computers off). Firmware keeps the first offer.',
  },
  dhcpServerBoots: {
    severity: 'warning',
    mend: 'Take options 43, 60, 66 and 67 out of the DHCP scope: they come before every boot server.',
  },
  dhcpServerNamesFile: {
    severity: 'note',
    mend: 'Options 66 and 67 of the DHCP scope give one file to all firmware; a boot server beside it decides for each.',
  },
  optionSixtyAlone: {
    severity: 'error',
    mend: 'Option 60 (PXEClient) in the DHCP scope is right only when the boot server runs on the same host. Take it out, or run the boot server there with port 4011.',
  },
  bootServerSilent: {
    severity: 'error',
    mend: 'Open UDP 4011 to the server in every firewall on the way, and look whether the server runs; `osdkit pxe why MAC` says what it decided.',
  },
  bootServerPort: {
    severity: 'error',
    mend: 'iPXE takes the reply from port 4011 alone: no address translation may stand between.',
  },
  offerWithoutServer: {
    severity: 'error',
    mend: 'The server that sent it must put option 54 into its offers: firmware drops them without.',
  },
  offerWithoutFile: {
    severity: 'error',
    mend: 'The server says that the file is in this packet, and names none: set the boot file name.',
  },
  lateOffer: {
    severity: 'warning',
    mend: 'The server needs to answer within 4 seconds (iPXE: 2): less response delay, less load, or a faster decision.',
  },
  addressRefused: {
    severity: 'error',
    mend: 'The DHCP server takes its offer back: two DHCP servers with one scope, or an address in use. Look at its log.',
  },
  noAcknowledgement: {
    severity: 'error',
    mend: 'The DHCP server offered an address and did not give it. Look at its log, and for two DHCP servers.',
  },
  menuWaits: {
    severity: 'note',
    mend: 'The user must press a key; without it the computer goes on to the next boot device. `osdkit pxe start DEVICE` boots without.',
  },
  urlUnusable: {
    severity: 'error',
    mend: 'HTTP Boot needs a URL; with a host name the DHCP offer must name a DNS server (option 6). Use the address of the server.',
  },
  notForHttpBoot: {
    severity: 'error',
    mend: 'HTTP Boot drops offers without option 60 HTTPClient: the server must repeat it.',
  },
  tftpUnanswered: {
    severity: 'error',
    mend: 'Nothing answered the request. Is the server running, is UDP 69 open to it?',
  },
  tftpUnheard: {
    severity: 'error',
    mend: 'The server answers from another port than 69, and the answer does not reach the client. Let firewalls pass UDP from the server at any port, or use their TFTP helper.',
  },
  sizeMissing: {
    severity: 'error',
    mend: 'This TFTP server does not grant `tsize`. UEFI firmware loads nothing then (PXE-E99, NBP filesize is 0): use a server that does.',
  },
  optionUnasked: {
    severity: 'error',
    mend: 'This TFTP server grants what was not asked for, or more of it. UEFI firmware refuses that: use another server or its plain settings.',
  },
  loaderMissing: {
    severity: 'error',
    mend: 'The name of the offer is not on that TFTP server: correct the name, or the server that it points to (siaddr, option 66).',
  },
  loaderRefused: {
    severity: 'error',
    mend: 'Secure Boot refuses a loader whose signer it does not trust. Look which one signed it (`osdkit image inspect`): PCs from before 2024 trust "Microsoft Windows Production PCA 2011", new ones may trust "Windows UEFI CA 2023" alone, and revoked ones (dbx, SVN) are refused, too. Set `signingAuthority` of the distribution point, update the boot image, or try once with Secure Boot off.',
  },
  loaderStops: {
    severity: 'error',
    mend: 'The program of the boot image asks for nothing further. Is it for this architecture? Is it whole? Look at the screen.',
  },
  storeMissing: {
    severity: 'error',
    mend: 'The boot manager stops with 0xc000000f. The store must be beside the loader (the offer names it with backslashes) or at \\Boot\\BCD.',
  },
  fileMissing: {
    severity: 'error',
    mend: 'The boot manager stops with 0xc000000f when boot.sdi or boot.wim is not there: correct the store or the server.',
  },
  transferStopped: {
    severity: 'error',
    mend: 'The transfer broke off. Packets are lost: a bad cable or port, a duplex mismatch, a client that was switched off. Blocks over 1468 bytes are fragmented, and many networks lose fragments.',
  },
  transferRefused: {
    severity: 'error',
    mend: 'The server refused the file: see its message.',
  },
  transferAborted: {
    severity: 'error',
    mend: 'The client ended the transfer: see its message, and whether it has memory for the file.',
  },
  lossy: {
    severity: 'warning',
    mend: 'More than one block in a hundred was sent again: look for a bad cable or port, a duplex mismatch, or a window that is too large for the switches.',
  },
  slow: {
    severity: 'note',
    mend: 'Each block waits for its ACK. Give the boot manager a window in the store (ramdisktftpwindowsize 16).',
  },
  fragments: {
    severity: 'warning',
    mend: 'Blocks are larger than a packet: fewer networks carry them, and old firmware cannot put them together. 1456 fits everywhere.',
  },
  httpRefused: {
    severity: 'error',
    mend: 'No web server at this port of the server: is it running, is the port of the URL right?',
  },
  httpUnanswered: {
    severity: 'error',
    mend: 'The connection is not answered: a firewall, or an address that is not reached from there.',
  },
  httpNotAsked: {
    severity: 'error',
    mend: 'The firmware got a URL and opened no connection. Many builds take https alone: give the server a certificate that the firmware trusts, or use PXE.',
  },
  httpStatus: {
    severity: 'error',
    mend: 'The web server has no such file, or refuses it: see the status.',
  },
  httpShort: {
    severity: 'error',
    mend: 'The download broke off. UEFI makes a RAM disk of an image: the computer needs that much memory, and twice the boot image in it.',
  },
  httpStops: {
    severity: 'error',
    mend: 'The size was asked for and the file was not fetched: the firmware has not the memory for it, or does not know its kind (.iso, .img, .efi).',
  },
  recordingCut: {
    severity: 'warning',
    mend: 'Record whole packets (`tcpdump -s 0`), and let the recorder end by itself: what was cut off or left out could not be read.',
  },
} as const satisfies Readonly<Record<string, Row>>;

export type FindingCode = keyof typeof FINDINGS;

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What is wrong, with addresses and names. */
  readonly text: string;
  readonly mend: string;
}

/** A finding with its row. */
export function finding(code: FindingCode, text: string): Finding {
  const { severity, mend } = FINDINGS[code];
  return { code, severity, text, mend };
}
