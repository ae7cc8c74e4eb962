/** Public face of `pxe/tftp`. */
export { blockCount, blockOfWire, blockRange, wireNumber, type Rollover } from './blocks.ts';
export { defaultCaps, openGate, type Admission, type Caps, type Gate } from './caps.ts';
export { tftpCode } from './codes.ts';
export { checkLimits, defaultLimits, largestBlock, type TransferLimits } from './limits.ts';
export { negotiate, type Agreement } from './negotiate.ts';
export {
  DATA_HEADER,
  DEFAULT_BLOCK_SIZE,
  MAX_BLOCK_SIZE,
  MIN_BLOCK_SIZE,
  opcode,
  wireError,
  type TftpAck,
  type TftpData,
  type TftpError,
  type TftpOack,
  type TftpOption,
  type TftpPacket,
  type TftpRequest,
} from './packet.ts';
export { readPacket } from './read-packet.ts';
export { reduceTransfer } from './reduce.ts';
export { errorPacket, judgeRequest, type Judgement } from './request.ts';
export { measured, unmeasured, waitFor, type RoundTrip } from './round-trip.ts';
export { publishedName, routeName, type RouteName } from './route-name.ts';
export { startTransfer, type NewTransfer } from './sending.ts';
export type { Effect, Outcome, Step, Transfer, TransferCounts, TransferEvent } from './transfer.ts';
export { writePacket } from './write-packet.ts';
export { openTftpServer } from './server.ts';
export type {
  TftpCounts,
  TftpOwner,
  TftpServer,
  TftpServerOptions,
  TftpThreadCounts,
  TftpUse,
} from './server-types.ts';
