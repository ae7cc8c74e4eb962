/** Properties of a sequence changed and written, and what they are then. */
import { InputError, type OperationContext } from '../core/index.ts';
import {
  type Notice,
  noticeOf,
  OBJECT_FOLDERS,
  type ObjectKind,
  type Site,
  type TaskSequence,
} from '../model/index.ts';
import { editProperties, highImpactSteps, type PropertyChanges } from '../site/index.ts';
import { appCode } from './codes.ts';
import { type NamedSequence, openSequence, type OpenedSequence, type SequenceObject } from './edited-sequence.ts';
import { findObject } from './find-object.ts';
import { referencesFrom } from './object-references.ts';
import { changeOf, type ChangedSite, changeSite } from './site-changes.ts';

export interface SequenceProperties {
  readonly name: string;
  readonly description: string | undefined;
  readonly category: string | undefined;
  readonly bootImage: string | undefined;
  readonly enabled: boolean;
  readonly maximumRunTime: number | undefined;
  readonly progressMessage: string | undefined;
  readonly runFirst: TaskSequence['runFirst'];
  readonly softwareCenter: TaskSequence['softwareCenter'];
  readonly highImpact: {
    /** Marked, or with steps that make it so (HI-02). */
    readonly is: boolean;
    readonly marked: boolean;
    readonly customText: boolean;
    /** The steps, child sequences included, each as `sequence: step`. */
    readonly steps: readonly string[];
    /** What users confirm; null where the sequence is not high impact. */
    readonly notice: Notice | null;
  };
}

export interface ChangedSequence extends ChangedSite {
  readonly sequence: NamedSequence;
}

/** The properties of a sequence; what its steps make of it is told, too. */
export function propertiesOf({ opened: { site }, object }: OpenedSequence): SequenceProperties {
  const { value } = object;
  const { highImpact } = value;
  const steps = highImpactSteps(site, object).map(({ sequence, step }) => `${sequence.name}: ${step.name}`);
  const is = highImpact?.marked === true || steps.length > 0;
  return {
    name: value.name,
    description: value.description,
    category: value.category,
    bootImage: value.bootImage,
    enabled: value.enabled !== false,
    maximumRunTime: value.maximumRunTime,
    progressMessage: value.progressMessage,
    runFirst: value.runFirst,
    softwareCenter: value.softwareCenter,
    highImpact: {
      is,
      marked: highImpact?.marked === true,
      customText: highImpact?.customText === true,
      steps,
      notice: is ? noticeOf(highImpact) : null,
    },
  };
}

/** Changes properties, never steps (EDIT-08). Throws as `openSequence`, `editProperties` and `changeSite` do. */
export async function changeProperties(
  { sequence, site, plan }: { readonly sequence: string; readonly site: string; readonly plan: boolean },
  context: OperationContext,
  changes: PropertyChanges,
): Promise<ChangedSequence> {
  const { opened, object, text, named } = await openSequence(site, sequence, context);
  checkNames(opened.site, object, changes);
  const change = changeOf(opened, object.file, editProperties(text, changes));
  return { sequence: named, ...(await changeSite(opened, [change], { plan }, context)) };
}

/** What is named must be there, and who names the sequence must find it afterwards. Throws InputError (`APP_OBJECT`, `APP_REFERRED`). */
function checkNames(site: Site, object: SequenceObject, { name, bootImage, runFirst }: PropertyChanges): void {
  if (typeof bootImage === 'string') findObject(site, bootImage, ['bootImage']);
  if (runFirst) findObject(site, runFirst.package, ['package']);
  if (name === undefined || isSame(name, object.name)) return;
  const places = (Object.keys(OBJECT_FOLDERS) as ObjectKind[]).flatMap((kind) =>
    site.all(kind).flatMap((from) =>
      referencesFrom(site, from)
        .filter(({ text, target }) => isSame(text, object.name) && target?.id === object.id)
        .map(({ path }) => site.place(from, path)),
    ),
  );
  if (places.length === 0) return;
  const list = places.map(({ file, line }) => `${file}:${line}`);
  throw new InputError(
    appCode.APP_REFERRED,
    `${object.name} cannot be renamed, it is referred to by name at ${list.join(', ')}`,
    { details: { places: list }, hint: `Write its id there: ${object.id ?? ''}` },
  );
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
