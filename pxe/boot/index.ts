/** Public face of `pxe/boot`. */
export { type Answer, answer } from './answer.ts';
export { type Architecture, ARCHITECTURES, chooseArchitecture, type Cpu, type Platform } from './architectures.ts';
export {
  type BootClient,
  clientKey,
  type Firmware,
  type Identified,
  identify,
  PROBE_CLASS,
  macText,
} from './client.ts';
export type { BootChoice, BootDecider, BootFile, BootMenu, Purpose } from './decider.ts';
export { type Destination, destination } from './destination.ts';
export {
  advance,
  EXCHANGE_TIMES,
  type ExchangeEffect,
  type ExchangeEvent,
  type ExchangeState,
  type ExchangeTimes,
  newExchange,
  type Step,
} from './exchange.ts';
export { chooseLoader, type Loader, LOADERS } from './loaders.ts';
export { MENU_TYPE, menuOptions } from './menu.ts';
export { type Quirk, QUIRKS } from './quirks.ts';
export { type Reason, REASONS } from './reasons.ts';
export {
  type BootRequest,
  type BootSettings,
  type Classified,
  classify,
  type Received,
  type Stage,
} from './request.ts';
