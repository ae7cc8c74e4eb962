/** Sequences of a site as an export package (configmgr-formats 5; IO-01 to IO-07, IO-10 to IO-12). */
import { InputError, type Problem } from '../core/index.ts';
import type { ObjectKind, TaskSequence } from '../model/index.ts';
import { contentReferences } from '../steps/index.ts';
import { exchangeCode } from './codes.ts';
import { knownSteps } from './derived-entries.ts';
import { writeSequenceObject, type ObjectReference } from './object-write.ts';
import * as layout from './package-layout.ts';
import { resolver, type ExportObject, type Resolve } from './reference-resolver.ts';
import { writeReferencesInfo, type ImportedReference } from './references-info.ts';
import { findSecrets, type SecretPlace } from './secrets.ts';
import { writeSequence } from './sequence-write.ts';
import { writeZip } from './zip-write.ts';

export interface ExportRequest {
  readonly sequences: readonly TaskSequence[];
  /** Everything that the sequences may name, by name or id. */
  readonly objects: readonly ExportObject[];
  /** The administrator's comment. */
  readonly comment?: string;
  /** Id of the site's package with the User State Migration Tool. */
  readonly usmtPackage?: string;
  /** The objects that go along; their own dependencies are the caller's to add. */
  readonly dependencies?: readonly ExportObject[];
  /** Files for the folder `<name>_files`. */
  readonly content?: readonly layout.ContentEntry[];
}

export interface ExportedPackage {
  readonly zip: Uint8Array;
  /** What must be typed again after an import: exports never carry secrets. */
  readonly secrets: readonly (SecretPlace & { readonly sequence: string })[];
  /** Objects that the sequences refer to, as the package names them. */
  readonly references: readonly ImportedReference[];
  readonly problems: readonly Problem[];
}

/** The name of an export's file: `.zip` is added where it is missing (IO-05). */
export function exportFileName(name: string): string {
  return /\.zip$/i.test(name) ? name : `${name}.zip`;
}

/** The folder beside the zip that holds the content (IO-07). */
export function contentFolderName(fileName: string): string {
  return `${fileName.replace(/\.zip$/i, '')}_files`;
}

/** Writes the package. Throws InputError (`EXCHANGE_ARGUMENT`, `EXCHANGE_XML_CHARACTER`). */
export async function exportPackage(request: ExportRequest): Promise<ExportedPackage> {
  const { sequences, dependencies = [], content = [], comment = '', usmtPackage = '' } = request;
  checkRequest(request);
  const resolve = resolver(request.objects, sequences);
  const written = sequences.map((sequence) => sequenceFiles(sequence, resolve));
  const core = layout.coreProperties(comment);
  const ids = sequences.map(({ id }) => id);
  const hashes = written.map(({ id, object }) => ({ id, sha256: layout.sha256(object) }));
  const objects = dependencies.map(({ kind, id, name, data }) => ({
    name: `${layout.objectsFolder}/${kind}/${id}.json`,
    bytes: encode(`${JSON.stringify({ name, ...(data === undefined ? {} : { data }) }, undefined, 2)}\n`),
  }));
  const zip = await writeZip([
    { name: layout.usmtPackageName, bytes: marked(layout.usmtPackage(usmtPackage)) },
    ...written.flatMap(({ files }) => files),
    ...objects,
    {
      name: layout.relationshipsName,
      bytes: marked(layout.relationships(hashes, { name: core.name, sha256: layout.sha256(core.text) })),
    },
    { name: layout.manifestName, bytes: marked(layout.manifest(ids, content)) },
    { name: core.name, bytes: marked(core.text) },
    { name: layout.contentTypesName, bytes: marked(layout.contentTypes(objects.length > 0)) },
  ]);
  return {
    zip,
    secrets: sequences.flatMap(missingSecrets),
    references: distinct(written.flatMap(({ references }) => references)),
    problems: [...written.flatMap(({ problems }) => problems), ...layoutProblems(dependencies, content)],
  };
}

