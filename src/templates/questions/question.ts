/**
 * What a question of the wizard is. One table of them gives the options of the command line, the keys of the answers
 * file and the prompts, so that all three mean the same.
 */
import * as z from 'zod';
import type { ObjectKind, SealedText } from '../../model/index.ts';
import { holdsVariable } from '../../steps/index.ts';
import type { TemplateKind } from '../kinds.ts';

export type Page =
  | 'Task Sequence Information'
  | 'Install Windows'
  | 'Configure Network'
  | 'Install Configuration Manager'
  | 'State Migration'
  | 'Drivers'
  | 'Include Updates'
  | 'Install Applications'
  | 'Image Properties'
  | 'Capture Image'
  | 'Upgrade the Windows Operating System'
  | 'Options';

/** Answers so far, not yet judged. */
export type GivenAnswers = Readonly<Record<string, unknown>>;

interface QuestionOptions {
  readonly page: Page;
  /** The kinds that ask it. */
  readonly kinds: readonly TemplateKind[];
  readonly required?: readonly TemplateKind[];
  /** What holds without an answer. */
  readonly default?: string | number | boolean;
  /** The same in words, where the site or another answer decides. */
  readonly otherwise?: string;
  /** Asked at a prompt only when this holds; given elsewhere it counts always, or is told to contradict. */
  readonly when?: (answers: GivenAnswers) => boolean;
  /** Why no kind takes it any more: a known question that is refused. */
  readonly refused?: string;
}

export interface Question<T = unknown> extends QuestionOptions {
  readonly form: 'text' | 'flag' | 'number' | 'choice' | 'list' | 'secret' | 'reference' | 'references';
  /** The question in a few words; the description of the option. */
  readonly title: string;
  readonly schema: z.ZodType<T>;
  readonly choices?: readonly string[];
  /** Choices that a kind has in place of `choices`. */
  readonly choicesOf?: Partial<Readonly<Record<TemplateKind, readonly string[]>>>;
  /** What a reference names. */
  readonly to?: ObjectKind;
  /** Name of the option of a list, which is given once for each item. */
  readonly singular?: string;
}

interface TextForm {
  /** Characters. */
  readonly max?: number;
  readonly pattern?: RegExp;
  /** Completes "expected ..."; for `pattern`. */
  readonly says?: string;
}

/** Numbers of YAML are text where text is wanted; variables pass every pattern (VAR-19). */
function textSchema({ max = 255, pattern, says = 'text' }: TextForm): z.ZodType<string> {
  return z
    .union([z.string(), z.number(), z.boolean()], { error: says })
    .transform(String)
    .pipe(
      z
        .string()
        .min(1, { error: 'text of at least one character' })
        .refine((value) => Array.from(value).length <= max, { error: `text of at most ${max} characters` })
        .refine((value) => pattern === undefined || holdsVariable(value) || pattern.test(value), { error: says }),
    );
}

export function text(title: string, options: QuestionOptions, form: TextForm = {}): Question<string> {
  return { ...options, form: 'text', title, schema: textSchema(form) };
}

export function flag(title: string, options: QuestionOptions): Question<boolean> {
  return { ...options, form: 'flag', title, schema: z.boolean({ error: 'true or false' }) };
}

/** A whole number; its text is accepted, too, since options are text. */
export function number(title: string, minimum: number, maximum: number, options: QuestionOptions): Question<number> {
  const error = `a whole number of ${minimum} to ${maximum}`;
  const schema = z
    .union([z.number(), z.string().regex(/^\d{1,10}$/, { error })], { error })
    .transform(Number)
    .pipe(z.number().refine((value) => Number.isInteger(value) && value >= minimum && value <= maximum, { error }));
  return { ...options, form: 'number', title, schema };
}

export function choice<const T extends readonly [string, ...string[]]>(
  title: string,
  choices: T,
  options: QuestionOptions & Pick<Question, 'choicesOf'>,
): Question<T[number]> {
  const schema = z.enum(choices, { error: `one of ${choices.join(', ')}` }) as z.ZodType<T[number]>;
  return { ...options, form: 'choice', title, choices, schema };
}

/** A name or id of an object of the site. */
export function reference(title: string, to: ObjectKind, options: QuestionOptions): Question<string> {
  return { ...options, form: 'reference', title, to, schema: textSchema({ max: 256 }) };
}

export function references(
  title: string,
  to: ObjectKind,
  singular: string,
  options: QuestionOptions,
): Question<readonly string[]> {
  const schema = z.array(textSchema({ max: 256 }), { error: 'a list of names' }).min(1, { error: 'at least one name' });
  return { ...options, form: 'references', title, to, singular, schema };
}

export function list(
  title: string,
  singular: string,
  options: QuestionOptions,
  form: TextForm = {},
): Question<readonly string[]> {
  const schema = z.array(textSchema(form), { error: 'a list of texts' }).min(1, { error: 'at least one text' });
  return { ...options, form: 'list', title, singular, schema };
}

/** Text that need not be a secret and may be one: a product key. */
export function sealable(title: string, options: QuestionOptions, form: TextForm = {}): Question<SealedText | string> {
  const schema = z.union([z.strictObject({ sealed: z.string().min(1) }), textSchema(form)]);
  return { ...options, form: 'text', title, schema };
}

/** A password: sealed, or the name of a variable that holds it at run time. Plain text is told before this schema. */
export function secret(title: string, options: QuestionOptions): Question<SealedText | string> {
  const schema = z.union([z.strictObject({ sealed: z.string().min(1) }), z.string().min(1)], {
    error: 'a sealed password',
  });
  return { ...options, form: 'secret', title, schema };
}
