/**
 * One send for many packets: the Linux option UDP_SEGMENT of udp(7), set through the optional package koffi. Nothing
 * else is native: the descriptor becomes an ordinary socket of Node. Without the package, or on other systems, or when
 * anything fails, there is none, and packets go out one by one.
 */
import { createRequire } from 'node:module';

export interface Accelerator {
  /** A UDP socket bound to `address`, any port, that cuts what is sent into `segment` bytes; null when it cannot be. */
  readonly open: (address: string, segment: number) => number | null;
  /** Makes it an ordinary socket: where segments are too long for the way, Linux refuses every packet. */
  readonly single: (fd: number) => void;
  /** Closes a descriptor that no socket took over. */
  readonly close: (fd: number) => void;
}

/** Packets in one send (UDP_MAX_SEGMENTS of Linux before 6.9) and its bytes: an IPv4 datagram less its headers. */
export const MOST_SEGMENTS = 64;
export const MOST_BYTES = 65_507;

const AF_INET = 2;
const SOCK_DGRAM = 2;
const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const SOL_UDP = 17;
const UDP_SEGMENT = 103;

interface Koffi {
  load(name: string): { func(declaration: string): (...values: readonly unknown[]) => number };
}

/** Null where the host cannot, or the package is not there. */
export function openAccelerator(): Accelerator | null {
  if (process.platform !== 'linux') return null;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as Koffi;
    const libc = koffi.load('libc.so.6');
    const socket = libc.func('int socket(int, int, int)');
    const setOption = libc.func('int setsockopt(int, int, int, const int *, uint)');
    const bind = libc.func('int bind(int, const uint8_t *, uint)');
    const close = libc.func('int close(int)');
    const accelerator: Accelerator = {
      open(address, segment) {
        const fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd < 0) return null;
        const place = socketAddress(address);
        if (setOption(fd, SOL_UDP, UDP_SEGMENT, [segment], 4) === 0 && bind(fd, place, place.length) === 0) return fd;
        close(fd);
        return null;
      },
      single: (fd) => void setOption(fd, SOL_UDP, UDP_SEGMENT, [0], 4),
      close: (fd) => void close(fd),
    };
    const probe = accelerator.open('0.0.0.0', 1460);
    if (probe === null) return null;
    accelerator.close(probe);
    return accelerator;
  } catch {
    return null;
  }
}

/** `struct sockaddr_in` of an IPv4 address, port 0: the family in the host's order, Linux is little-endian here. */
function socketAddress(address: string): Uint8Array {
  const bytes = new Uint8Array(16);
  new Uint16Array(bytes.buffer, 0, 1)[0] = AF_INET;
  bytes.set(address.split('.').map(Number), 4);
  return bytes;
}
