/** Public face of `src/model`. */
export { modelCode } from './codes.ts';
export { type Notice, NOTICE_TEXTS, noticeOf } from './high-impact-notice.ts';
export { checkLabel, checkValidity, checkZonedDate, defaultLabel } from './media-options.ts';
export { isPasswordVariable } from './password-variables.ts';
export {
  checkVariableName,
  checkVariableValue,
  isSecret,
  mergeVariables,
  revealed,
  variableKey,
  type Variable,
} from './variable.ts';
export { OBJECT_FOLDERS, type ContentKind, type ObjectKind } from './object-kinds.ts';
export type {
  ComparisonOperator,
  Condition,
  DynamicRule,
  DynamicRules,
  ExtraData,
  ExtraElement,
  ExtraVariable,
  Group,
  HighImpact,
  OrderedTest,
  OrderOperator,
  PlatformCondition,
  PropertyValue,
  RunIn,
  SealedText,
  SequenceItem,
  SoftwareCenter,
  Step,
  TaskSequence,
} from './task-sequence.ts';
export * from './objects/index.ts';
export type { NodePath, Place, Site, SiteObject, SiteProblem } from './site.ts';
