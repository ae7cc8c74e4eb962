/** `content add`: a file or folder into the content library of a site. */
import * as z from 'zod';
import { type AddedContent, addToLibrary, fileOrFolder } from './library-content.ts';
import { openSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';

export interface ContentAddition {
  readonly contents: readonly (AddedContent & { readonly path: string })[];
  readonly library: string;
}

export const contentAdd = useCase({
  name: 'content add',
  summary: 'copy files or folders into the content library of a site',
  effect: 'write',
  input: z.strictObject({ paths: z.array(z.string().min(1)).min(1), site: siteOption }),
  async run({ paths, site: folder }, _services, context): Promise<ContentAddition> {
    const { content } = await openSite(folder, context);
    const contents = [];
    for (const path of paths) {
      contents.push({ path, ...(await addToLibrary(content, await fileOrFolder(path), context)) });
    }
    return { contents, library: content.place };
  },
});
