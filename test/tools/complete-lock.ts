/**
 * Adds to package-lock.json the optional packages of other platforms that a registry mirror did not have when the lock was
 * made: `npm ci` refuses a lock without them, on every platform. Run `npx tsx test/tools/complete-lock.ts` after `npm install`.
 * Version is what the parent pins; os, cpu and libc are read off the name; integrity is unknown and left out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface LockEntry {
  readonly version?: string;
  readonly cpu?: readonly string[];
  readonly dev?: boolean;
  readonly libc?: readonly string[];
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  packages: Record<string, LockEntry>;
}

const SYSTEMS = ['android', 'darwin', 'freebsd', 'openharmony', 'linux', 'win32'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'arm'];

/** Optional packages that some entry pins and that the lock does not hold, as `[name, version, parent]`. */
export function missingOptional(lock: Lock): [string, string, LockEntry][] {
  return Object.entries(lock.packages).flatMap(([where, parent]) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(
        ([name]) => !(`node_modules/${name}` in lock.packages) && !(`${where}/node_modules/${name}` in lock.packages),
      )
      .map(([name, version]): [string, string, LockEntry] => [name, version, parent]),
  );
}

function entryFor(name: string, version: string, parent: LockEntry): LockEntry {
  const words = name.slice(name.indexOf('/') + 1);
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`${name}@${version}: cannot tell its platform; lock it where a registry has it`);
  }
  const libc = words.endsWith('-musl') ? 'musl' : words.endsWith('-gnu') ? 'glibc' : undefined;
  // In npm's own order, so that its next write changes nothing.
  return {
    version,
    cpu: [cpu],
    ...(parent.dev === true ? { dev: true } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    os: [os],
  };
}

const path = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock;
  for (const [name, version, parent] of missingOptional(lock)) {
    lock.packages[`node_modules/${name}`] = entryFor(name, version, parent);
    console.log(`${name} ${version}`);
  }
  // By UTF-16 code units: the same file on every machine. npm sorts again when it next writes the lock.
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
}
