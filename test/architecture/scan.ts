/** Finds the source files and their import lines. A line scan, no compiler: it fails on an import that it cannot read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One import, export-from or dynamic import. */
export interface ImportLine {
  /** As written. */
  readonly specifier: string;
  readonly line: number;
  /** `import type` and `export type`: nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/** A source file with what the rules look at. */
export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly ImportLine[];
  /** Lines with `import(` or `require(` of something that is not a plain string. */
  readonly opaque: readonly number[];
}

/** AssemblyScript has its own compiler and imports nothing of ours. */
const NOT_SCANNED = ['images/codec/assembly/'];

const STATIC = /^[ \t]*(?:import|export)\b([^;'"`]*?)\bfrom\s*(['"])([^'"]+)\2/gm;
const BARE = /^[ \t]*import\s*(['"])([^'"]+)\1/gm;
const DYNAMIC = /\b(?:import|require)\(\s*(['"])([^'"]+)\1\s*[,)]/g;
const OPAQUE = /(?<![.\w])(?:import|require)\((?!\s*['"])/g;

const withoutComments = (text: string) =>
  text.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/^[ \t]*\/\/.*$/gm, '');

/** The import lines of one file's text. */
export function scanImports(text: string): Pick<SourceFile, 'imports' | 'opaque'> {
  const code = withoutComments(text);
  const lineAt = (index: number) => code.slice(0, index).split('\n').length;
  const imports: ImportLine[] = [];
  for (const match of code.matchAll(STATIC)) {
    const typeOnly = /^\s+type\b(?!\s*,)/.test(match[1] ?? '');
    imports.push({ specifier: match[3] ?? '', line: lineAt(match.index), typeOnly });
  }
  for (const pattern of [BARE, DYNAMIC]) {
    for (const match of code.matchAll(pattern)) {
      imports.push({ specifier: match[2] ?? '', line: lineAt(match.index), typeOnly: false });
    }
  }
  return { imports, opaque: [...code.matchAll(OPAQUE)].map((match) => lineAt(match.index)) };
}

function* walk(root: string, folder: string): Generator<string> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(root, path);
    else yield path;
  }
}

/** Every code file under `folders`, JavaScript included so that none hides from the rules. */
export function scanFolders(root: string, folders: readonly string[]): SourceFile[] {
  const files: SourceFile[] = [];
  for (const folder of folders) {
    // git keeps no empty folder: the packaging test tells which one is missing.
    if (!existsSync(join(root, folder))) continue;
    for (const path of walk(root, folder)) {
      if (!/\.[cm]?[jt]sx?$/.test(path) || NOT_SCANNED.some((prefix) => path.startsWith(prefix))) continue;
      const text = readFileSync(join(root, path), 'utf8');
      files.push({ path, lines: text.split('\n').length - 1, ...scanImports(text) });
    }
  }
  return files;
}
