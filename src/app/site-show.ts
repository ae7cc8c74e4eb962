/** `site show`: an object, where it is written, what refers to it; of a deployment which part is missing (MON-03). */
import * as z from 'zod';
import type { ObjectKind, Place, Site, SiteObject, SiteProblem } from '../model/index.ts';
import { OBJECT_FOLDERS } from '../model/index.ts';
import { contentsOf } from './content-use.ts';
import { type DeploymentPart, deploymentParts } from './deployment-parts.ts';
import { findAnyObject, kindNamed } from './find-object.ts';
import { shownObject } from './mask-secrets.ts';
import { type ObjectReference, referencesFrom } from './object-references.ts';
import { openSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface Referrer extends Place {
  readonly kind: ObjectKind;
  readonly id: string | undefined;
  readonly name: string;
  /** The key that holds the reference: `steps.0.with.ImagePackage`. */
  readonly at: string;
}

export interface ShownObject {
  readonly kind: ObjectKind;
  readonly id: string | undefined;
  readonly name: string;
  readonly builtIn: boolean;
  /** Null for what exists without a file. */
  readonly place: Place | null;
  /** As its file says it, with dots for secrets. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly refersTo: readonly ObjectReference[];
  readonly referredBy: readonly Referrer[];
  /** Whether the library of this computer holds its content. */
  readonly content: readonly { readonly sha256: string; readonly size: number; readonly there: boolean }[];
  /** Of a deployment: the seven parts of a deployment of an operating system. */
  readonly parts: readonly DeploymentPart[] | null;
  readonly problems: readonly SiteProblem[];
}

export const siteShow = useCase({
  name: 'site show',
  summary: 'show an object of a site, where it is written and what refers to it',
  effect: 'read',
  input: z.strictObject({
    object: z.string().min(1),
    site: siteOption,
    kind: z
      .string()
      .transform((text, context) => {
        const kind = kindNamed(text);
        if (kind === undefined)
          context.addIssue(`${JSON.stringify(text)} is no kind; use one of ${folders.join(', ')}`);
        return kind;
      })
      .optional(),
  }),
  async run({ object: text, site: folder, kind }, _services, context): Promise<ShownObject> {
    const { site, problems, content } = await openSite(folder, context);
    const object = findAnyObject(site, text, kind);
    const { id, name, builtIn } = object;
    const place = builtIn ? null : site.place(object);
    return {
      kind: object.kind,
      id,
      name,
      builtIn,
      place,
      value: shownObject(object),
      refersTo: referencesFrom(site, object),
      referredBy: referrersOf(site, object),
      content: await Promise.all(
        contentsOf(object).map(async ({ sha256, size }) => ({
          sha256,
          size,
          there: (await content.size(sha256)) !== undefined,
        })),
      ),
      parts: isDeployment(object) ? await deploymentParts(site, object, problems, content) : null,
      problems: problems.filter(
        ({ file, line }) => file === place?.file && (file !== 'devices.csv' || line === place.line),
      ),
    };
  },
});

const folders = Object.values(OBJECT_FOLDERS);

function isDeployment(object: SiteObject): object is SiteObject<'deployment'> {
  return object.kind === 'deployment';
}

function referrersOf(site: Site, target: SiteObject): Referrer[] {
  return (Object.keys(OBJECT_FOLDERS) as ObjectKind[]).flatMap((kind) =>
    site.all(kind).flatMap((object) =>
      referencesFrom(site, object)
        .filter(
          ({ target: found }) =>
            found !== null && found.kind === target.kind && found.id === target.id && found.name === target.name,
        )
        .map(({ at, path }) => ({ kind, id: object.id, name: object.name, at, ...site.place(object, path) })),
    ),
  );
}
