/**
 * Answers to the wizard's questions from where they may come: a file (YAML or JSON), options, prompts. What is typed holds
 * over the file. Passwords become sealed texts here; they are never in argv.
 */
import { randomBytes } from 'node:crypto';
import { readToEnd } from '../../images/bytes/index.ts';
import { InputError, Secret } from '../core/index.ts';
import type { Site } from '../model/index.ts';
import { readYaml } from '../site/index.ts';
import { type AnswerProblem, type GivenAnswers, optionOf, QUESTIONS, type QuestionName } from '../templates/index.ts';
import { appCode } from './codes.ts';
import { readPasswordFile } from './password-file.ts';
import { sealForSite } from './site-key-file.ts';
import { saveAsUtf8, utf8Text } from './utf8-text.ts';

const largest = 1024 * 1024;

export interface AnswerSources {
  /** By question: text of options, typed values of a library, `Secret` of prompts. */
  readonly answers: GivenAnswers;
  readonly answersFile?: string | undefined;
  /** Files with a password in their first line, by question. */
  readonly passwordFiles: Readonly<Record<string, string>>;
}

export interface GatheredAnswers {
  readonly given: GivenAnswers;
  /** How a person finds the answer again: its option, or its line in the file. */
  readonly placeOf: (answer: string) => string;
}

/** Throws InputError: `APP_ANSWERS_FILE` with every line that is wrong, `APP_PASSWORD_FILE`, `APP_SITE_KEYS`. */
export async function gatherAnswers(site: Site, sources: AnswerSources): Promise<GatheredAnswers> {
  const file = sources.answersFile === undefined ? undefined : await readAnswersFile(sources.answersFile);
  const given: Record<string, unknown> = { ...file?.answers, ...defined(sources.answers) };
  for (const [name, path] of Object.entries(sources.passwordFiles)) given[name] = await readPasswordFile(path);
  for (const [name, value] of Object.entries(given)) {
    const secret = secretOf(value);
    if (secret) given[name] = sealForSite(site, secret, randomBytes);
  }
  const typed = new Set([...Object.keys(defined(sources.answers)), ...Object.keys(sources.passwordFiles)]);
  const placeOf = (answer: string): string =>
    !typed.has(answer) && file && Object.hasOwn(file.answers, answer)
      ? `${file.placeOf(answer)}: ${answer}`
      : Object.hasOwn(QUESTIONS, answer)
        ? `--${optionOf(answer as QuestionName)}`
        : answer;
  return { given, placeOf };
}

/** All problems as one error; its code is that of the first. Undefined when nothing is an error. */
export function answersRefused(
  what: string,
  problems: readonly AnswerProblem[],
  placeOf: (answer: string) => string,
): InputError | undefined {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return undefined;
  const lines = errors.map((problem) => answerLine(problem, placeOf));
  return new InputError(first.code, [`${what} cannot be made:`, ...lines.map((line) => `  ${line}`)].join('\n'), {
    details: { problems: lines },
    hint: 'Nothing was written. --help shows every question of this kind.',
  });
}

export function answerLine(
  { answer, message, code, hint }: AnswerProblem,
  placeOf: (answer: string) => string,
): string {
  const place = answer === undefined ? '' : `${placeOf(answer)} `;
  return `${place}${message} [${code}]${hint === undefined ? '' : `. ${hint}`}`;
}

/** A `Secret` of a prompt, `{ secret: TEXT }` of a file. */
function secretOf(value: unknown): Secret | undefined {
  if (value instanceof Secret) return value;
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  const { secret } = value as { readonly secret?: unknown };
  return typeof secret === 'string' || typeof secret === 'number' ? new Secret(String(secret)) : undefined;
}

function defined(answers: GivenAnswers): GivenAnswers {
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
}

async function readAnswersFile(path: string): Promise<{ answers: GivenAnswers; placeOf: (name: string) => string }> {
  const text = utf8Text(await readToEnd(path, largest));
  if (text === undefined) {
    const what = `${path}: is not UTF-8 text`;
    throw new InputError(appCode.APP_ANSWERS_FILE, what, { details: { path }, hint: saveAsUtf8 });
  }
  const { value, problems, sourceOf, placeOf } = readYaml(text);
  if (problems.length > 0) {
    const lines = problems.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
    throw new InputError(appCode.APP_ANSWERS_FILE, lines.join('\n'), { details: { path, problems: lines } });
  }
  if (value !== null && (typeof value !== 'object' || Array.isArray(value))) {
    throw new InputError(appCode.APP_ANSWERS_FILE, `${path}:1:1: questions and their answers are expected`, {
      details: { path },
      hint: 'Write `image: Windows 11`, one question a line.',
    });
  }
  const answers = Object.entries(value ?? {}).map(([name, answer]): [string, unknown] => {
    const isTyped = Object.hasOwn(QUESTIONS, name) && ['number', 'flag'].includes(QUESTIONS[name as QuestionName].form);
    // `1.10` stays the text that it was.
    return [name, isTyped ? answer : (sourceOf([name]) ?? answer)];
  });
  return {
    answers: Object.fromEntries(answers),
    placeOf: (name) => {
      const { line, column } = placeOf([name], true);
      return `${path}:${line}:${column}`;
    },
  };
}
