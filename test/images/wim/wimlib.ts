/** wimlib-imagex as a judge: runs it and reads what it says. */
import { run, type RunResult } from '../../support/tools.ts';

/** One blob as `wimlib-imagex info --blobs` lists it. */
export interface ListedBlob {
  readonly hash: string;
  readonly size: number;
  readonly references: number;
  readonly metadata: boolean;
}

/** Runs wimlib-imagex; it fails the test with wimlib's own words. */
export async function wimlib(...args: readonly string[]): Promise<RunResult> {
  return run('wimlib-imagex', args);
}

/** Every blob that wimlib finds in a WIM, by hash. */
export async function listedBlobs(path: string): Promise<ListedBlob[]> {
  const { stdout } = await wimlib('info', path, '--blobs');
  const blobs = stdout
    .split('\n\n')
    .filter((block) => block.includes('Hash '))
    .map((block) => {
      const value = (name: string): string => new RegExp(`^${name}\\s*= (.*)$`, 'm').exec(block)?.[1]?.trim() ?? '';
      return {
        hash: value('Hash').replace(/^0x/, ''),
        size: Number.parseInt(value('Uncompressed size'), 10),
        references: Number(value('Reference Count')),
        metadata: value('Flags').includes('METADATA'),
      };
    });
  return blobs.sort((a, b) => (a.hash < b.hash ? -1 : 1));
}

/** What wimlib says about one image: `Directory Count` and so on. */
export async function imageFacts(path: string, index: number): Promise<Record<string, string>> {
  const { stdout } = await wimlib('info', path, String(index));
  return Object.fromEntries(
    stdout.split('\n').flatMap((line) => {
      const [name, ...rest] = line.split(':');
      return name && rest.length > 0 ? [[name.trim(), rest.join(':').trim()]] : [];
    }),
  );
}

/** The paths that `wimlib-imagex dir` lists, without leading slash and without the root. */
export async function listedPaths(path: string, index: number): Promise<string[]> {
  const { stdout } = await wimlib('dir', path, String(index));
  return stdout
    .split('\n')
    .map((line) => line.slice(1))
    .filter((line) => line !== '')
    .sort();
}
