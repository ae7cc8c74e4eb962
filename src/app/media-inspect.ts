/** `media inspect`: what a medium is, from the medium itself and from the boot.wim inside it; secrets stay masked. */
import * as z from 'zod';
import { openFile, readAll } from '../../images/bytes/index.ts';
import { filesOf, findFile } from '../../images/tree/index.ts';
import type { Medium } from '../../media/inspect/index.ts';
import { Secret } from '../core/index.ts';
import { isPasswordVariable, isSecret, type Variable } from '../model/index.ts';
import type { BootstrapDocument, MediaDocument, PolicyDocument } from '../protocol/index.ts';
import { masked } from './mask-secrets.ts';
import { readPasswordFile } from './password-file.ts';
import { useCase } from './use-case.ts';

export interface ShownVariable {
  readonly name: string;
  /** Null for a secret: its value is never shown. */
  readonly value: string | null;
}

export interface ShownVariables {
  readonly sealed: boolean;
  /** Null when sealed and no password was given. */
  readonly list: readonly ShownVariable[] | null;
}

export interface ShownSiteMedium {
  readonly bootstrap: BootstrapDocument;
  readonly policy: PolicyDocument;
  /** Whether the policy is signed with the key that the bootstrap names. */
  readonly signature: 'valid' | 'wrong' | 'none';
}

export interface MediaInspection {
  readonly file: string;
  readonly size: number;
  readonly document: MediaDocument;
  readonly signed: boolean;
  /** What a site put on it; null: it was made without one. */
  readonly site: ShownSiteMedium | null;
  readonly variables: ShownVariables;
  /** The same, read from the boot.wim on the medium. */
  readonly variablesInBootWim: ShownVariables;
  readonly bootWim: { readonly size: number; readonly bootIndex: number; readonly image: string | null };
  readonly files: readonly { readonly path: string; readonly size: number }[];
  /** BCD stores in the field's names, by path. */
  readonly stores: Readonly<Record<string, string>>;
}

export const mediaInspect = useCase({
  name: 'media inspect',
  summary: 'show what a medium is: type, dates, variables, files, boot stores',
  effect: 'read',
  input: z.strictObject({
    file: z.string(),
    passwordFile: z.string().optional(),
    /** As typed at a terminal; wins over the file. */
    password: z.custom<Secret>((value) => value instanceof Secret).optional(),
  }),
  async run({ file, passwordFile, password: typed }): Promise<MediaInspection> {
    const password = typed ?? (passwordFile === undefined ? undefined : await readPasswordFile(passwordFile));
    await using source = await openFile(file);
    const { openMedium } = await import('../../media/inspect/index.ts');
    const medium = await openMedium(source);
    const { wim } = medium.bootWim;
    return {
      file,
      size: source.size,
      document: medium.document,
      signed: (medium.manifest?.signature ?? '') !== '',
      site: await shownSite(medium),
      variables: await shown(medium.variables, password),
      variablesInBootWim: medium.bootWim.variables
        ? await shown(medium.bootWim.variables, password)
        : { sealed: false, list: null },
      bootWim: {
        size: wim.source.size,
        bootIndex: wim.bootIndex,
        image: wim.images.find(({ index }) => index === wim.bootIndex)?.name ?? null,
      },
      files: filesOf(medium.root).map(({ path, file: node }) => ({ path, size: node.content.size })),
      stores: await describeStores(medium),
    };
  },
});

async function shown(container: Uint8Array, password: Secret | undefined): Promise<ShownVariables> {
  const { isSealed, readVariables } = await import('../protocol/index.ts');
  const sealed = isSealed(container);
  if (sealed && !password) return { sealed, list: null };
  const variables: Variable[] = await readVariables(container, password);
  return {
    sealed,
    list: variables.map((variable) => ({
      name: variable.name,
      value: isSecret(variable) ? null : (variable.value as string),
    })),
  };
}

/** The documents of the site; passwords that somebody put into them are dots. */
async function shownSite({ bootstrap, policy }: Medium): Promise<ShownSiteMedium | null> {
  if (!bootstrap || !policy) return null;
  const { isSignedBy } = await import('../protocol/index.ts');
  const { signing } = bootstrap.site;
  const isValid = signing !== null && isSignedBy(policy, signing);
  const variables = Object.fromEntries(
    Object.entries(bootstrap.variables).map(([name, value]) => [name, isPasswordVariable(name) ? masked : value]),
  );
  const hidden = policy.variables.map((each) =>
    typeof each.value === 'string' && (each.hidden || isPasswordVariable(each.name))
      ? { ...each, value: masked }
      : each,
  );
  return {
    bootstrap: { ...bootstrap, variables },
    policy: { ...policy, variables: hidden },
    signature: isValid ? 'valid' : policy.signature === '' ? 'none' : 'wrong',
  };
}

async function describeStores(medium: Medium): Promise<Record<string, string>> {
  const { describeBcd, readBcd } = await import('../../images/bcd/index.ts');
  const { storePath } = await import('../../media/layout/index.ts');
  const stores: Record<string, string> = {};
  for (const path of Object.values(storePath)) {
    const store = findFile(medium.root, path);
    if (store) stores[path] = describeBcd(readBcd(await readAll(store.content)));
  }
  return stores;
}
