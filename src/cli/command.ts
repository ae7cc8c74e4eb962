/** What a command line command is: a use case, the words that give its input, examples, and its result as text. */
import type { Command } from 'commander';
import type { UseCase } from '../app/index.ts';

export interface CommandDefinition<Input, Output> {
  readonly useCase: UseCase<Input, Output>;
  /** Declares arguments and options on the command. */
  declare(command: Command): Command;
  /** The input of the use case, from positional arguments and options; still unchecked. */
  input(positional: readonly string[], options: Readonly<Record<string, unknown>>): unknown;
  /** Command lines that `--help` shows, each with what it does. */
  readonly examples: readonly (readonly [string, string])[];
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
  ): Promise<{ readonly output: unknown; readonly text: string; readonly exitCode: number }>;
}

/** Makes a command of a definition. */
export function defineCommand<Input, Output>(definition: CommandDefinition<Input, Output>): AnyCommand {
  return {
    name: definition.useCase.name,
    summary: definition.useCase.summary,
    declare: (command) => definition.declare(command),
    examples: definition.examples,
    async run(positional, options, invoke) {
      const output = await invoke(definition.useCase, definition.input(positional, options));
      return { output, text: definition.render(output), exitCode: definition.exitCode?.(output) ?? 0 };
    },
  };
}
