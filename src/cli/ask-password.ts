/** Asking for a password at a terminal, without echo. Where nobody can type, the answer is: none. */
import { CanceledError, coreCode, Secret } from '../core/index.ts';

/** A way to ask, or undefined where input or output is no terminal. */
export type AskPassword = ((question: string) => Promise<Secret>) | undefined;

/** Asks on stderr, so that results on stdout stay clean. Throws CanceledError when the user gives up (Ctrl+C). */
export function askPasswordAt(input: NodeJS.ReadStream, output: NodeJS.WriteStream): AskPassword {
  if (!input.isTTY || !output.isTTY) return undefined;
  return async (question) => {
    const { isCancel, password } = await import('@clack/prompts');
    const answer = await password({ message: question, input, output });
    if (isCancel(answer)) throw new CanceledError(coreCode.CORE_CANCELED, 'canceled');
    return new Secret(answer);
  };
}
