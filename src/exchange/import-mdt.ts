/** Sequences of an MDT deployment share: a ts.xml alone, or the Control folder with the names of what they refer to. */
import { FormatError, type Problem } from '../core/index.ts';
import type { ObjectKind, TaskSequence } from '../model/index.ts';
import { contentReferences } from '../steps/index.ts';
import { exchangeCode } from './codes.ts';
import { knownSteps } from './derived-entries.ts';
import type { ImportedPackage, ImportedSequence } from './import-package.ts';
import type { ImportedReference } from './references-info.ts';
import { readSequence } from './sequence-read.ts';
import { reportOf } from './sequence-report.ts';
import { childNamed, parseXml, type XmlElement } from './xml-elements.ts';
import { xmlText } from './xml-text.ts';

export interface GivenFile {
  /** With `/`, from the folder that was given. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

interface Listed {
  readonly name?: string;
  readonly enabled: boolean;
}

/** Files that name objects, in a Control folder, with the kind of what they list. */
const lists: ReadonlyMap<string, ObjectKind> = new Map([
  ['operatingsystems.xml', 'operatingSystem'],
  ['applications.xml', 'application'],
  ['packages.xml', 'package'],
]);

/**
 * Reads every `ts.xml`, or a single file of any name. Throws FormatError (`EXCHANGE_PACKAGE` when there is none, and those of
 * `readSequence`).
 */
export function importMdt(files: readonly GivenFile[]): ImportedPackage {
  const alone = files.length === 1 ? files : [];
  const found = alone.length === 1 ? alone : files.filter(({ path }) => baseName(path) === 'ts.xml');
  if (found.length === 0) {
    const message = 'there is no ts.xml: give one, or the Control folder of a deployment share';
    throw new FormatError(exchangeCode.EXCHANGE_PACKAGE, message, { details: { files: files.length } });
  }
  const known = knownObjects(files);
  const listed = listedSequences(files);
  const sequences = [...found]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => readOne(file, known, listed.get(sequenceId(file.path).toLowerCase())));
  return { sequences, objects: [], content: [], comment: '', problems: sequences.flatMap(({ problems }) => problems) };
}

function baseName(path: string): string {
  return path.split('/').at(-1)?.toLowerCase() ?? '';
}

/** MDT's id is the name of the folder. */
function sequenceId(path: string): string {
  return path.split('/').at(-2) ?? '';
}

function readOne(
  { path, bytes }: GivenFile,
  known: ReadonlyMap<string, ImportedReference>,
  listed: Listed | undefined,
): ImportedSequence {
  const content = readSequence(xmlText(bytes, path), path);
  const own = content.name ?? '';
  const name = listed?.name ?? (own === '' ? sequenceId(path) || path : own);
  const extra = { ...content.extra, ...(name === own ? {} : { 'Sequence@name': own }) };
  const sequence: TaskSequence = {
    id: '',
    name,
    folder: '',
    ...(content.description === undefined ? {} : { description: content.description }),
    ...(listed?.enabled === false ? { enabled: false } : {}),
    ...(content.form === 'mdt' ? { form: content.form } : {}),
    steps: content.steps,
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
  const references = referencesOf(sequence, known);
  const report = reportOf(sequence);
  const missing = references.filter((reference) => reference.name === undefined);
  const problems = missing.map(({ id }): Problem => {
    const message = `${name}: no file of the Control folder says what ${id} is`;
    return { code: exchangeCode.EXCHANGE_REFERENCE, severity: 'warning', message };
  });
  return { sequence, sourceId: sequenceId(path), references, ...report, problems: [...report.problems, ...problems] };
}

function referencesOf(sequence: TaskSequence, known: ReadonlyMap<string, ImportedReference>): ImportedReference[] {
  const found = new Map<string, ImportedReference>();
  for (const step of knownSteps(sequence.steps)) {
    for (const { reference, to } of contentReferences(step)) {
      const [kind] = to.length === 1 ? to : [];
      const other = { id: reference, ...(kind === undefined ? {} : { kind }) };
      found.set(reference.toLowerCase(), known.get(reference.toLowerCase()) ?? other);
    }
  }
  return [...found.values()];
}

/** Objects by their GUID, with braces as MDT writes it. */
function knownObjects(files: readonly GivenFile[]): ReadonlyMap<string, ImportedReference> {
  const found = new Map<string, ImportedReference>();
  for (const { path, bytes } of files) {
    const kind = lists.get(baseName(path));
    if (kind === undefined || files.length === 1) continue;
    for (const entry of parseXml(xmlText(bytes, path), path).children) {
      const id = entry.attributes['guid'] ?? '';
      const name = textOf(entry, 'Name');
      if (id !== '') found.set(id.toLowerCase(), { id, kind, ...(name === '' ? {} : { name }) });
    }
  }
  return found;
}

/** Names by MDT's id, from TaskSequences.xml. */
function listedSequences(files: readonly GivenFile[]): ReadonlyMap<string, Listed> {
  const file = files.length === 1 ? undefined : files.find(({ path }) => baseName(path) === 'tasksequences.xml');
  if (!file) return new Map();
  const entries = parseXml(xmlText(file.bytes, file.path), file.path).children.map((entry): [string, Listed] => {
    const name = textOf(entry, 'Name');
    const enabled = entry.attributes['enable']?.toLowerCase() !== 'false';
    return [textOf(entry, 'ID').toLowerCase(), { ...(name === '' ? {} : { name }), enabled }];
  });
  return new Map(entries);
}

function textOf(entry: XmlElement, name: string): string {
  return childNamed(entry, name)?.text.trim() ?? '';
}
