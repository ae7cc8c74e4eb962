/** Options that all media share: the label that every file system can carry, and dates that carry their zone. */
import { InputError } from '../core/index.ts';
import { modelCode } from './codes.ts';

/** Label of media where none is given. */
export const defaultLabel = 'OSDKIT';

/** The label in upper case. Throws InputError (`MODEL_LABEL`) unless it is 1 to 11 of A-Z, 0-9, `_`, `-`. */
export function checkLabel(label: string): string {
  const upper = label.toUpperCase();
  if (/^[A-Z0-9_-]{1,11}$/.test(upper)) return upper;
  const why =
    label.length > 11
      ? `it has ${label.length} characters, FAT allows 11`
      : label === ''
        ? 'it is empty'
        : 'it holds other characters than A-Z, 0-9, _ and -';
  throw new InputError(modelCode.MODEL_LABEL, `--label ${JSON.stringify(label)}: ${why}`, {
    details: { label, maximum: 11 },
    hint: 'One label is written to FAT, ISO 9660, Joliet and UDF: 1 to 11 of A-Z, 0-9, _ and -.',
  });
}

const zoned = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)(Z|[+-]\d\d:\d\d)$/;

/** The date as given, checked to be a real instant with a zone. Throws InputError (`MODEL_DATE`). */
export function checkZonedDate(text: string, option: string): string {
  const match = zoned.exec(text);
  const instant = Date.parse(text);
  const day = match && new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  if (match && !Number.isNaN(instant) && day && day.getUTCDate() === Number(match[3])) return text;
  throw new InputError(modelCode.MODEL_DATE, `${option} ${JSON.stringify(text)} is not a date with a time zone`, {
    details: { option, value: text },
    hint: 'Write it as 2026-12-31T18:00:00Z or 2026-12-31T18:00:00+01:00: the machine that boots may be anywhere.',
  });
}

/** Throws InputError (`MODEL_DATE`) when the medium would expire before it starts. */
export function checkValidity(start: string | undefined, expires: string | undefined): void {
  if (start === undefined || expires === undefined || Date.parse(start) < Date.parse(expires)) return;
  throw new InputError(modelCode.MODEL_DATE, `--expires ${expires} is not after --start ${start}`, {
    details: { start, expires },
  });
}
