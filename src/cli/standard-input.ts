/** Standard input of the process as the port of `src/app`. */
import type { StandardInput } from '../app/index.ts';

/** Nothing is read before it is asked for. */
export function standardInput(stream: NodeJS.ReadStream): StandardInput {
  return {
    terminal: stream.isTTY,
    chunks: () => stream as AsyncIterable<Buffer>,
    close: () => void stream.destroy(),
  };
}
