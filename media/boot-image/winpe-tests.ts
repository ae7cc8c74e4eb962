/** "Is it Windows PE?" (boot-standards 1.4): three independent tests, any two of which decide. */
import type { WimImage } from '../../images/wim/index.ts';
import type { ImageRegistry } from './registry.ts';
import type { WinpeTest } from './types.ts';

const wanted = 'WindowsPE';
const programs = ['Windows/System32/winpeshl.exe', 'Windows/System32/wpeinit.exe'];

/**
 * All three tests, each with its reason. The registry of a whole Windows is large and is not read where it cannot change the
 * answer to yes.
 */
export async function winpeTests(image: WimImage, registry: ImageRegistry): Promise<readonly WinpeTest[]> {
  const cheap = [editionTest(image), programTest(image)];
  if (cheap.some((test) => test.passed === true)) return [...cheap, await registryTest(registry)];
  return [
    ...cheap,
    { name: 'registry', passed: undefined, reason: 'the registry was not asked, it could not outvote them' },
  ];
}

/** Whether the image is Windows PE; reads the SOFTWARE hive only when the other two tests disagree. */
export async function isWinpe(image: WimImage, registry: ImageRegistry): Promise<boolean> {
  const cheap = [editionTest(image), programTest(image)];
  const passed = cheap.filter((test) => test.passed === true).length;
  return passed === 1 ? (await registryTest(registry)).passed === true : passed === 2;
}

/** The rule over tests already made. */
export function passesAsWinpe(tests: readonly WinpeTest[]): boolean {
  return tests.filter((test) => test.passed === true).length >= 2;
}

/** One sentence for messages: what speaks for and against. */
export function reasonsOf(tests: readonly WinpeTest[]): string {
  return tests.map((test) => test.reason).join('; ');
}

function editionTest(image: WimImage): WinpeTest {
  const { edition } = image.info;
  return {
    name: 'edition',
    passed: edition === undefined ? undefined : edition === wanted,
    reason: edition === undefined ? 'the XML data names no edition' : `the XML data names the edition ${edition}`,
  };
}

function programTest(image: WimImage): WinpeTest {
  const missing = programs.filter((path) => !isFile(image, path)).map((path) => path.split('/').at(-1));
  return {
    name: 'programs',
    passed: missing.length === 0,
    reason:
      missing.length === 0
        ? 'Windows\\System32 holds winpeshl.exe and wpeinit.exe'
        : `Windows\\System32 lacks ${missing.join(' and ')}`,
  };
}

async function registryTest(registry: ImageRegistry): Promise<WinpeTest> {
  const edition = await registry.edition();
  return {
    name: 'registry',
    passed: edition === undefined ? undefined : edition === wanted,
    reason: edition === undefined ? 'the registry names no edition' : `the registry names the edition ${edition}`,
  };
}

function isFile(image: WimImage, path: string): boolean {
  const dentry = image.find(path);
  return dentry !== undefined && dentry.children === undefined;
}
