/** `task-sequence import`: sequences of ConfigMgr and MDT, with what came along, into the files of a site. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { filesOf } from '../../images/tree/index.ts';
import { InputError, type Problem, Secret } from '../core/index.ts';
import {
  type ImportAction,
  type ImportedPackage,
  type ImportedSequence,
  type MappedObject,
  type SecretPlace,
  type UnsupportedPlace,
  type UsedFeature,
  withReferences,
} from '../exchange/index.ts';
import type { ObjectKind, SequenceItem, Site, TaskSequence } from '../model/index.ts';
import { placedItems } from '../sequence/index.ts';
import type { SiteChange } from '../store/index.ts';
import { appCode } from './codes.ts';
import type { TakenContent } from './import-content.ts';
import { importObjects } from './import-objects.ts';
import { mapImport, sequenceKey, type ImportMapping } from './import-mapping.ts';
import { newIds, newPaths, textAt } from './new-object.ts';
import { openWholeSite, type OpenedSite, siteOption } from './open-site.ts';
import { readImport } from './read-import.ts';
import { withSealedSecrets } from './seal-secrets.ts';
import { type ChangedSite, changeOf, changeSite } from './site-changes.ts';
import { sealForSite } from './site-key-file.ts';
import { useCase } from './use-case.ts';

/** A secret that stood in the file in plain text. */
export interface SecretInFile extends SecretPlace {
  /** `sealed`: so it lies in the site; `plain`: product keys stay as they are; `blanked`: data of an unknown step cannot be sealed. */
  readonly state: 'sealed' | 'plain' | 'blanked';
}

export interface SequenceReport {
  readonly name: string;
  readonly sourceId: string;
  /** In the site. */
  readonly id: string;
  readonly action: ImportAction;
  readonly steps: number;
  readonly groups: number;
  /** Objects that it refers to. */
  readonly mapped: readonly MappedLine[];
  /** Exports never carry secrets. */
  readonly typeAgain: readonly SecretPlace[];
  readonly secretsInFile: readonly SecretInFile[];
  /** Steps and conditions that cannot run here, and why. */
  readonly unsupported: readonly UnsupportedPlace[];
  readonly features: readonly UsedFeature[];
  readonly problems: readonly Problem[];
}

export interface MappedLine {
  /** In the import. */
  readonly id: string;
  readonly name: string | null;
  readonly kind: ObjectKind | null;
  readonly action: ImportAction;
  /** The object of the site that it is linked to, replaces or became. */
  readonly siteId: string | null;
}

export interface SequenceImport extends ChangedSite {
  readonly file: string;
  readonly form: 'configmgr' | 'mdt';
  readonly comment: string;
  readonly sequences: readonly SequenceReport[];
  readonly objects: readonly MappedLine[];
  readonly contents: readonly TakenContent[];
}

export const taskSequenceImport = useCase({
  name: 'task-sequence import',
  summary: 'take task sequences of a ConfigMgr export or of MDT into a site',
  effect: 'write',
  input: z.strictObject({
    file: z.string().min(1),
    site: siteOption,
    folder: z.string().max(500).default(''),
    onDuplicate: z.enum(['ignore', 'overwrite']).default('ignore'),
    application: z.enum(['revision', 'new']).optional(),
    map: z.array(z.string()).default([]),
    /** Instead of the name in the file: of an import with one sequence. */
    name: z.string().min(1).max(256).optional(),
    keepErrors: z.boolean().default(false),
    plan: z.boolean().default(false),
  }),
  async run(request, _services, context): Promise<SequenceImport> {
    const { file, site: folder, plan } = request;
    const opened = await openWholeSite(folder, context);
    const { imported: read, form, files, filesPath } = await readImport(file);
    const imported = renamed(read, request.name);
    const mapping = mapImport(imported, opened.site, newIds(opened.site), request);
    const sequences = sequenceChanges(opened, imported.sequences, mapping, request.folder);
    const given = { objects: imported.objects, ...mapping, files, filesPath, plan };
    const { changes, contents } = await importObjects(opened, given, context);
    const hint = 'Correct site.yaml where it lacks something, or write the sequences as they are with --keep-errors.';
    const mayHaveErrors = new Set(request.keepErrors ? sequences.map(({ path }) => path) : []);
    if (files !== undefined && imported.objects.length === 0 && filesOf(files).length > 0) {
      const left = `${filesPath}: ${filesOf(files).length} files are not taken in: only exports of osdkit say whose content they are`;
      context.log.write('warning', `${left}; osdkit image import and content add take them`);
    }
    const changed = await changeSite(opened, [...changes, ...sequences], { plan, mayHaveErrors, hint }, context);
    return {
      ...changed,
      file,
      form,
      comment: imported.comment,
      sequences: imported.sequences.map((one) => reportOf(one, mapping)),
      objects: mapping.mapped
        .filter(({ reference }) => !imported.sequences.some((one) => sequenceKey(one) === reference.id))
        .map((one) => lineOf(one, mapping)),
      contents,
    };
  },
});

