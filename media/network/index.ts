/** Public face of `media/network`. */
export { networkCode } from './codes.ts';
export { checkSizes, preparedDocument, readPrepared } from './document.ts';
export { preparedKey, versionPart } from './key.ts';
export { planNetworkBoot, type NetworkBootPlan } from './plan.ts';
export {
  networkRoles,
  networkStarts,
  type NetworkBootSpec,
  type NetworkRole,
  type NetworkStart,
  type PreparedImage,
  type PreparedSlice,
  type SigningAuthority,
} from './types.ts';
export { writeNetworkBoot } from './write.ts';
