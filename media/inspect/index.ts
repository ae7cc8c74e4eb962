/** Public face of `media/inspect`. */
export { inspectCode } from './codes.ts';
export { openMedium, type BootWim, type Medium } from './open-medium.ts';
export { verifyMedium } from './verify.ts';
