/** Public face of `src/templates`. */
export { templateCode } from './codes.ts';
export { type InsertPlace, placeOf, type StatePart, type WantedPlace } from './insert.ts';
export { KINDS, TEMPLATE_KINDS, type KindOfTemplate, type TemplateKind } from './kinds.ts';
export { makeTemplate, type MadeTemplate } from './make.ts';
export {
  type Answers,
  type NamedQuestion,
  optionOf,
  QUESTIONS,
  type QuestionName,
  questionsOf,
} from './questions/index.ts';
export type { GivenAnswers, Page, Question } from './questions/question.ts';
export { missingAnswers, readAnswers, type AnswerProblem } from './read-answers.ts';
