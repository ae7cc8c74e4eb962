/** An export package of ConfigMgr, or of osdkit, as sequences of the model (configmgr-formats 5). */
import { FormatError, InputError, LimitError, type Problem } from '../core/index.ts';
import type { ObjectKind, TaskSequence } from '../model/index.ts';
import { OBJECT_FOLDERS } from '../model/index.ts';
import { exchangeCode } from './codes.ts';
import { readSequenceObject } from './object-read.ts';
import * as layout from './package-layout.ts';
import { readReferencesInfo, type ImportedReference } from './references-info.ts';
import { readSequence } from './sequence-read.ts';
import { reportOf, type SequenceReport } from './sequence-report.ts';
import { childNamed, parseXml, type XmlElement } from './xml-elements.ts';
import { xmlText } from './xml-text.ts';
import { readZip, type ZipLimits } from './zip-read.ts';

export interface ImportedSequence extends SequenceReport {
  /** With the id of the package; MDT's have none (empty): the caller gives one. */
  readonly sequence: TaskSequence;
  /** What the exporter calls it: package id, or MDT's id of the sequence. */
  readonly sourceId: string;
  readonly references: readonly ImportedReference[];
}

/** Another object that goes along with the sequences. */
export interface ImportedObject {
  readonly kind: ObjectKind;
  readonly id: string;
  /** What the exporting site said of it. */
  readonly data: unknown;
}

export interface ImportedPackage {
  readonly sequences: readonly ImportedSequence[];
  readonly objects: readonly ImportedObject[];
  /** Files of `<name>_files`, by the path there. */
  readonly content: readonly layout.ContentEntry[];
  readonly comment: string;
  /** Id of the exporting site's package with the User State Migration Tool. */
  readonly usmtPackage?: string;
  readonly problems: readonly Problem[];
}

export interface ImportOptions {
  /** Paths inside `<name>_files`, with `/`, each with its size; undefined: there is no such folder. */
  readonly contentFiles?: readonly { readonly path: string; readonly size: number }[];
  readonly limits?: ZipLimits;
}

const mostSequences = 1000;

/**
 * Reads an export. Throws FormatError, UnsupportedFeatureError and LimitError for what is wrong with the zip or its XML,
 * InputError (`EXCHANGE_CONTENT_MISSING`) when the export has content that is not there (IO-08).
 */
export async function importPackage(bytes: Uint8Array, options: ImportOptions = {}): Promise<ImportedPackage> {
  const files = await readZip(bytes, options.limits);
  const text = (name: string): string | undefined => {
    const content = files.get(name);
    return content && xmlText(content, name);
  };
  const ids = sequenceIds([...files.keys()]);
  const content = contentOf(text(layout.manifestName));
  checkContent(content, options.contentFiles);
  const sequences = ids.map((id) => readOne(id, text));
  const usmt = text(layout.usmtPackageName);
  const usmtPackage = usmt === undefined ? '' : parseXml(usmt, layout.usmtPackageName).text.trim();
  return {
    sequences,
    objects: objectsOf(files),
    content,
    comment: commentOf(files),
    ...(usmtPackage === '' ? {} : { usmtPackage }),
    problems: sequences.flatMap(({ problems }) => problems),
  };
}

/** Ids of the sequences: the folders that hold an object. */
function sequenceIds(names: readonly string[]): string[] {
  const ids = names.flatMap((name) => {
    const [folder, id, file, ...rest] = name.split('/');
    return folder === layout.sequenceFolder && file === 'object.xml' && rest.length === 0 && id ? [id] : [];
  });
  if (ids.length === 0) {
    const message = `the zip holds no ${layout.sequenceFolder}/<id>/object.xml: it is no export of task sequences`;
    throw new FormatError(exchangeCode.EXCHANGE_PACKAGE, message, { details: { entries: names.length } });
  }
  if (ids.length > mostSequences) {
    const message = `the zip holds ${ids.length} task sequences; the limit here is ${mostSequences}`;
    throw new LimitError(exchangeCode.EXCHANGE_LIMIT, message, { details: { maximum: mostSequences } });
  }
  return ids;
}

