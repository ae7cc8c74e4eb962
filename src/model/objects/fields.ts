/**
 * The field types that objects of a site are made of. YAML reads `10` and `true` as number and boolean; where text is wanted,
 * they are accepted and become text (the reader of `src/site` gives the source text of what would change on the way).
 */
import * as z from 'zod';
import type { SealedText } from '../task-sequence.ts';

export type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** A key that may be missing; never `undefined` in its place. */
export const optional = z.exactOptional;

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'text' });

/** Text of `min` to `max` characters; `says` is its description in editors. */
export function text(says: string, { min = 1, max = 2000 }: { min?: number; max?: number } = {}) {
  return scalar
    .transform(String)
    .pipe(
      z
        .string()
        .min(min, { error: `text of at least ${min} character${min === 1 ? '' : 's'}` })
        .refine((value) => value.length <= max || Array.from(value).length <= max, {
          error: `text of at most ${max} characters`,
        }),
    )
    .describe(says);
}

/** Text of a form; `form` completes "expected ...". */
export function textLike(pattern: RegExp, form: string, says: string) {
  return scalar
    .transform(String)
    .pipe(z.string().regex(pattern, { error: form }))
    .describe(says);
}

/** A whole number of `minimum` to `maximum`; `says` names the unit. */
export function whole(says: string, minimum: number, maximum: number) {
  const form = `a whole number of ${minimum} to ${maximum}`;
  return z
    .number({ error: form })
    .refine((value) => Number.isInteger(value) && value >= minimum && value <= maximum, { error: form })
    .meta({ description: says, minimum, maximum });
}

export function yesNo(says: string) {
  return z.boolean({ error: 'true or false' }).describe(says);
}

/** One of a few words. */
export function choice<const T extends readonly [string, ...string[]]>(values: T, says: string) {
  return z.enum(values, { error: `one of ${values.join(', ')}` }).describe(says);
}

/** One of a few words, some of which are years: YAML reads those as numbers. */
export function wordOrYear<const T extends readonly [string, ...string[]]>(values: T, says: string) {
  return scalar
    .transform(String)
    .pipe(z.enum(values, { error: `one of ${values.join(', ')}` }))
    .meta({ description: says, enum: values.flatMap((each) => (/^\d+$/.test(each) ? [each, Number(each)] : [each])) });
}

/** Name (without case) or id of another object; which kinds, says the reference table of the object. */
export function reference(says: string) {
  return text(says, { max: 256 });
}

export const sealed: z.ZodType<SealedText, SealedText> = z.strictObject({ sealed: z.string().min(1) });

/** A secret: `!secret` ciphertext. Plain text is let through, so that the lint can name it. */
export function secret(says: string) {
  return z.union([sealed, text(says)], { error: 'a !secret value' }).meta({ description: says, secret: true });
}

export const architecture = (says: string) => choice(['x86', 'x64', 'arm64'], says);
export type Architecture = 'x86' | 'x64' | 'arm64';

/**
 * Language as decimal LCID (CACHE-03). Hexadecimal spelling is refused; the check of `src/site` gives the decimal value.
 */
export const language = textLike(
  /^[1-9][0-9]{2,5}$/,
  'a decimal LCID such as 1033',
  'Language as decimal LCID (1033 is English, United States)',
);

/** Where the bytes of an object are: by digest in the content library, with the size; the source is where they came from. */
export const content = z
  .strictObject({
    sha256: textLike(
      /^[0-9a-f]{64}$/,
      'a SHA-256 digest of 64 hexadecimal digits in lower case',
      'SHA-256 of the content',
    ),
    size: whole('Size in bytes', 0, Number.MAX_SAFE_INTEGER),
    source: optional(text('Path or share that it was taken from', { max: 1024 })),
  })
  .describe('Content in the content library, by digest');
export type Content = DeepReadonly<z.output<typeof content>>;

/** On which points the content lies (SITE-19). */
export const distribution = z
  .strictObject({
    points: optional(z.array(reference('Distribution point'), { error: 'a list of names' })),
    groups: optional(z.array(reference('Distribution point group'), { error: 'a list of names' })),
  })
  .describe('Distribution points that hold the content');

/** Site code (3 letters or digits) and 5 more. */
export const objectId = textLike(
  /^[A-Z0-9]{3}[A-Z0-9]{5}$/,
  'the site code and 5 upper-case letters or digits, such as ABC00012',
  'Unique id: site code and 5 upper-case letters or digits',
);

/** The keys of every object that has an id. */
export const identified = {
  id: objectId,
  name: text('Name; references use it without case', { max: 256 }),
  description: optional(text('Description', { min: 0 })),
};

/** The keys of an object that goes by its name alone. */
export const named = {
  name: text('Name, unique without case', { max: 256 }),
  description: optional(text('Description', { min: 0 })),
};

/** The keys of an object whose bytes are on distribution points. */
export const contentObject = {
  ...identified,
  manufacturer: optional(text('Manufacturer')),
  version: optional(text('Version')),
  content: optional(content),
  distribution: optional(distribution),
  packageShare: optional(
    yesNo(
      'Data access: copy the content to a package share, so that programs run from the distribution point (SITE-13)',
    ),
  ),
};
