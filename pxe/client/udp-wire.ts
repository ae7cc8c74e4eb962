/** The real network under a client. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { EnvironmentError } from '../../src/core/index.ts';
import { clientCode } from './codes.ts';
import type { Wire } from './wire.ts';

/** Sockets of this computer, and its clock. */
export const udpWire: Wire = {
  async open({ address, port, broadcast = false }, receive) {
    const socket = createSocket({ type: 'udp4', reuseAddr: broadcast, recvBufferSize: 1024 * 1024 });
    // ICMP says that a port is closed: the client learns it by silence, as firmware does.
    socket.on('error', () => {});
    // Port 0 says that no answer is wanted (RFC 768), and none can be sent there.
    socket.on('message', (bytes, source) => {
      if (source.port !== 0) receive(bytes, source);
    });
    try {
      socket.bind({ address, port, exclusive: !broadcast });
      await once(socket, 'listening');
    } catch (problem) {
      socket.close();
      const why = (problem as NodeJS.ErrnoException).code ?? String(problem);
      throw new EnvironmentError(
        clientCode.PXE_CLIENT_SOCKET,
        `UDP port ${port} of ${address} cannot be used: ${why}`,
        {
          details: { address, port, reason: why },
          hint: hintFor(why, port),
          cause: problem,
        },
      );
    }
    if (broadcast) socket.setBroadcast(true);
    let open = true;
    return {
      address: socket.address().address,
      port: socket.address().port,
      send(bytes, to, host) {
        // A datagram that cannot leave is a lost one.
        if (open) socket.send(bytes, to, host, () => {});
      },
      close() {
        if (open) socket.close();
        open = false;
      },
    };
  },
  now: () => performance.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

function hintFor(why: string, port: number): string {
  if (why === 'EACCES') return `Ports below 1024 need rights: run as root.`;
  if (why === 'EADDRINUSE') return `Another program has port ${port}: on Linux \`ss -ulpn\` names it.`;
  return 'Give an address of this computer.';
}