function readOne(id: string, text: (name: string) => string | undefined): ImportedSequence {
  const names = layout.sequenceNames(id);
  const object = readSequenceObject(text(names.object) ?? '', names.object);
  if (object.properties.id.toUpperCase() !== id.toUpperCase()) {
    const message = `${names.object} is the object ${object.properties.id}, must be ${id}`;
    throw new FormatError(exchangeCode.EXCHANGE_OBJECT, message, { details: { document: names.object } });
  }
  const content = readSequence(object.sequence, `${names.object}, Sequence`);
  const sequence: TaskSequence = {
    ...object.properties,
    folder: '',
    ...(content.form === 'mdt' ? { form: content.form } : {}),
    // The object does not tell an empty description from none, the 3.00 form does.
    ...(content.description === undefined ? {} : { description: content.description }),
    steps: content.steps,
    ...withExtra({ ...object.extra, ...content.extra }),
  };
  const named = [names.references, names.applications].flatMap((name) => {
    const info = text(name);
    return info === undefined ? [] : readReferencesInfo(info, name);
  });
  const report = reportOf(sequence);
  const { references, problems } = allReferences(sequence, content.references, named);
  return { sequence, sourceId: id, references, ...report, problems: [...report.problems, ...problems] };
}

function withExtra(extra: NonNullable<TaskSequence['extra']>): Pick<TaskSequence, 'extra'> {
  return Object.keys(extra).length === 0 ? {} : { extra };
}

/** What ReferencesInfo names, and what the sequence refers to beyond that. */
function allReferences(
  { name, bootImage }: TaskSequence,
  listed: readonly Readonly<Record<string, string>>[],
  named: readonly ImportedReference[],
): { readonly references: ImportedReference[]; readonly problems: Problem[] } {
  const found = new Map(named.map((reference) => [reference.id, reference]));
  const problems: Problem[] = [];
  const add = (id: string, kind?: ObjectKind): void => {
    if (id === '' || found.has(id)) return;
    found.set(id, { id, ...(kind === undefined ? {} : { kind }) });
    const message = `${name}: the export does not say what ${id} is`;
    problems.push({ code: exchangeCode.EXCHANGE_REFERENCE, severity: 'warning', message });
  };
  add(bootImage ?? '', 'bootImage');
  for (const attributes of listed) {
    add(attributes['package'] ?? '');
    add(attributes['application'] ?? '', 'application');
  }
  return { references: [...found.values()], problems };
}

function commentOf(files: ReadonlyMap<string, Uint8Array>): string {
  const entry = [...files].find(([name]) => name.endsWith('.psmdcp'));
  if (!entry) return '';
  const root = parseXml(xmlText(entry[1], entry[0]), entry[0]);
  return childNamed(root, 'dc:description')?.text ?? '';
}

function contentOf(text: string | undefined): layout.ContentEntry[] {
  if (text === undefined) return [];
  const contents = childNamed(parseXml(text, layout.manifestName), 'Contents');
  return (contents?.children ?? []).map((entry: XmlElement) => ({
    id: entry.attributes['Id'] ?? '',
    path: entry.attributes['Path'] ?? '',
    size: Number(entry.attributes['Size'] ?? Number.NaN),
  }));
}

function checkContent(content: readonly layout.ContentEntry[], files: ImportOptions['contentFiles']): void {
  if (content.length === 0) return;
  const sizes = new Map(files?.map(({ path, size }) => [path, size]));
  const missing = content.filter(({ path, size }) => {
    const found = sizes.get(path);
    return found === undefined || (Number.isSafeInteger(size) && found !== size);
  });
  // What ConfigMgr lists here is not public: of entries without a path only the folder is asked for.
  const nameless = content.every(({ path }) => path === '');
  if (files !== undefined && (missing.length === 0 || nameless)) return;
  const [first] = missing;
  const what =
    files === undefined
      ? 'its folder <name>_files is not there'
      : `${first?.path} of its folder <name>_files is not there, or has another size`;
  throw new InputError(exchangeCode.EXCHANGE_CONTENT_MISSING, `the export has content, and ${what}`, {
    details: { missing: missing.length, files: content.length },
    hint: 'Put the folder with the name of the zip and _files beside the zip.',
  });
}

function objectsOf(files: ReadonlyMap<string, Uint8Array>): ImportedObject[] {
  return [...files].flatMap(([name, bytes]) => {
    if (!name.startsWith(`${layout.objectsFolder}/`) || !name.endsWith('.json')) return [];
    const [kind, id] = name.slice(layout.objectsFolder.length + 1, -'.json'.length).split('/');
    const known = Object.keys(OBJECT_FOLDERS).find((key) => key === kind);
    if (known === undefined || id === undefined) return [];
    return [{ kind: known as ObjectKind, id, data: jsonOf(bytes, name) }];
  });
}

function jsonOf(bytes: Uint8Array, document: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new FormatError(exchangeCode.EXCHANGE_OBJECT, `${document} is not JSON`, { details: { document }, cause });
  }
}
