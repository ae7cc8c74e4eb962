/** The `with` of a type as zod schema: the same judge as `checkStep`, so that there is one truth. */
import * as z from 'zod';
import type { PropertyValue } from '../model/index.ts';
import { checkWith } from './check.ts';
import type { StepDefinition } from './types.ts';

/** Strict: unknown properties, missing ones and values that are not allowed are issues at their place. */
export function withSchema(definition: StepDefinition): z.ZodType<Readonly<Record<string, PropertyValue>>> {
  return z.custom<Readonly<Record<string, PropertyValue>>>().superRefine((value: unknown, context) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      context.addIssue({ code: 'custom', message: `with must be a map of the properties of ${definition.name}` });
      return;
    }
    for (const { severity, message, path } of checkWith(definition, value as Record<string, unknown>)) {
      if (severity === 'error') context.addIssue({ code: 'custom', message, path: [...path] });
    }
  });
}
