/** Public face of `pxe/client`. */
export type { BootStore, ReadStore } from './bootmgr-stage.ts';
export { bootClient, type BootEvent, type BootOptions, type BootRun, type JudgedLoader } from './boot.ts';
export { clientCode } from './codes.ts';
export { driveExchange, driveRead, type ServerPlace } from './drive.ts';
export type { ExchangeEffect, ExchangeOptions, ExchangeResult } from './exchange.ts';
export type { FetchedFile } from './fetch.ts';
export { CLIENT_KINDS, type ClientKind, type ClientProfile } from './kinds.ts';
export {
  bootServerMessage,
  type ClientIdentity,
  datagramOf,
  discoverMessage,
  macBytes,
  type Question,
} from './messages.ts';
export { type Offer, type OfferClass, ownAddressOffer, readOffer, urlHost } from './offers.ts';
export type { ReadOutcome, ReadRequest, ReaderStyle } from './reading.ts';
export { nextOf, type Selection, selectOffers } from './select.ts';
export { udpWire } from './udp-wire.ts';
export type { Endpoint, Receive, Wire } from './wire.ts';
export { type HeardDatagram, type Listener, listenOn } from './listen.ts';
export { ownAddressTowards } from './own-address.ts';
