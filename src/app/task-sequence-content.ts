/**
 * `task-sequence content`: every piece of content that a sequence needs, with the points that have it (EDIT-14 to EDIT-16), and with
 * the metadata and dependencies that prestaged content carries (EDIT-18).
 */
import * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import type { ObjectKind } from '../model/index.ts';
import { type DistributionTarget, distributionTargets } from './distribution-targets.ts';
import { type NamedSequence, openSequence, sequenceInput } from './edited-sequence.ts';
import { sequenceContent } from './sequence-content.ts';
import { useCase } from './use-case.ts';

export interface ListedContent {
  readonly kind: ObjectKind;
  readonly id: string | undefined;
  readonly name: string;
  readonly version: string | null;
  readonly file: string;
  readonly neededBy: readonly string[];
  /** None: the object has no content yet. */
  readonly content: readonly {
    readonly sha256: string;
    readonly size: number;
    /** The content library of this computer holds it. */
    readonly inLibrary: boolean;
  }[];
  /** Names of the points that have it: already there. */
  readonly points: readonly string[];
}

export interface SequenceContentList {
  readonly sequence: NamedSequence;
  readonly content: readonly ListedContent[];
  /** Bytes of all of it, each content once. */
  readonly size: number;
  /** Targets that lack something. */
  readonly targets: readonly DistributionTarget[];
  /** Targets that have all of it. */
  readonly alreadyThere: readonly DistributionTarget[];
}

const { sequence, site } = sequenceInput;

export const taskSequenceContent = useCase({
  name: 'task-sequence content',
  summary: 'list the content that a task sequence needs, and where it is',
  effect: 'read',
  input: z.strictObject({ sequence, site }),
  async run(input, _services, context: OperationContext): Promise<SequenceContentList> {
    const { opened, object, named } = await openSequence(input.site, input.sequence, context);
    const pieces = sequenceContent(opened.site, object);
    const content = await Promise.all(
      pieces.map(async ({ object: { kind, id, name, file, value }, neededBy, contents, points }) => ({
        kind,
        id,
        name,
        version: (value as { version?: string }).version ?? null,
        file,
        neededBy,
        content: await Promise.all(
          contents.map(async ({ sha256, size }) => ({
            sha256,
            size,
            inLibrary: (await opened.content.size(sha256)) !== undefined,
          })),
        ),
        points,
      })),
    );
    const sizes = new Map(content.flatMap((each) => each.content.map(({ sha256, size }) => [sha256, size])));
    const targets = distributionTargets(opened.site, pieces);
    return {
      sequence: named,
      content,
      size: [...sizes.values()].reduce((sum, size) => sum + size, 0),
      targets: targets.filter(({ lacks }) => lacks.length > 0),
      alreadyThere: pieces.length === 0 ? [] : targets.filter(({ lacks }) => lacks.length === 0),
    };
  },
});
