/** Public face of `src/core`: what every other module may use. */
export { allCodes, coreCode, registerCodes, type CodeEntry, type ErrorCode } from './codes.ts';
export {
  CanceledError,
  EnvironmentError,
  exitCode,
  FormatError,
  InputError,
  IntegrityError,
  InternalError,
  LimitError,
  OsdkitError,
  UnsupportedFeatureError,
  type ErrorDetails,
  type ErrorOptions,
} from './errors.ts';
export { silentLog, type Log, type LogFields, type LogLevel } from './log.ts';
export { checkCanceled, operationContext, type OperationContext, type Progress } from './operation.ts';
export type { Problem } from './problem.ts';
export { Secret } from './secret.ts';
export { toOsdkitError } from './system-error.ts';
export { nearestHint, nearestName, nearestNames } from './nearest-name.ts';
