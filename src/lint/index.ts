/** Public face of `src/lint`. */
export { lintCode } from './codes.ts';
export { lintSequence, ruleTexts, type RuleText } from './lint.ts';
