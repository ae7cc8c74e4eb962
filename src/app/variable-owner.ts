/** Whose variables a command changes: a device with its own, a collection with those of all its members (VAR-03, VAR-08). */
import * as z from 'zod';
import { InputError, type OperationContext } from '../core/index.ts';
import { type SiteObject, siteVariables } from '../model/index.ts';
import { appCode } from './codes.ts';
import { exactlyOne } from './edited-sequence.ts';
import { findObject } from './find-object.ts';
import { masked } from './mask-secrets.ts';
import { type OpenedSite, openSite, siteOption } from './open-site.ts';

export const ownerInput = {
  site: siteOption,
  device: z.string().min(1).optional(),
  collection: z.string().min(1).optional(),
};

export interface VariableOwner {
  readonly opened: OpenedSite;
  readonly object: SiteObject<'device'> | SiteObject<'collection'>;
  readonly text: string;
}

/** As it may be shown: hidden and sealed values are dots. */
export interface ShownVariable {
  readonly name: string;
  readonly value: string;
  readonly hidden: boolean;
}

/**
 * The device or collection that a command names. Throws InputError: `APP_OPTION` for none or both, `APP_OBJECT` for one that is not
 * there or has no file.
 */
export async function openOwner(
  useCase: string,
  given: { readonly site: string; readonly device?: string | undefined; readonly collection?: string | undefined },
  context: OperationContext,
): Promise<VariableOwner> {
  const { device, collection } = given;
  exactlyOne(useCase, { device, collection });
  const opened = await openSite(given.site, context);
  const object =
    device === undefined
      ? findObject(opened.site, collection ?? '', ['collection'])
      : findObject(opened.site, device, ['device']);
  const text = opened.texts.get(object.file);
  if (text !== undefined) return { opened, object, text };
  throw new InputError(appCode.APP_OBJECT, `${object.name} is built in: it has no file, so it has no variables`, {
    hint: 'Give the variables to a collection of your own.',
  });
}

/** The variables of a device or collection, in the order of the file. */
export function shownVariables({ value }: VariableOwner['object']): ShownVariable[] {
  // Undefined where the schema refuses the object.
  const variables = (value as { variables?: Parameters<typeof siteVariables>[0] } | undefined)?.variables;
  return siteVariables(variables).map(({ name, value: text, hidden }) => ({
    name,
    value: hidden || typeof text !== 'string' ? masked : text,
    hidden,
  }));
}
