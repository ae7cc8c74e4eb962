/** The verdict over one mutation: an error of the format family, or one that the parser names, or all is well. */
import { FormatError, OsdkitError } from '../../src/core/index.ts';
import type { Parser, SeedFacts } from './parser.ts';

/** Milliseconds of processor time that a mutation may take. */
export const timeLimit = 1000;
/** Bytes beyond what the process had before the first mutation. */
export const memoryLimit = 256 * 1024 * 1024;

export type Verdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'finding'; readonly what: string };

export async function judge(parser: Parser, bytes: Uint8Array, facts: SeedFacts): Promise<Verdict> {
  const start = process.cpuUsage();
  const verdict = await answerOf(parser, bytes, facts);
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  if (verdict.kind === 'finding' || milliseconds <= timeLimit) return verdict;
  return { kind: 'finding', what: `took ${Math.round(milliseconds)} ms, then: ${JSON.stringify(verdict)}` };
}

async function answerOf(parser: Parser, bytes: Uint8Array, facts: SeedFacts): Promise<Verdict> {
  try {
    await parser.exercise(bytes, facts);
    return { kind: 'valid' };
  } catch (error) {
    const named = error instanceof OsdkitError && (parser.inputCodes ?? []).includes(error.code);
    if (named || error instanceof FormatError) {
      return error.message === '' ? { kind: 'finding', what: 'no message' } : { kind: 'refused', code: error.code };
    }
    const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
    return { kind: 'finding', what: stack.split('\n').slice(0, 4).join(' | ').slice(0, 600) };
  }
}
