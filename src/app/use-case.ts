/**
 * A use case is declared once: name, schema, what it does. Command line (and later HTTP routes and the console) come from
 * the list of them; the faces contain no rules, only translation.
 */
import type * as z from 'zod';
import type { OperationContext } from '../core/index.ts';
import type { ServeHost } from './network-boot/serve-host.ts';
import type { StandardInput } from './standard-input.ts';

export interface Services {
  /** Version of osdkit, from package.json. */
  readonly version: string;
  /** Threads for decoding; 0 works in the calling thread. */
  readonly workers: number;
  /** Of commands that read a stream. */
  readonly input?: StandardInput;
  /** Of commands that serve. */
  readonly host?: ServeHost;
}

export interface UseCase<Input, Output> {
  /** As typed: `media create bootable`. */
  readonly name: string;
  readonly summary: string;
  readonly effect: 'read' | 'write';
  readonly input: z.ZodType<Input>;
  run(input: Input, services: Services, context: OperationContext): Promise<Output>;
}

/** Declares a use case; the types of its input and output follow from schema and function. */
export function useCase<Input, Output>(definition: UseCase<Input, Output>): UseCase<Input, Output> {
  return definition;
}
