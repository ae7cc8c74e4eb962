/** Public face of `src/sequence`. */
export { sequenceCode } from './codes.ts';
export { compareTexts, equalTexts, exitCodeOf, instantOf } from './conditions/compare.ts';
export { evaluate, evaluateAll } from './conditions/evaluate.ts';
export { conditionLine, conditionText } from './conditions/text.ts';
export type { ConditionEnvironment, Evaluation } from './conditions/types.ts';
export { factsSchema, parseFacts, type MachineFacts } from './facts.ts';
export type { DataPath, PathProblem, SourceOf } from './path-problem.ts';
export { parseConditions } from './yaml/conditions.ts';
export { parseItems, type ParsedItems } from './yaml/items.ts';
export { conditionsToData, itemsToData, itemToData, type PlainData } from './yaml/write.ts';
export { arrayName, arrayPart, type ListDigits, type ListedVariables, listName, readList } from './variables/arrays.ts';
export type { BuiltinVariable } from './variables/builtin-types.ts';
export { BUILTIN_VARIABLES, builtinVariable, isReadOnlyVariable } from './variables/builtin-variables.ts';
export { engineVariables, type RunStart } from './variables/engine-variables.ts';
export { showOrigin, type VariableOrigin } from './variables/origin.ts';
export {
  type GivenVariable,
  joinVariables,
  lookupIn,
  type RunVariable,
  type RunVariables,
  setVariable,
  sortedVariables,
  stateOf,
  stepVariables,
  type VariableValue,
} from './variables/run-variables.ts';
export {
  type CollectionVariables,
  DEFAULT_COLLECTION_PRIORITY,
  startVariables,
  type VariableSources,
} from './variables/start-variables.ts';
export { expand, referencedNames, type Expansion } from './variables/expand.ts';
export { showState, type VariableLookup, type VariableState } from './variables/state.ts';
export { allOf, anyOf, not, type Verdict } from './verdict.ts';
export { matchWildcards } from './wildcard.ts';
export { WQL_CLASSES } from './wql/classes.ts';
export { evaluateWql } from './wql/evaluate.ts';
export { parseWql, type WqlExpression, type WqlQuery } from './wql/parse.ts';
export { advance, firstItem, type WalkEvent, type WalkState } from './walk/advance.ts';
export { type ItemPath, itemAt, type PlacedItem, placedItems, showPath } from './walk/path.ts';
export { type Survey, survey, type SurveyOracle, type SurveyReason, type SurveyVisit } from './walk/survey.ts';
