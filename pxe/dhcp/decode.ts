/** Bytes of a datagram to a message. It judges the form alone; what a message means is for `pxe/boot`. */
import { FormatError } from '../../src/core/index.ts';
import { addressText } from './address.ts';
import { dhcpCode } from './codes.ts';
import { CHADDR_SIZE, COOKIE, FILE_SIZE, fixedPart, SNAME_SIZE } from './layout.ts';
import type { DhcpMessage, RawOption } from './message.ts';
import { joinOptions, OVERLOAD, splitOptions } from './option-area.ts';

function refuse(message: string, details: Record<string, number>): never {
  throw new FormatError(dhcpCode.DHCP_MESSAGE, message, { details });
}

/**
 * Reads one message (RFC 2131 section 2); options in `file` and `sname` are found by option 52 (RFC 2132 9.3).
 * The bytes of options are views, not copies. Throws FormatError: `DHCP_MESSAGE`, `DHCP_OPTION_AREA`.
 */
export function decodeMessage(datagram: Uint8Array): DhcpMessage {
  if (datagram.length < fixedPart.size) {
    refuse(`a DHCP message has at least ${fixedPart.size} bytes, this one ${datagram.length}`, {
      expected: fixedPart.size,
      actual: datagram.length,
    });
  }
  const fixed = fixedPart.decode(datagram);
  const { cookie } = fixed;
  if (cookie !== COOKIE) {
    refuse(`bytes 236..239 are 0x${cookie.toString(16)}, not the DHCP cookie 0x63825363`, {
      offset: 236,
      actual: cookie,
    });
  }
  if (fixed.op !== 1 && fixed.op !== 2) {
    refuse(`op is ${fixed.op}; a request has 1, a reply 2`, { offset: 0, actual: fixed.op });
  }
  if (fixed.hlen > CHADDR_SIZE) {
    refuse(`a hardware address of ${fixed.hlen} bytes; at most 16 fit`, { offset: 2, actual: fixed.hlen });
  }
  const own = splitOptions(datagram.subarray(fixedPart.size), 'options');
  const fields = overloaded(own);
  return {
    op: fixed.op,
    htype: fixed.htype,
    hlen: fixed.hlen,
    hops: fixed.hops,
    xid: fixed.xid,
    secs: fixed.secs,
    flags: fixed.flags,
    ciaddr: addressText(fixed.ciaddr),
    yiaddr: addressText(fixed.yiaddr),
    siaddr: addressText(fixed.siaddr),
    giaddr: addressText(fixed.giaddr),
    chaddr: fixed.chaddr,
    sname: fields & 2 ? new Uint8Array(SNAME_SIZE) : fixed.sname,
    file: fields & 1 ? new Uint8Array(FILE_SIZE) : fixed.file,
    options: joinOptions(fields === 0 ? own : withOverload(own, fields, fixed)),
  };
}

/** RFC 3396 section 5: options, then file, then sname. */
function withOverload(
  own: readonly RawOption[],
  fields: number,
  { file, sname }: { readonly file: Uint8Array; readonly sname: Uint8Array },
): RawOption[] {
  const pieces = [
    ...own,
    ...(fields & 1 ? splitOptions(file, 'file') : []),
    ...(fields & 2 ? splitOptions(sname, 'sname') : []),
  ];
  return pieces.filter(({ code }) => code !== OVERLOAD);
}

/** Bit 0: `file` holds options; bit 1: `sname` does. */
function overloaded(options: readonly RawOption[]): number {
  if (!options.some(({ code }) => code === OVERLOAD)) return 0;
  const found = options.filter(({ code }) => code === OVERLOAD);
  const { data } = found[0] as RawOption;
  const value = data[0] ?? 0;
  if (found.length > 1 || data.length !== 1 || value < 1 || value > 3) {
    throw new FormatError(
      dhcpCode.DHCP_OPTION_AREA,
      `option 52 (overload) must be there once with one byte of 1..3; found ${found.length} with ${data.length} bytes, first ${value}`,
      { details: { option: OVERLOAD, actual: value } },
    );
  }
  return value;
}
