/** The questions of a wizard at a terminal, on stderr; an empty answer leaves a question to its default. */
import type { Offer, TemplateQuestion } from '../app/index.ts';
import { CanceledError, coreCode } from '../core/index.ts';
import type { AskPassword } from './ask-password.ts';
import { printable } from './printable.ts';

export interface InterviewOptions {
  readonly ask: NonNullable<AskPassword>;
  /** What the site has to choose from. */
  readonly offer: Offer;
  readonly input?: NodeJS.ReadStream;
  readonly output?: NodeJS.WriteStream;
}

type Answers = Readonly<Record<string, unknown>>;

/**
 * Answers to the questions that `answers` leave open, page by page; a question that no other answer calls for is not asked.
 * Throws CanceledError when the user gives up (Ctrl+C).
 */
export async function interview(
  questions: readonly TemplateQuestion[],
  answers: Answers,
  options: InterviewOptions,
): Promise<Answers> {
  const given: Record<string, unknown> = { ...answers };
  for (const question of questions) {
    if (given[question.name] !== undefined || question.refused !== undefined) continue;
    if (question.when?.(given) === false) continue;
    const answer = await asked(question, given, options);
    if (answer !== undefined) given[question.name] = answer;
  }
  return given;
}

/** Stands for no answer in lists to choose from. */
const none = '';

async function asked(
  question: TemplateQuestion,
  given: Answers,
  { ask, offer, ...streams }: InterviewOptions,
): Promise<unknown> {
  const { confirm, isCancel, multiselect, select, text } = await import('@clack/prompts');
  const { input = process.stdin, output = process.stderr } = streams;
  const message = `${question.page}: ${question.title}`;
  const at = { message, input, output };
  const known = <T>(answer: T): Exclude<T, symbol> => {
    if (isCancel(answer)) throw new CanceledError(coreCode.CORE_CANCELED, 'canceled');
    return answer as Exclude<T, symbol>;
  };
  const typed = async (after: string): Promise<string> => {
    const validate = (value: string | undefined) => problemOf(question, value?.trim() ?? '');
    return known(await text({ ...at, message: `${message}${after}`, validate })).trim();
  };
  const standard = question.default ?? question.otherwise;
  const hint = standard === undefined ? '' : ` (${String(standard)})`;
  const nothing = question.otherwise === undefined ? '(none)' : `(${question.otherwise})`;
  const labelled = (value: string) => ({ value, label: value === none ? nothing : printable(value) });
  const optional = question.isRequired ? [] : [labelled(none)];
  const offered = offer(question, given)?.map(({ value, label }) => ({ value, label: printable(label) }));
  switch (question.form) {
    case 'secret': {
      const secret = await ask(message);
      return secret.reveal() === '' ? undefined : secret;
    }
    case 'flag':
      if (question.default !== undefined) {
        return known(await confirm({ ...at, initialValue: question.default === true }));
      }
      return yesNo(known(await select({ ...at, options: [none, 'yes', 'no'].map(labelled) })));
    case 'choice': {
      const choices = (question.choices ?? []).map(labelled);
      const options = question.default === undefined ? [...optional, ...choices] : choices;
      const initial = question.default === undefined ? {} : { initialValue: String(question.default) };
      return known(await select({ ...at, options, ...initial })) || undefined;
    }
    case 'reference': {
      // Without an object to choose the name is typed, and told not to be there with the other mistakes.
      const options = [...optional, ...(offered ?? [])];
      if (options.length === 0) return (await typed('')) || undefined;
      return known(await select({ ...at, options })) || undefined;
    }
    case 'references': {
      if (offered === undefined || offered.length === 0) return undefined;
      const chosen = known(await multiselect({ ...at, options: offered, required: false }));
      return chosen.length === 0 ? undefined : chosen;
    }
    case 'number':
      if (offered === undefined) return (await typed(hint)) || undefined;
      if (offered.length < 2) return undefined;
      return known(await select({ ...at, options: offered }));
    case 'list': {
      const items = (await typed(' (several with ; between them)')).split(';').map((item) => item.trim());
      const given = items.filter((item) => item !== '');
      return given.length === 0 ? undefined : given;
    }
    default:
      return (await typed(hint)) || undefined;
  }
}

function yesNo(answer: string): boolean | undefined {
  return answer === none ? undefined : answer === 'yes';
}

/** What is wrong with a text, told before the next question. */
function problemOf(question: TemplateQuestion, value: string): string | undefined {
  if (value === '') return question.isRequired ? 'This question needs an answer.' : undefined;
  const items = question.form === 'list' ? value.split(';').map((item) => item.trim()) : value;
  const result = question.schema.safeParse(items);
  return result.success ? undefined : `Must be ${result.error.issues[0]?.message ?? 'another value'}.`;
}
