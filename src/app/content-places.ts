/** Where the contents of an object lie in the folder beside an export: its own under its id, those of deployment types numbered. */
import type { Content } from '../model/index.ts';

interface WithContents {
  readonly content?: Content;
  readonly deploymentTypes?: readonly { readonly content?: Content }[];
}

/** The object with each content as `change` gives it; `folder` is its place beside the zip. */
export async function mapContents<T extends object>(
  id: string,
  value: T,
  change: (content: Content, folder: string) => Promise<Content>,
): Promise<T> {
  const { content, deploymentTypes } = value as WithContents;
  const types = deploymentTypes?.map(async (type, index) =>
    type.content === undefined ? type : { ...type, content: await change(type.content, `${id}-${index + 1}`) },
  );
  return {
    ...value,
    ...(content === undefined ? {} : { content: await change(content, id) }),
    ...(types === undefined ? {} : { deploymentTypes: await Promise.all(types) }),
  };
}
