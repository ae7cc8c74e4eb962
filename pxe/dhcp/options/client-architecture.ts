/** Option 93 (RFC 4578 2.1, RFC 5970 3.3): architectures that the client can boot, the one it wants first. */
import { type DhcpOption, refuseValue } from './option.ts';

const name = 'client architecture (93)';

export const clientArchitectures: DhcpOption<readonly number[]> = {
  code: 93,
  name,
  decode(data) {
    if (data.length === 0 || data.length % 2 !== 0) refuseValue(name, 'codes of 2 bytes', data);
    return Array.from({ length: data.length / 2 }, (_, at) => ((data[2 * at] ?? 0) << 8) | (data[2 * at + 1] ?? 0));
  },
  encode: (codes) => Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 255])),
};
