/** What a command line command is: a use case, the words that give its input, examples, and its result as text. */
import type { Command } from 'commander';
import type { UseCase } from '../app/index.ts';
import type { Secret } from '../core/index.ts';
import type { AskPassword } from './ask-password.ts';

export interface CommandDefinition<Input, Output> {
  readonly useCase: UseCase<Input, Output>;
  /** Declares arguments and options on the command. */
  declare(command: Command): Command;
  /** The input of the use case, from positional arguments and options; still unchecked. */
  input(positional: readonly string[], options: Readonly<Record<string, unknown>>): unknown;
  /** Command lines that `--help` shows, each with what it does. */
  readonly examples: readonly (readonly [string, string])[];
  /**
   * What to ask a person for when the result is not all that could be shown, and the input with the answer. Asked at a
   * terminal alone, never with `--json`.
   */
  readonly missingPassword?: {
    question(output: Output): string | undefined;
    withPassword(input: unknown, password: Secret): unknown;
  };
  /** The result for people. */
  render(output: Output): string;
  /** Exit code of a run that returned; 0 unless told. */
  exitCode?(output: Output): number;
}

/** A definition whose types are forgotten, for the list of all commands. */
export interface AnyCommand {
  readonly name: string;
  readonly summary: string;
  declare(command: Command): Command;
  readonly examples: readonly (readonly [string, string])[];
  run(
    positional: readonly string[],
    options: Readonly<Record<string, unknown>>,
    invoke: <I, O>(useCase: UseCase<I, O>, input: unknown) => Promise<O>,
    ask: AskPassword,
  ): Promise<{ readonly output: unknown; readonly text: string; readonly exitCode: number }>;
}

/** Makes a command of a definition. */
export function defineCommand<Input, Output>(definition: CommandDefinition<Input, Output>): AnyCommand {
  return {
    name: definition.useCase.name,
    summary: definition.useCase.summary,
    declare: (command) => definition.declare(command),
    examples: definition.examples,
    async run(positional, options, invoke, ask) {
      const input = definition.input(positional, options);
      let output = await invoke(definition.useCase, input);
      const question = definition.missingPassword?.question(output);
      if (ask && question !== undefined && definition.missingPassword) {
        const answered = definition.missingPassword.withPassword(input, await ask(question));
        output = await invoke(definition.useCase, answered);
      }
      return { output, text: definition.render(output), exitCode: definition.exitCode?.(output) ?? 0 };
    },
  };
}
