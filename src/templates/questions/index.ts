/** All questions, in the order of the wizard's pages. */
import type { TemplateKind } from '../kinds.ts';
import { captureQuestions } from './capture.ts';
import {
  clientQuestions,
  driverQuestions,
  informationQuestions,
  networkQuestions,
  optionQuestions,
  softwareQuestions,
} from './general.ts';
import { stateQuestions, windowsQuestions } from './install.ts';
import type { Question } from './question.ts';
import { upgradeQuestions } from './upgrade.ts';

const table = {
  ...informationQuestions,
  ...windowsQuestions,
  ...networkQuestions,
  ...clientQuestions,
  ...stateQuestions,
  ...driverQuestions,
  ...captureQuestions,
  ...upgradeQuestions,
  ...softwareQuestions,
  ...optionQuestions,
};

export type QuestionName = keyof typeof table;

/** Checked answers by the names of their questions. */
export type Answers = {
  readonly [Name in QuestionName]?: (typeof table)[Name] extends Question<infer T> ? T | undefined : never;
};

export const QUESTIONS: Readonly<Record<QuestionName, Question>> = table;

export interface NamedQuestion extends Question {
  readonly name: QuestionName;
  /** Name of its option on the command line, without dashes. A password is read from the file that the option names. */
  readonly option: string;
  readonly isRequired: boolean;
}

/** What a kind of the wizard asks, in order; with the choices that it has. */
export function questionsOf(kind: TemplateKind): NamedQuestion[] {
  return (Object.entries(QUESTIONS) as [QuestionName, Question][]).flatMap(([name, question]) => {
    if (!question.kinds.includes(kind)) return [];
    const choices = question.choicesOf?.[kind] ?? question.choices;
    return [
      {
        ...question,
        ...(choices === undefined ? {} : { choices }),
        name,
        option: optionOf(name),
        isRequired: question.required?.includes(kind) ?? false,
      },
    ];
  });
}

/** `adminPassword` is asked for as `--admin-password-file`. */
export function optionOf(name: QuestionName): string {
  const question = QUESTIONS[name];
  const kebab = name.replaceAll(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`);
  return question.form === 'secret' ? `${kebab}-file` : (question.singular ?? kebab);
}
