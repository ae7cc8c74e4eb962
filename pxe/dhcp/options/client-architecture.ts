/** Option 93 (RFC 4578 2.1, RFC 5970 3.3): architectures that the client can boot, the one it wants first. */
import { viewOf } from '../../../images/bytes/index.ts';
import { type DhcpOption, refuseValue } from './option.ts';

const name = 'client architecture (93)';

export const clientArchitectures: DhcpOption<readonly number[]> = {
  code: 93,
  name,
  decode(data) {
    if (data.length === 0 || data.length % 2 !== 0) refuseValue(name, 'codes of 2 bytes', data);
    const view = viewOf(data);
    return Array.from({ length: data.length / 2 }, (_, index) => view.getUint16(index * 2));
  },
  encode: (codes) => Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 255])),
};
