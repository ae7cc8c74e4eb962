/** Reading our JSON containers: strict UTF-8, the right version first, then the schema; never a half-understood document. */
import type * as z from 'zod';
import { FormatError } from '../core/index.ts';
import { protocolCode } from './codes.ts';
import { protocolVersion } from './paths.ts';

/**
 * The document in `bytes`. Throws FormatError: `PROTOCOL_VERSION` for another version, `PROTOCOL_MALFORMED` for broken
 * UTF-8, JSON or shape. `name` is the path for messages.
 */
export function readJsonContainer<T>(bytes: Uint8Array, name: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new FormatError(protocolCode.PROTOCOL_MALFORMED, `${name}: not a JSON document`, { cause: error });
  }
  const version = typeof value === 'object' && value !== null && 'osdkit' in value ? value.osdkit : undefined;
  if (version !== protocolVersion) {
    throw new FormatError(
      protocolCode.PROTOCOL_VERSION,
      `${name}: version ${JSON.stringify(version) ?? 'missing'}, this osdkit reads version ${protocolVersion}`,
      { details: { container: name }, hint: 'Read it with the osdkit that made it, or a newer one.' },
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = issue?.path.length ? `at ${issue.path.join('.')}: ` : '';
  throw new FormatError(protocolCode.PROTOCOL_MALFORMED, `${name}: ${place}${issue?.message ?? 'wrong shape'}`, {
    details: { container: name },
  });
}
