/** Names and small documents of an export package (configmgr-formats 5.1). */
import { createHash } from 'node:crypto';
import { element, writeXml, type Layout } from './xml-write.ts';

export const sequenceFolder = 'SMS_TaskSequencePackage';
export const usmtPackageName = `${sequenceFolder}/USERSTATE_MIGRATION_PACKAGE.xml`;
export const manifestName = 'Manifest.xml';
export const relationshipsName = '_rels/.rels';
export const contentTypesName = '[Content_Types].xml';
/** Other objects that go along; a layout of our own, as ConfigMgr's is not public. */
export const objectsFolder = 'osdkit/objects';

export const sequenceNames = (id: string): { object: string; references: string; applications: string } => ({
  object: `${sequenceFolder}/${id}/object.xml`,
  references: `${sequenceFolder}/${id}/ReferencesInfo.xml`,
  applications: `${sequenceFolder}/${id}/AppReferencesInfo.xml`,
});

const declaration = '<?xml version="1.0" encoding="utf-8"?>';
const indented: Layout = { indent: '  ', newline: '\r\n' };
const packages = 'http://schemas.openxmlformats.org/package/2006';
const metadata = `${packages}/relationships/metadata/core-properties`;

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function contentTypes(withObjects: boolean): string {
  const types = [
    ['xml', 'text/xml'],
    ['rels', 'application/vnd.openxmlformats-package.relationships+xml'],
    ['psmdcp', 'application/vnd.openxmlformats-package.core-properties+xml'],
    ...(withObjects ? [['json', 'application/json']] : []),
  ] as [string, string][];
  const defaults = types.map(([extension, type]) =>
    element('Default', [
      ['Extension', extension],
      ['ContentType', type],
    ]),
  );
  return declaration + writeXml(element('Types', [['xmlns', `${packages}/content-types`]], defaults));
}

/** `objects`: id and the hash of object.xml of each sequence; what ConfigMgr hashes is not known. */
export function relationships(
  objects: readonly { readonly id: string; readonly sha256: string }[],
  core: { readonly name: string; readonly sha256: string },
): string {
  const sequences = objects.map(({ id, sha256 }) =>
    element('Relationship', [
      ['Type', sequenceFolder],
      ['Target', `/${sequenceNames(id).object}`],
      ['TargetMode', 'External'],
      ['Id', `${sequenceFolder}-${sha256.toUpperCase()}`],
    ]),
  );
  const properties = element('Relationship', [
    ['Type', metadata],
    ['Target', `/${core.name}`],
    ['Id', `R${core.sha256.slice(0, 16)}`],
  ]);
  const root = element('Relationships', [['xmlns', `${packages}/relationships`]], [...sequences, properties]);
  return declaration + writeXml(root);
}

/** The administrator's comment (IO-06) and the name of its document. */
export function coreProperties(comment: string): { readonly name: string; readonly text: string } {
  const attributes = [
    ['xmlns:dc', 'http://purl.org/dc/elements/1.1/'],
    ['xmlns:dcterms', 'http://purl.org/dc/terms/'],
    ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
    ['xmlns', `${packages}/metadata/core-properties`],
  ] as const;
  const root = element('coreProperties', attributes, [element('dc:description', [], comment)]);
  const name = `package/services/metadata/core-properties/${sha256(comment).slice(0, 32)}.psmdcp`;
  return { name, text: declaration + writeXml(root) };
}

export interface ContentEntry {
  /** Id of the object. */
  readonly id: string;
  /** Relative to `<name>_files`. */
  readonly path: string;
  readonly size: number;
}

/** `contents` lists every file of `_files`, so that a missing one is found; that list is ours. */
export function manifest(ids: readonly string[], contents: readonly ContentEntry[]): string {
  const scope = sha256(ids.join('\n')).toUpperCase();
  const guid = [scope.slice(0, 8), scope.slice(8, 12), scope.slice(12, 16), scope.slice(16, 20), scope.slice(20, 32)];
  const property = element('Property', [
    ['Name', 'AUTHORING_SCOPE'],
    ['Value', `ScopeId_${guid.join('-')}`],
  ]);
  const files = contents.map(({ id, path, size }) =>
    element('Content', [
      ['Id', id],
      ['Path', path],
      ['Size', String(size)],
    ]),
  );
  const objects = ids.map((id) =>
    element('Object', [
      ['Path', `${sequenceFolder}.PackageID='${id}'`],
      ['Type', sequenceFolder],
    ]),
  );
  const attributes = [
    ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
    ['xmlns:xsd', 'http://www.w3.org/2001/XMLSchema'],
  ] as const;
  const root = element('LibraryDocument', attributes, [
    element('Properties', [], [property]),
    element('Contents', [], files),
    element('EntryObjects', [], objects),
  ]);
  return writeXml(root, indented);
}

export function usmtPackage(id: string): string {
  return writeXml(element('string', [], id));
}
