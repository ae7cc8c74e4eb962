/** Public face of `src/policy`. */
export { type Asker, askerOf } from './asker.ts';
export { type AutomaticMedium, automaticProblems } from './automatic.ts';
export { strongestFirst } from './choice.ts';
export { policyCode } from './codes.ts';
export { contentSize, preCacheContent, runContent } from './content.ts';
export { type DocumentOptions, policyDocument } from './document.ts';
export { mediumBootstrap, mediumPolicy, type SiteMedium } from './medium.ts';
export { type Offers, offersFor, policyFor } from './policy.ts';
export { mayRerun, type Rerun } from './rerun.ts';
export { type ResolvedSequence, resolveSequence, type Use } from './resolve.ts';
export { type Resealer, resealer, WITHHELD } from './reveal.ts';
export { instantOf, type Times, timesOf } from './schedule.ts';
export type {
  Choice,
  JudgedDeployment,
  LastRun,
  Policy,
  PolicyContent,
  PolicyMedium,
  PolicyRequest,
  PolicySequence,
  PolicyTime,
  PolicyUpdates,
  PolicyVariable,
  Reason,
  SecretPort,
} from './types.ts';
export { devicesOfUser, targetedUpdates } from './updates.ts';
export { preferredDeployment, variablesAtStart } from './variables.ts';
