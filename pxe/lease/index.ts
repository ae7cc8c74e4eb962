/** Public face of `pxe/lease`. */
export type { LeaseRecord, LeaseSettings } from './types.ts';
