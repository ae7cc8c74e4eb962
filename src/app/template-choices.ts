/** What a prompt offers for a question that names an object of the site. */
import type { OperationContext } from '../core/index.ts';
import type { ObjectKind } from '../model/index.ts';
import { openSite } from './open-site.ts';

/** Names of the objects of a kind; the id where a name is there twice. Throws as `openSite` does. */
export async function objectChoices(
  folder: string,
  context: OperationContext,
): Promise<(kind: ObjectKind) => readonly string[]> {
  const { site } = await openSite(folder, context);
  return (kind) =>
    site
      .all(kind)
      .filter(({ builtIn }) => !builtIn)
      .map(({ name, id }) => (site.find(kind, name) === undefined ? (id ?? name) : name));
}
