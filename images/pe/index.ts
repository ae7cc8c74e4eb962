/** Public face of `images/pe`. */
export { peCode } from './codes.ts';
export { readPe } from './read.ts';
export { subsystem, type PeFile, type PeMachine, type PeSection, type PeVersion } from './types.ts';
