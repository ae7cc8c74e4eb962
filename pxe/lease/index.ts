/** Public face of `pxe/lease`. */
export { type LeaseAnswer, leaseClient, type LeaseServer, openLeaseServer } from './answer.ts';
export { leaseCode } from './codes.ts';
export type { LeaseRecord, LeaseSettings } from './types.ts';
