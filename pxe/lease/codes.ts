/** Error codes of `pxe/lease`. */
import { registerCodes } from '../../src/core/index.ts';

export const leaseCode = registerCodes({
  LEASE_RANGE: {
    title: 'The range of addresses of the small DHCP server cannot be used.',
    remedy:
      'Give first and last address within the subnet of the interface, without the addresses of server and router.',
  },
});
