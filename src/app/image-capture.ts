/** `image capture`: a folder as a new WIM. */
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import * as z from 'zod';
import { scanFolder, writeOutput, type FolderEntry } from '../../images/bytes/index.ts';
import { captureWim, type CaptureNode, type CaptureReport } from '../../images/wim/index.ts';
import { checkOutput } from './check-output.ts';
import { useCase } from './use-case.ts';

export interface CapturedFolder extends CaptureReport {
  readonly folder: string;
  readonly output: string;
  /** Files with a bit of execution, which a WIM does not hold without --unix-data. */
  readonly executable: number;
}

export const imageCapture = useCase({
  name: 'image capture',
  summary: 'put a folder into a new WIM',
  effect: 'write',
  input: z.strictObject({
    folder: z.string(),
    output: z.string(),
    /** Of the image; the folder's unless given. */
    name: z.string().min(1).optional(),
    description: z.string().optional(),
    compress: z.enum(['none', 'xpress', 'lzx']).default('lzx'),
    boot: z.boolean().default(false),
    check: z.boolean().default(false),
    unixData: z.boolean().default(false),
    /** ISO 8601, of the image. Not the clock: equal inputs give equal bytes. */
    time: z.iso.datetime({ offset: true }).optional(),
    force: z.boolean().default(false),
  }),
  async run(request, { workers }, context): Promise<CapturedFolder> {
    const { folder, output, force, compress, unixData } = request;
    await checkOutput({ output, force, plan: false }, [], [folder]);
    const counts = { executable: 0 };
    const root = nodeOf(await scanFolder(folder, context), unixData, counts);
    const name = request.name ?? (basename(resolve(folder)) || 'image');
    const { mediaTime } = await import('../../media/layout/index.ts');
    const created = request.time === undefined ? mediaTime : Date.parse(request.time);
    const options = {
      compression: compress,
      bootIndex: request.boot ? 1 : 0,
      guid: guidOf(root, name, compress),
      integrity: request.check,
      created,
      workers,
    };
    const image = { root, name, ...(request.description === undefined ? {} : { description: request.description }) };
    const report = await writeOutput(output, { force }, context, (sink) => captureWim(image, options, sink, context));
    return { ...report, folder, output, executable: unixData ? 0 : counts.executable };
  },
});

function nodeOf(entry: FolderEntry, unixData: boolean, counts: { executable: number }): CaptureNode {
  const { name, kind, uid, gid, mode, device, content, target, file } = entry;
  if (kind === 'file' && (mode & 0o111) !== 0) counts.executable++;
  const { children, leadsToFolder, unreadable } = entry;
  // One shape for all of them: an image may have a million.
  return {
    name,
    kind,
    modified: entry.modified / 100n + unixEpoch,
    content,
    file,
    target,
    leadsToFolder,
    unix: unixData ? { uid, gid, mode, device } : undefined,
    unreadable,
    children: children.length === 0 ? undefined : children.map((child) => nodeOf(child, unixData, counts)),
  };
}

/** 1970 as FILETIME. */
const unixEpoch = 116_444_736_000_000_000n;

/** From names, sizes and times: another for every folder, the same for the same one. */
function guidOf(root: CaptureNode, name: string, compress: string): string {
  const hash = createHash('sha256').update(JSON.stringify([name, compress]));
  const add = (node: CaptureNode): void => {
    const { kind, modified, content, target, children = [] } = node;
    const facts = [node.name, kind, String(modified), content?.size, target, children.length];
    hash.update(JSON.stringify(facts));
    for (const child of children) add(child);
  };
  add(root);
  const hex = hash.digest('hex');
  // RFC 9562: version 8, variant 10.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
