/** Properties of a sequence changed and written, and what they are then. */
import type { OperationContext } from '../core/index.ts';
import { type Notice, noticeOf, type TaskSequence } from '../model/index.ts';
import { editProperties, highImpactSteps, type PropertyChanges } from '../site/index.ts';
import { type NamedSequence, openSequence, type OpenedSequence } from './edited-sequence.ts';
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
  const change = changeOf(opened, object.file, editProperties(text, changes));
  return { sequence: named, ...(await changeSite(opened, [change], { plan }, context)) };
}
