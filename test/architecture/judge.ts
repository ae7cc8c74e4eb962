/** Holds scanned files against the rules and words what is wrong, so that the reader need not open the table first. */
import { posix } from 'node:path';
import {
  BUILTIN_RULES,
  COMPUTED_IMPORTS,
  FILE_EXCEPTIONS,
  FORBIDDEN_NAMES,
  LINE_LIMIT,
  MODULE_RULES,
  type ModuleRule,
  PACKAGE_RULES,
} from './rules.ts';
import type { ImportLine, SourceFile } from './scan.ts';

/** The rule of the innermost folder that covers a file. */
export function ruleOf(path: string): ModuleRule | undefined {
  let found: ModuleRule | undefined;
  for (const rule of MODULE_RULES) {
    const longer = found === undefined || rule.folder.length > found.folder.length;
    if (path.startsWith(`${rule.folder}/`) && longer) found = rule;
  }
  return found;
}

function allowed(list: readonly string[], module: string): boolean {
  return list.some((entry) => entry === module || (entry.endsWith('/') && module.startsWith(entry)));
}

function judgeOwnImport(path: string, rule: ModuleRule, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  const targetRule = ruleOf(target);
  if (targetRule === undefined) return `imports ${target}, which no rule covers`;
  if (targetRule.folder === rule.folder) return undefined;
  if (target !== `${targetRule.folder}/index.ts`) {
    return `imports ${target}: of another folder only its index.ts may be imported (${targetRule.folder}/index.ts)`;
  }
  const extra = FILE_EXCEPTIONS.filter(({ file }) => path.startsWith(file)).flatMap(({ may }) => may);
  if (allowed([...rule.may, ...extra], targetRule.folder)) return undefined;
  const list = rule.may.length === 0 ? 'nothing of ours' : rule.may.join(', ');
  return `imports ${targetRule.folder}; ${rule.folder} may import ${list}`;
}

function judgeOutside(path: string, kind: string, name: string, folders: readonly string[] | undefined) {
  if (folders === undefined) return `imports ${kind} '${name}', which test/architecture/rules.ts does not list`;
  if (folders.some((folder) => path.startsWith(folder))) return undefined;
  const list = folders.length === 0 ? 'no file' : folders.join(', ');
  return `imports ${kind} '${name}', which is for ${list}`;
}

function judgeImport(path: string, rule: ModuleRule, { specifier }: ImportLine): string | undefined {
  if (specifier.startsWith('.')) return judgeOwnImport(path, rule, specifier);
  if (specifier.startsWith('node:')) {
    const name = specifier.slice('node:'.length).split('/')[0] ?? '';
    return judgeOutside(path, 'Node module', name, BUILTIN_RULES[name]);
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return judgeOutside(path, 'package', name, PACKAGE_RULES[name]);
}

/** What is wrong with the imports of one file; a file that no rule covers is wrong as a whole. */
export function judgeImports(file: SourceFile): string[] {
  const rule = ruleOf(file.path);
  if (rule === undefined) {
    return [`${file.path}: no rule covers this file; add its folder to MODULE_RULES in test/architecture/rules.ts`];
  }
  const problems: string[] = [];
  for (const line of file.imports) {
    const problem = judgeImport(file.path, rule, line);
    if (problem !== undefined) problems.push(`${file.path}:${line.line}: ${problem}`);
  }
  for (const line of COMPUTED_IMPORTS.includes(file.path) ? [] : file.opaque) {
    problems.push(`${file.path}:${line}: import() of something that is not a plain string cannot be checked`);
  }
  return problems;
}

/** What is wrong with name and size of one file. */
export function judgeShape(file: SourceFile): string[] {
  const problems: string[] = [];
  const base = posix.basename(file.path);
  const stem = base.replace(/(\.(test|tools|vm|bench|config|d))?\.[a-z]+$/, '');
  if (!base.endsWith('.ts')) problems.push(`${file.path}: sources are TypeScript`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)) problems.push(`${file.path}: file names are kebab-case`);
  for (const part of [...posix.dirname(file.path).split('/'), ...stem.split('-')]) {
    if (FORBIDDEN_NAMES.includes(part))
      problems.push(`${file.path}: the name '${part}' says nothing; name what is inside`);
  }
  if (file.lines > LINE_LIMIT) {
    problems.push(`${file.path}: ${file.lines} lines, ${LINE_LIMIT} is the ceiling; split it by structure`);
  }
  return problems;
}
