/**
 * A socket that hears one interface alone: SO_BINDTODEVICE (socket(7)), which Node cannot set. Needs the optional package `koffi`
 * and Linux; since Linux 5.7 no further rights.
 */

/** Constants of Linux on the processors that Node runs on: asm-generic/socket.h, bits/socket.h. */
const AF_INET = 2;
const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_BROADCAST = 6;
const SO_BINDTODEVICE = 25;

export interface DeviceSockets {
  /**
   * The descriptor of a UDP socket on every address of one interface. `shared`: beside other sockets of the port. A failed call
   * gives its name and its errno.
   */
  open(device: string, port: number, shared: boolean): number | { readonly call: string; readonly errno: number };
}

/** `undefined` where the package or Linux is absent. */
export async function loadDeviceSockets(platform: string): Promise<DeviceSockets | undefined> {
  if (platform !== 'linux') return undefined;
  try {
    const { default: koffi } = await import('koffi');
    const libc = koffi.load(null);
    const call = (signature: string) => libc.func(signature) as (...args: unknown[]) => number;
    const socket = call('int socket(int, int, int)');
    const setsockopt = call('int setsockopt(int, int, int, void *, uint32_t)');
    const bind = call('int bind(int, void *, uint32_t)');
    const close = call('int close(int)');
    return {
      open: (device, port, shared) =>
        open({ socket, setsockopt, bind, close, errno: () => koffi.errno() }, device, port, shared),
    };
  } catch {
    // Not installed, or not for this processor: then there are the ways without it.
    return undefined;
  }
}

interface Libc {
  socket(...args: unknown[]): number;
  setsockopt(...args: unknown[]): number;
  bind(...args: unknown[]): number;
  close(...args: unknown[]): number;
  errno(): number;
}

function open(libc: Libc, device: string, port: number, shared: boolean): ReturnType<DeviceSockets['open']> {
  const fd = libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return { call: 'socket', errno: libc.errno() };
  const failed = (call: string) => {
    const errno = libc.errno();
    libc.close(fd);
    return { call, errno };
  };
  const yes = new Uint8Array(Int32Array.of(1).buffer);
  const name = new TextEncoder().encode(`${device}\0`);
  if (shared && libc.setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, yes, yes.length) < 0) return failed('SO_REUSEADDR');
  if (libc.setsockopt(fd, SOL_SOCKET, SO_BROADCAST, yes, yes.length) < 0) return failed('SO_BROADCAST');
  if (libc.setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, name.length) < 0) return failed('SO_BINDTODEVICE');
  // struct sockaddr_in: family in the machine's order, port in the network's, any address.
  const address = new Uint8Array(16);
  address.set(new Uint8Array(Uint16Array.of(AF_INET).buffer), 0);
  address.set([port >> 8, port & 255], 2);
  return libc.bind(fd, address, address.length) < 0 ? failed('bind') : fd;
}
