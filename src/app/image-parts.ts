/** Opening a WIM with all parts of its split set: the others are found by their names, `x.swm`, `x2.swm`, `x3.swm` (D.8). */
import { basename, dirname, extname, join } from 'node:path';
import { openFile, type FileSource } from '../../images/bytes/index.ts';
import { joinedParts, openWim, type Wim } from '../../images/wim/index.ts';
import { InputError, toOsdkitError } from '../core/index.ts';
import { appCode } from './codes.ts';

export interface WholeWim extends AsyncDisposable {
  readonly wim: Wim;
  /** The files it was read from. */
  readonly files: readonly string[];
}

/**
 * The WIM in `files`: one file, whose other parts are looked for beside it, or all parts of a set. Throws InputError
 * (`APP_OPTION`) for a part that is not there, `WIM_PARTS` for parts that do not fit together, FormatError.
 */
export async function openWholeWim(files: readonly string[]): Promise<WholeWim> {
  const opened: FileSource[] = [];
  const close = async (): Promise<void> => {
    for (const file of opened) await file.close();
  };
  const openOne = async (path: string): Promise<Wim> => {
    const file = await openFile(path);
    opened.push(file);
    return openWim(file);
  };
  try {
    const [first] = files;
    if (first === undefined) throw new InputError(appCode.APP_OPTION, 'no WIM file was given');
    const given = await openOne(first);
    const names = files.length > 1 ? files : partNames(first, given);
    const wims = [given];
    for (const [i, name] of names.entries()) {
      if (name === first) continue;
      wims.push(await openOne(name).catch((error: unknown) => Promise.reject(partError(error, name, i + 1, given))));
    }
    return { wim: joinedParts(wims), files: names, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Names of all parts of a set, part 1 first, from that of one of them. */
export function partNames(path: string, { partNumber, totalParts }: Pick<Wim, 'partNumber' | 'totalParts'>): string[] {
  if (totalParts === 1) return [path];
  const extension = extname(path);
  const name = basename(path, extension);
  const ending = partNumber === 1 ? '' : String(partNumber);
  const stem = name.endsWith(ending) ? name.slice(0, name.length - ending.length) : name;
  const nameOf = (part: number): string => join(dirname(path), `${stem}${part === 1 ? '' : part}${extension}`);
  return Array.from({ length: totalParts }, (_, i) => (i + 1 === partNumber ? path : nameOf(i + 1)));
}

function partError(error: unknown, path: string, part: number, { totalParts }: Wim): unknown {
  const why = toOsdkitError(error, `opening part ${part}`);
  if (!(why instanceof InputError)) return why;
  return new InputError(appCode.APP_OPTION, `part ${part} of ${totalParts}: ${why.message}`, {
    hint: 'Put all parts into one folder, named x.swm, x2.swm, x3.swm, or name every part.',
    details: { path, part },
    cause: error,
  });
}
