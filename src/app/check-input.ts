/** Checks the input of a use case against its schema; all mistakes at once. */
import { InputError } from '../core/index.ts';
import { appCode } from './codes.ts';
import type { UseCase } from './use-case.ts';

/** The checked input. Throws InputError (`APP_OPTION`) naming every field that is wrong. */
export function checkInput<Input, Output>(useCase: UseCase<Input, Output>, input: unknown): Input {
  const result = useCase.input.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${optionName(path)}${message}`);
  throw new InputError(appCode.APP_OPTION, `${useCase.name}: ${problems.join('; ')}`, {
    details: { problems },
    hint: `osdkit ${useCase.name} --help shows what it takes.`,
  });
}

/** `bootImage` is what the user knows as `--boot-image`. What is about several options names them itself. */
function optionName([first]: readonly PropertyKey[]): string {
  return first === undefined ? '' : `--${String(first).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: `;
}
