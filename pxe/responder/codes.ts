/** Error codes of `pxe/responder`. */
import { registerCodes } from '../../src/core/index.ts';

export const responderCode = registerCodes({
  RESPONDER_PORT_IN_USE: {
    title: 'Another program listens on a port of DHCP.',
    remedy:
      'Stop it, or beside a DHCP server on this computer set `optionOnly` and let that server send option 60 `PXEClient`.',
  },
  RESPONDER_PORT_RIGHTS: {
    title: 'The operating system does not let this user open a port of DHCP.',
    remedy: 'Run as root, or give the process `CAP_NET_BIND_SERVICE`, as the systemd unit does.',
  },
  RESPONDER_SOCKET: {
    title: 'A socket for DHCP could not be opened.',
    remedy: 'The message holds the system error; is the interface up, and has it the address?',
  },
  RESPONDER_INTERFACES: {
    title: 'Requests of several interfaces cannot be told apart.',
    remedy:
      'Name one interface; or install the optional package `koffi` (Linux); or give sockets by a systemd socket unit with `BindToDevice=`.',
  },
  RESPONDER_NO_INTERFACE: {
    title: 'There is no interface to answer on.',
    remedy: 'Name an interface that is up and has an IPv4 address.',
  },
  RESPONDER_OTHER_DHCP: {
    title: 'A DHCP server answers in this network already.',
    remedy: 'Leave the DHCP server of osdkit off: network boot works beside the other one.',
  },
  RESPONDER_SETTINGS: {
    title: 'Settings of the boot server contradict each other.',
    remedy: 'Change what the message names.',
  },
  RESPONDER_THREAD: {
    title: 'The thread that answers DHCP ended.',
    remedy: 'Report it with the message.',
  },
});
