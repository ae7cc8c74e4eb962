/** Public face of `pxe/responder`. */
export { responderCode } from './codes.ts';
export { givenSockets } from './given.ts';
export { chooseInterfaces, type ChosenInterfaces, type SystemInterfaces } from './interfaces.ts';
export { openBootServer } from './server.ts';
export {
  BOOT_PORTS,
  type BootCounts,
  type BootNote,
  type BootPorts,
  type BootServer,
  type BootServerOptions,
  type BootServerOwner,
  type GivenSocket,
  RESPONDER_LIMITS,
  type ResponderLimits,
  type ResponderSettings,
  type Rival,
  type ServedInterface,
} from './types.ts';
