/**
 * `task-sequence properties`: shows or changes what a sequence is and how users see it: name, boot image, Software Center data
 * (HI-12 to HI-14), the notice of a high-impact sequence (HI-01 to HI-10). Never its steps (EDIT-08).
 */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import type { PropertyChanges } from '../site/index.ts';
import { changeProperties, propertiesOf, type SequenceProperties } from './changed-sequence.ts';
import { type NamedSequence, openSequence, sequenceInput } from './edited-sequence.ts';
import type { ChangedSite } from './site-changes.ts';
import { useCase } from './use-case.ts';

const clearable = {
  description: { description: null },
  category: { category: null },
  'boot-image': { bootImage: null },
  'maximum-run-time': { maximumRunTime: null },
  'progress-message': { progressMessage: null },
  'run-first': { runFirst: null },
  'restart-required': { softwareCenter: { restartRequired: null } },
  'download-size': { softwareCenter: { downloadSize: null } },
  'run-time': { softwareCenter: { runTime: null } },
  headline: { highImpact: { headline: null } },
} as const satisfies Readonly<Record<string, PropertyChanges>>;
type Clearable = keyof typeof clearable;
const clearableNames = Object.keys(clearable) as [Clearable, ...Clearable[]];

const whole = z.number().int().min(0);
/** HI-04: characters, not bytes; the site's schema says the same of a file. */
const notice = z.string().refine((text) => Array.from(text).length <= 255, { error: 'at most 255 characters (HI-04)' });

export interface ShownSequenceProperties {
  readonly sequence: NamedSequence;
  readonly properties: SequenceProperties;
  /** Null where nothing was to change. */
  readonly changed: ChangedSite | null;
}

export const taskSequenceProperties = useCase({
  name: 'task-sequence properties',
  summary: 'show or change the properties of a task sequence, never its steps',
  effect: 'write',
  input: z.strictObject({
    ...sequenceInput,
    name: z.string().min(1).optional(),
    description: z.string().optional(),
    category: z.string().min(1).optional(),
    bootImage: z.string().min(1).optional(),
    maximumRunTime: whole.optional(),
    progressMessage: z.string().optional(),
    /** PACKAGE:PROGRAM; the last colon parts them. */
    runFirst: z
      .string()
      .regex(/^.+:[^:]+$/, { error: 'PACKAGE:PROGRAM is expected' })
      .optional(),
    restartRequired: z.boolean().optional(),
    downloadSize: whole.optional(),
    runTime: whole.optional(),
    highImpact: z.boolean().optional(),
    customText: z.boolean().optional(),
    headline: notice.optional(),
    mainText: notice.optional(),
    boldText: notice.optional(),
    lastLine: notice.optional(),
    clear: z.array(z.enum(clearableNames, { error: `one of ${clearableNames.join(', ')}` })).default([]),
  }),
  async run(input, _services, context: OperationContext): Promise<ShownSequenceProperties> {
    const { sequence, site, plan, ...wanted } = input;
    const found = await openSequence(site, sequence, context);
    const changes = changesOf(wanted);
    const changed = isEmpty(changes) ? null : await changeProperties({ sequence, site, plan }, context, changes);
    // By the id: the name may be another one now.
    const after = changed === null || plan ? found : await openSequence(site, found.named.id, context);
    return { sequence: after.named, properties: propertiesOf(after), changed };
  },
});

type Wanted = Omit<z.output<typeof taskSequenceProperties.input>, keyof typeof sequenceInput>;

function changesOf(wanted: Wanted): PropertyChanges {
  const { name, description, category, bootImage, maximumRunTime, progressMessage } = wanted;
  const { restartRequired, downloadSize, runTime } = wanted;
  const { highImpact: marked, customText, headline, mainText, boldText, lastLine } = wanted;
  const at = wanted.runFirst?.lastIndexOf(':') ?? -1;
  const runFirst =
    wanted.runFirst === undefined
      ? undefined
      : { package: wanted.runFirst.slice(0, at), program: wanted.runFirst.slice(at + 1) };
  const cleared: readonly PropertyChanges[] = wanted.clear.map((key) => clearable[key]);
  const all: PropertyChanges[] = [
    given({ name, description, category, bootImage, maximumRunTime, progressMessage, runFirst }),
    { softwareCenter: given({ restartRequired, downloadSize, runTime }) },
    { highImpact: given({ marked, customText, headline, mainText, boldText, lastLine }) },
    ...cleared,
  ];
  return all.reduce((sum, { softwareCenter, highImpact, ...more }) => ({
    ...sum,
    ...more,
    softwareCenter: { ...sum.softwareCenter, ...softwareCenter },
    highImpact: { ...sum.highImpact, ...highImpact },
  }));
}

/** Without what is undefined. */
function given<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function isEmpty({ softwareCenter, highImpact, ...plain }: PropertyChanges): boolean {
  return [plain, softwareCenter ?? {}, highImpact ?? {}].every((each) => Object.keys(each).length === 0);
}
