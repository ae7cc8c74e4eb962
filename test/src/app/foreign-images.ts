/** What tests of `image list` and `image extract` share: calls as the command line makes them, and 7-Zip's list as judge. */
import { checkInput, imageExtract, imageInspect, imageList } from '../../../src/app/index.ts';
import { operationContext } from '../../../src/core/index.ts';
import { services } from '../../media/made-media.ts';
import { run } from '../../support/tools.ts';

type Options = Readonly<Record<string, unknown>>;

export const list = (file: string, options: Options = {}) =>
  imageList.run(checkInput(imageList, { file, ...options }), services, operationContext());

export const inspect = (file: string, options: Options = {}) =>
  imageInspect.run(checkInput(imageInspect, { file, ...options }), services, operationContext());

export const extract = (file: string, output: string, paths: readonly string[] = [], options: Options = {}) =>
  imageExtract.run(checkInput(imageExtract, { file, output, paths, ...options }), services, operationContext());

/** `path size` of every file and `path/` of every folder that we list, sorted. */
export async function ourLines(file: string, view?: string): Promise<string[]> {
  const { entries } = await list(file, view === undefined ? {} : { view });
  return entries.map(({ path, kind, size }) => (kind === 'directory' ? `${path}/` : `${path} ${size}`)).sort();
}

/** The same of 7-Zip, which reads the image as `type`. */
export async function sevenZipLines(file: string, type: 'udf' | 'iso' | 'fat'): Promise<string[]> {
  const { stdout } = await run('7z', ['l', '-slt', `-t${type}`, file]);
  const [, entries = ''] = stdout.split(/^-{10}$/m);
  return entries
    .split('\n\n')
    .map((block) => Object.fromEntries(block.split('\n').map((line) => line.split(' = ') as [string, string])))
    .filter(({ Path }) => Path !== undefined)
    .map(({ Path, Folder, Size, Attributes }) =>
      Folder === '+' || (Attributes ?? '').startsWith('D') ? `${Path}/` : `${Path} ${Size}`,
    )
    .sort();
}
