/** Public face of `media/builder`. */
export { buildMedia } from './build.ts';
export { builderCode } from './codes.ts';
export type {
  Artifact,
  MediaBuilder,
  MediaPlan,
  PlannedFile,
  PlannedRegion,
  VerificationReport,
} from './types.ts';
