/** Public face of `pxe/capture`. */
export { captureCode } from './codes.ts';
export { type UdpDatagram, udpOf } from './datagram.ts';
export type { CapturedPacket } from './packet.ts';
export { readCapture } from './read.ts';
export { captureReader, type CaptureReader } from './reader.ts';
export { tcpOf, type TcpSegment } from './segment.ts';
