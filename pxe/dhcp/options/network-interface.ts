/** Option 94 (RFC 4578 2.2): version of the network driver interface of the firmware, 1 being UNDI. */
import { type DhcpOption, refuseValue } from './option.ts';

export interface NetworkInterface {
  readonly type: number;
  readonly major: number;
  readonly minor: number;
}

const name = 'network interface (94)';

export const networkInterface: DhcpOption<NetworkInterface> = {
  code: 94,
  name,
  decode(data) {
    const [type = 0, major = 0, minor = 0] = data;
    if (data.length !== 3) refuseValue(name, 'type, major and minor version', data);
    return { type, major, minor };
  },
  encode: ({ type, major, minor }) => Uint8Array.of(type, major, minor),
};