function checkRequest({ sequences, content = [], dependencies = [] }: ExportRequest): void {
  const fail = (message: string): never => {
    throw new InputError(exchangeCode.EXCHANGE_ARGUMENT, message);
  };
  if (sequences.length === 0) fail('there is no task sequence to export');
  const seen = new Set<string>();
  for (const { id, name } of sequences) {
    if (!/^[A-Za-z0-9]{8}$/.test(id)) fail(`${name} has the id ${JSON.stringify(id)}: must be 8 letters and digits`);
    if (seen.has(id.toUpperCase())) fail(`two of the task sequences have the id ${id}`);
    seen.add(id.toUpperCase());
  }
  for (const { path } of content) {
    const parts = path.split('/');
    const bad = /[\0\\]|^[A-Za-z]:/.test(path) || parts.some((part) => ['', '.', '..'].includes(part));
    if (bad) fail(`the content path ${JSON.stringify(path)} leaves its folder`);
  }
  for (const { id, name } of dependencies) {
    if (!/^[A-Za-z0-9._-]{1,100}$/.test(id) || id.startsWith('.')) {
      fail(`${name} has the id ${JSON.stringify(id)}, which no file can have`);
    }
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** With the byte order mark that all documents but object.xml have. */
function marked(text: string): Uint8Array {
  return encode(`\uFEFF${text}`);
}

interface SequenceFiles {
  readonly id: string;
  readonly object: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly references: readonly ImportedReference[];
  readonly problems: readonly Problem[];
}

function sequenceFiles(sequence: TaskSequence, resolve: Resolve): SequenceFiles {
  const problems: Problem[] = [];
  const found = new Map<string, ImportedReference>();
  const idOf = (reference: string, to: readonly ObjectKind[]): string => {
    const object = resolve(reference, to);
    if (object) {
      const { kind, id, name, description, version } = object;
      const texts = {
        ...(description === undefined ? {} : { description }),
        ...(version === undefined ? {} : { version }),
      };
      found.set(id, { id, name, kind, ...texts });
      return id;
    }
    if (!found.has(reference)) {
      const message = `${sequence.name}: ${reference} is no object of the site; it is exported as it stands`;
      problems.push({ code: exchangeCode.EXCHANGE_REFERENCE, severity: 'warning', message });
      const [kind] = to.length === 1 ? to : [];
      found.set(reference, { id: reference, ...(kind === undefined ? {} : { kind }) });
    }
    return reference;
  };
  const bootImageId = sequence.bootImage === undefined ? undefined : idOf(sequence.bootImage, ['bootImage']);
  const runFirstId = sequence.runFirst && idOf(sequence.runFirst.package, ['package']);
  for (const step of knownSteps(sequence.steps)) {
    for (const { reference, to } of contentReferences(step)) idOf(reference, to);
  }
  const references = [...found.values()].filter(({ kind }) => kind !== 'taskSequence');
  const text = writeSequence(sequence, { referenceId: (reference, to) => resolve(reference, to)?.id ?? reference });
  const object = writeSequenceObject(sequence, {
    sequence: text.replace(/^<\?xml[^>]*\?>\s*/, ''),
    ...(bootImageId === undefined ? {} : { bootImageId }),
    ...(runFirstId === undefined ? {} : { runFirstId }),
    references: references.map(objectReference),
  });
  const info = writeReferencesInfo(sequence.id, references);
  const names = layout.sequenceNames(sequence.id);
  const files = [
    { name: names.object, bytes: encode(object) },
    { name: names.references, bytes: marked(info.packages) },
    { name: names.applications, bytes: marked(info.applications) },
  ];
  return { id: sequence.id, object, files, references, problems };
}

function objectReference({ id, kind }: ImportedReference): ObjectReference {
  return { package: id, program: '*', type: kind === 'application' ? 'application' : 'package' };
}

function missingSecrets(sequence: TaskSequence): (SecretPlace & { readonly sequence: string })[] {
  const { blank, plain, sealed } = findSecrets(sequence.steps);
  return [...sealed, ...plain, ...blank].map((place) => ({ sequence: sequence.name, ...place }));
}

function distinct(references: readonly ImportedReference[]): ImportedReference[] {
  return [...new Map(references.map((reference) => [reference.id, reference])).values()];
}

function layoutProblems(dependencies: readonly unknown[], content: readonly unknown[]): Problem[] {
  if (dependencies.length === 0 && content.length === 0) return [];
  const message =
    'how ConfigMgr lays out dependencies and content in an export is not public: ours is read by osdkit, ConfigMgr may pass it over';
  return [{ code: exchangeCode.EXCHANGE_LAYOUT, severity: 'note', message }];
}