function renamed(imported: ImportedPackage, name: string | undefined): ImportedPackage {
  if (name === undefined) return imported;
  const [one, ...others] = imported.sequences;
  if (one !== undefined && others.length === 0) {
    return { ...imported, sequences: [{ ...one, sequence: { ...one.sequence, name } }] };
  }
  throw new InputError(appCode.APP_OPTION, `--name: the import holds ${imported.sequences.length} task sequences`);
}

function actionOf(one: ImportedSequence, { mapped }: ImportMapping): MappedObject | undefined {
  return mapped.find(({ reference }) => reference.id === sequenceKey(one));
}

/** The files of the sequences that are new or replaced. */
function sequenceChanges(
  opened: OpenedSite,
  sequences: readonly ImportedSequence[],
  mapping: ImportMapping,
  folder: string,
): SiteChange[] {
  const pathOf = newPaths(opened);
  return sequences.flatMap((one): SiteChange[] => {
    const { action, target } = actionOf(one, mapping) ?? {};
    const id = mapping.ids.get(sequenceKey(one));
    if (id === undefined || action === 'ignore-duplicate') return [];
    const existing = target && opened.site.find('taskSequence', target.id);
    const path = existing?.file ?? pathOf('taskSequence', one.sequence.name, folder);
    const sequence = sealed(withReferences(one.sequence, mapping.ids), opened.site);
    return [changeOf(opened, path, textAt(path, 'taskSequence', { ...sequence, id }))];
  });
}

function sealed(sequence: TaskSequence, site: Site): TaskSequence {
  const seal = (text: string) => sealForSite(site, new Secret(text), randomBytes);
  return { ...sequence, steps: withSealedSecrets(sequence.steps, seal) };
}

function reportOf(one: ImportedSequence, mapping: ImportMapping): SequenceReport {
  const { sequence, sourceId, steps, groups, unsupported, features, blankSecrets, plainSecrets } = one;
  const action = actionOf(one, mapping)?.action ?? 'unresolved';
  const problems = one.problems.filter(({ code }) => code !== 'EXCHANGE_REFERENCE');
  const own = new Set(one.references.map(({ id }) => id));
  return {
    name: sequence.name,
    sourceId,
    id: mapping.ids.get(sequenceKey(one)) ?? '',
    action,
    steps,
    groups,
    mapped: mapping.mapped.filter(({ reference }) => own.has(reference.id)).map((line) => lineOf(line, mapping)),
    typeAgain: blankSecrets,
    secretsInFile: plainSecrets.map((place) => ({ ...place, state: stateOf(sequence, place) })),
    unsupported,
    features,
    problems,
  };
}

function stateOf({ steps }: TaskSequence, { kind, step, property }: SecretPlace): SecretInFile['state'] {
  if (kind !== 'password') return 'plain';
  const found = placedItems(steps).find(({ item }) => item.name === step.at(-1) && hasExtra(item, property));
  return found === undefined ? 'sealed' : 'blanked';
}

function hasExtra({ extra }: SequenceItem, property: string): boolean {
  return extra?.variables?.some(({ name }) => name === property) === true;
}

function lineOf({ reference, action }: MappedObject, { ids }: ImportMapping): MappedLine {
  const { id, name = null, kind = null } = reference;
  return { id, name, kind, action, siteId: ids.get(id) ?? null };
}
