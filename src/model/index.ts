/** Public face of `src/model`. */
export { modelCode } from './codes.ts';
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
