/** Public face of `src/steps`. */
export { actionOf } from './action.ts';
export { checkStep, type StepPath, type StepProblem } from './check.ts';
export { stepCode } from './codes.ts';
export { contentReferences, secretProperties, type ContentReference } from './content.ts';
export { withJsonSchema, type JsonSchema } from './json-schema.ts';
export { findStepType, isStepType, stepType, stepTypeNamed, stepTypeOfXml, stepTypes } from './look-up.ts';
export { propertiesFrom, type StepProperties } from './properties-from.ts';
export { withSchema } from './schema.ts';
export { typedStep } from './typed.ts';
export { propertiesOf } from './universal.ts';
export { holdsVariable, isSealed } from './value-text.ts';
export { variablesOf, type VariableOptions } from './variables-of.ts';
export type {
  ConfigMgrMapping,
  Dialect,
  PropertySpec,
  StepCategory,
  StepDefinition,
  StepEffect,
  StepType,
  StepVariable,
  ValueKind,
} from './types.ts';
