/** `image update`: files of an image added, replaced, deleted and renamed; in place, or into a changed copy. */
import { join } from 'node:path';
import * as z from 'zod';
import {
  fileOnDisk,
  isSameFile,
  openFile,
  sliceSource,
  transfer,
  writeInPlace,
  writeOutput,
  type ByteSink,
} from '../../images/bytes/index.ts';
import { readDirectory, walkTree } from '../../images/tree/index.ts';
import { openWim, updateInto, wimHeader, type UpdateReport, type WimChange } from '../../images/wim/index.ts';
import { InputError, OsdkitError } from '../core/index.ts';
import { checkOutput } from './check-output.ts';
import { appCode } from './codes.ts';
import { chooseIndex } from './open-wim.ts';
import { useCase } from './use-case.ts';

export interface UpdatedImage extends UpdateReport {
  /** The file that holds the changed image. */
  readonly output: string;
  readonly index: number;
  /** Files put into the image, and paths deleted or renamed. */
  readonly changes: number;
  /** Empty folders of what was added: only files are put into an image. */
  readonly leftOut: readonly string[];
}

export const imageUpdate = useCase({
  name: 'image update',
  summary: 'add, replace, delete and rename files of an image in a WIM',
  effect: 'write',
  input: z.strictObject({
    file: z.string(),
    index: z.int().positive().optional(),
    /** `SOURCE=PATH`: nothing may be at PATH. A folder brings all its files. */
    add: z.array(z.string()).default([]),
    /** `SOURCE=PATH`: adds, or replaces the file at PATH. */
    put: z.array(z.string()).default([]),
    delete: z.array(z.string()).default([]),
    /** `PATH=NEW`. */
    rename: z.array(z.string()).default([]),
    boot: z.int().nonnegative().optional(),
    /** `none` stores new data; else it is compressed as the WIM is. */
    compress: z.enum(['same', 'none']).default('same'),
    /** ISO 8601; the time of new files. Not the clock: equal inputs give equal bytes. */
    time: z.iso.datetime({ offset: true }).optional(),
    output: z.string().optional(),
    force: z.boolean().default(false),
  }),
  async run(request, { workers }, context): Promise<UpdatedImage> {
    const { file, output, force } = request;
    const inPlace = output === undefined || (await isSameFile(output, file));
    const sources = [...request.add, ...request.put].map(sourceOf);
    if (!inPlace) await checkOutput({ output, force, plan: false }, sources, []);
    const { mediaTime } = await import('../../media/layout/index.ts');
    await using source = await openFile(file);
    const wim = await openWim(source);
    const index = chooseIndex(wim, file, request.index);
    // Else it is read while threads compress what is new; nothing is copied for an image that is not there or damaged.
    if (!inPlace || !wim.images[index - 1]) await wim.image(index);
    const { changes, leftOut } = await requestedChanges(request);
    if (changes.length === 0 && request.boot === undefined) {
      throw new InputError(appCode.APP_OPTION, 'nothing to do: give --add, --put, --delete, --rename or --boot');
    }
    const update = {
      images: [{ index, changes }],
      modified: request.time === undefined ? mediaTime : Date.parse(request.time),
      ...(request.boot === undefined ? {} : { bootIndex: request.boot }),
    };
    const apply = (sink: ByteSink): Promise<UpdateReport> =>
      updateInto(wim, update, sink, context, { compress: request.compress === 'same', workers });
    const report = inPlace
      ? await writeInPlace(file, context, apply)
      : await writeOutput(output, { force }, context, async (sink) => {
          const rest = sliceSource(source, wimHeader.size, source.size - wimHeader.size);
          await transfer([{ at: wimHeader.size, source: rest }], sink, context, 'copying');
          return apply(sink);
        });
    return { ...report, output: inPlace ? file : output, index, changes: changes.length, leftOut };
  },
});

interface Requested {
  readonly add: readonly string[];
  readonly put: readonly string[];
  readonly delete: readonly string[];
  readonly rename: readonly string[];
}

/** Deletions first, then new names, then new files. */
async function requestedChanges(request: Requested): Promise<{ changes: WimChange[]; leftOut: string[] }> {
  const changes: WimChange[] = [
    ...request.delete.map((path) => ({ op: 'delete', path }) as const),
    ...request.rename.map((text) => {
      const [path, to] = pair(text, '--rename');
      return { op: 'rename', path, to } as const;
    }),
  ];
  const leftOut: string[] = [];
  for (const op of ['add', 'put'] as const) {
    for (const text of request[op]) {
      const [source, path] = pair(text, `--${op}`);
      changes.push(...(await newFiles(op, source, path, leftOut)));
    }
  }
  return { changes, leftOut };
}

async function newFiles(op: 'add' | 'put', source: string, path: string, leftOut: string[]): Promise<WimChange[]> {
  const folder = await readDirectory(source).catch((error: unknown) => {
    if (error instanceof OsdkitError && error.details['errno'] === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!folder) return [{ op, path, content: await fileOnDisk(source) }];
  const changes: WimChange[] = [];
  for (const { path: place, node } of walkTree(folder.root)) {
    if (node.kind === 'file') changes.push({ op, path: `${path}/${place}`, content: node.content });
    else if (node.children.length === 0) leftOut.push(join(source, place));
  }
  return changes;
}

const sourceOf = (text: string): string => pair(text, '--add')[0];

/** `A=B`, divided at the last `=`: names of files on disk hold one more often than paths in an image. */
function pair(text: string, option: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
  throw new InputError(appCode.APP_OPTION, `${option}: ${JSON.stringify(text)} is not of the form A=B`);
}
