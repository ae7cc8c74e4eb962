/** What was answered, to checked answers: every mistake at once, each with the question's name. */
import { nearestHint } from '../core/index.ts';
import type { Problem } from '../core/index.ts';
import { templateCode } from './codes.ts';
import { KINDS, type TemplateKind } from './kinds.ts';
import { type Answers, QUESTIONS, type QuestionName, questionsOf } from './questions/index.ts';
import type { GivenAnswers, Question } from './questions/question.ts';

export interface AnswerProblem extends Problem {
  /** The question, as in the answers file; undefined for what is about a step. */
  readonly answer?: string;
}

export interface ReadAnswers {
  readonly answers: Answers;
  readonly problems: readonly AnswerProblem[];
}

/** The text of a password that stands in variables at run time, and nowhere else. */
const ONLY_VARIABLES = /^(%[A-Za-z_][A-Za-z0-9_-]*%)+$/;

/** Answers of the form that their questions want; those that are not are told and left out. */
export function readAnswers(kind: TemplateKind, given: GivenAnswers): ReadAnswers {
  const answers: Record<string, unknown> = {};
  const problems: AnswerProblem[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    const problem = unaskedProblem(kind, name) ?? valueProblem(kind, name as QuestionName, value, answers);
    if (problem) problems.push(problem);
  }
  return { answers, problems };
}

/** Questions without which the sequence cannot work and that have no answer. */
export function missingAnswers(kind: TemplateKind, given: GivenAnswers): AnswerProblem[] {
  return questionsOf(kind)
    .filter(({ name, isRequired }) => isRequired && (given[name] === undefined || given[name] === null))
    .map(({ name, title }) => missing(name, title));
}

export function missing(name: QuestionName, what: string): AnswerProblem {
  return {
    code: templateCode.TEMPLATE_ANSWER_MISSING,
    severity: 'error',
    message: `is missing: ${what}`,
    answer: name,
  };
}

function unaskedProblem(kind: TemplateKind, name: string): AnswerProblem | undefined {
  if (!Object.hasOwn(QUESTIONS, name)) {
    const hint = nearestHint(
      name,
      questionsOf(kind).map((question) => question.name),
    );
    const message = `is no question of the kind ${kind}`;
    return { code: templateCode.TEMPLATE_ANSWER_UNKNOWN, severity: 'error', message, hint, answer: name };
  }
  const question = QUESTIONS[name as QuestionName];
  if (question.refused !== undefined) {
    const code = templateCode.TEMPLATE_SYSPREP_PACKAGE;
    return { code, severity: 'error', message: `is refused: ${question.refused}`, answer: name };
  }
  if (question.kinds.includes(kind)) return undefined;
  const code = templateCode.TEMPLATE_ANSWER_FOREIGN;
  return { code, severity: 'error', message: `does not apply: ${foreignReason(kind, name, question)}`, answer: name };
}

function foreignReason(kind: TemplateKind, name: string, { kinds }: Question): string {
  const { bootImage } = KINDS[kind];
  if (name === 'bootImage' && typeof bootImage === 'object') return bootImage.never;
  if (name === 'partition' && kind === 'build-and-capture') {
    return 'the reference computer is always partitioned and formatted (TPL-63)';
  }
  return `only ${kinds.join(', ')} ${kinds.length === 1 ? 'asks' : 'ask'} it`;
}

function valueProblem(
  kind: TemplateKind,
  name: QuestionName,
  value: unknown,
  answers: Record<string, unknown>,
): AnswerProblem | undefined {
  const question = QUESTIONS[name];
  if (question.form === 'secret' && typeof value === 'string' && !ONLY_VARIABLES.test(value)) {
    const code = templateCode.TEMPLATE_SECRET_PLAIN;
    return { code, severity: 'error', message: 'is a password and was given as plain text', answer: name };
  }
  const result = question.schema.safeParse(value);
  const choices = question.choicesOf?.[kind];
  if (result.success && (choices === undefined || choices.includes(String(result.data)))) {
    answers[name] = result.data;
    return undefined;
  }
  const expected = choices ? `one of ${choices.join(', ')}` : (result.error?.issues[0]?.message ?? 'another value');
  // A value that should have been a secret, or a product key, is not shown.
  const isShown = question.form !== 'secret' && name !== 'productKey' && ['string', 'number'].includes(typeof value);
  const found = isShown ? `; found ${JSON.stringify(value).slice(0, 80)}` : '';
  return {
    code: templateCode.TEMPLATE_ANSWER_VALUE,
    severity: 'error',
    message: `must be ${expected}${found}`,
    answer: name,
  };
}
