/** Properties of a sequence: what it is and how it is offered, never its steps (EDIT-08). */
import { InputError } from '../../core/index.ts';
import { type NodePath, NOTICE_TEXTS } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { keyOrder } from '../object-text.ts';
import { deleteIn, readYaml, setIn, valueAt } from '../yaml/index.ts';

/** What changes; null takes a property away. Texts of the notice that were never given are the default ones (HI-07 to HI-09). */
export interface PropertyChanges {
  readonly name?: string;
  readonly description?: string | null;
  readonly category?: string | null;
  readonly bootImage?: string | null;
  /** True takes the key away: enabled is what a sequence is without it (EDIT-11, EDIT-12). */
  readonly enabled?: boolean;
  /** Minutes. */
  readonly maximumRunTime?: number | null;
  readonly progressMessage?: string | null;
  readonly runFirst?: { readonly package: string; readonly program: string } | null;
  /** HI-12 to HI-14: megabytes, minutes. */
  readonly softwareCenter?: {
    readonly restartRequired?: boolean | null;
    readonly downloadSize?: number | null;
    readonly runTime?: number | null;
  };
  readonly highImpact?: {
    readonly marked?: boolean;
    readonly customText?: boolean;
    readonly headline?: string | null;
    readonly mainText?: string;
    readonly boldText?: string;
    readonly lastLine?: string;
  };
}

const boxes = ['mainText', 'boldText', 'lastLine'] as const;

/** The text of a sequence's file with other properties. Throws InputError (`SITE_EDIT`) for a file that cannot be edited. */
export function editProperties(text: string, changes: PropertyChanges): string {
  const { problems } = readYaml(text);
  if (problems[0]) {
    throw new InputError(siteCode.SITE_EDIT, `line ${problems[0].line}: ${problems[0].message}`, {
      hint: 'Only a file without mistakes is edited.',
    });
  }
  const { enabled, softwareCenter = {}, highImpact = {}, ...plain } = changes;
  let result = text;
  const put = (path: NodePath, value: unknown): void => {
    result = withProperty(result, path, value);
  };
  for (const [key, value] of Object.entries(plain)) put([key], value);
  if (enabled !== undefined) put(['enabled'], enabled ? null : false);
  for (const [key, value] of Object.entries(softwareCenter)) put(['softwareCenter', key], value);
  const { marked, customText, headline } = highImpact;
  if (marked !== undefined) put(['highImpact', 'marked'], marked ? true : null);
  if (customText !== undefined) put(['highImpact', 'customText'], customText ? true : null);
  put(['highImpact', 'headline'], headline);
  const given = boxes.map((box) => highImpact[box]);
  const there = valueAt(readYaml(result).value, ['highImpact', 'message']);
  if (!Array.isArray(there)) {
    if (customText !== true && given.every((box) => box === undefined)) return result;
    const whole = boxes.map((box, index) => given[index] ?? NOTICE_TEXTS[box]);
    put(['highImpact', 'message'], whole);
  } else given.forEach((box, index) => put(['highImpact', 'message', index], box));
  return result;
}

/** Undefined: no change; null: away, and the mapping around it when that is empty then. */
function withProperty(text: string, path: NodePath, value: unknown): string {
  if (value === undefined) return text;
  const above = path.slice(0, -1);
  if (value !== null) {
    const isNew = above.length > 0 && valueAt(readYaml(text).value, above) === undefined;
    const [key] = path;
    if (isNew && key !== undefined && path.length === 2) {
      return setIn(text, [key], { [path[1] ?? '']: value }, { order: keyOrder('taskSequence') });
    }
    return setIn(text, path, value, { order: keyOrder('taskSequence', above) });
  }
  if (valueAt(readYaml(text).value, path) === undefined) return text;
  const without = deleteIn(text, path);
  const left = above.length === 0 ? undefined : valueAt(readYaml(without).value, above);
  const isEmpty = typeof left === 'object' && left !== null && Object.keys(left).length === 0;
  return isEmpty ? deleteIn(without, above) : without;
}
