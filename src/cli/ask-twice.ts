/** A new password, typed twice: one that was mistyped once would lock its owner out. */
import { InputError, type Secret } from '../core/index.ts';
import type { AskPassword } from './ask-password.ts';
import { cliCode } from './codes.ts';

/** Throws InputError (`CLI_PASSWORDS_DIFFER`). */
export async function askTwice(ask: NonNullable<AskPassword>, question: string): Promise<Secret> {
  const password = await ask(question);
  const again = await ask('The same again');
  if (password.reveal() === again.reveal()) return password;
  throw new InputError(cliCode.CLI_PASSWORDS_DIFFER, 'the two passwords differ', { hint: 'Nothing was written.' });
}
