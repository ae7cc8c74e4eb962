/** What a command line command is: a use case, the words that give its input, examples, and its result as text. */
import type { Command } from 'commander';
import { checkInput, type Services, type UseCase } from '../app/index.ts';
import type { OperationContext, Secret } from '../core/index.ts';
import type { AskPassword } from './ask-password.ts';
import type { ScreenOutput } from './live-screen.ts';

export interface CommandDefinition<Input, Output> {
  readonly useCase: UseCase<Input, Output>;
  /** Declares arguments and options on the command. */
  declare(command: Command): Command;
  /** The input of the use case, from positional arguments and options; still unchecked. */
  input(positional: readonly string[], options: Readonly<Record<string, unknown>>): unknown;
  /** Command lines that `--help` shows, each with what it does. */
  readonly examples: readonly (readonly [string, string])[];
  /** The input with what a person is asked for before anything runs; `ask` is undefined without a terminal and with `--json`. */
  readonly complete?: (input: unknown, ask: AskPassword) => Promise<unknown>;
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
  /** Checks the input, runs the use case, asks what is missing. Throws what the use case throws. */
  run(
    words: CommandWords,
    services: Services,
    context: OperationContext,
    ask: AskPassword,
    places: CommandPlaces,
  ): Promise<CommandResult>;
  /** With `--json` it prints JSON lines while it runs: result and error are one line each, too. */
  readonly jsonLines?: boolean;
}

/** Where a command shows what happens while it runs. */
export interface CommandPlaces {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ScreenOutput;
}

/** A command as the list has it: what help of its group shows, and where the rest is. */
export interface ListedCommand extends Pick<AnyCommand, 'name' | 'summary'> {
  /** Its arguments, as usage shows them. */
  readonly takes?: string;
  load(): Promise<AnyCommand>;
}

/** What was typed after the command's name. */
export interface CommandWords {
  readonly positional: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

export interface CommandResult {
  readonly output: unknown;
  readonly text: string;
  readonly exitCode: number;
}

/** Makes a command of a definition. */
export function defineCommand<Input, Output>(definition: CommandDefinition<Input, Output>): AnyCommand {
  const { useCase } = definition;
  return {
    name: useCase.name,
    summary: useCase.summary,
    declare: (command) => definition.declare(command),
    examples: definition.examples,
    async run({ positional, options }, services, context, ask) {
      const invoke = (input: unknown): Promise<Output> => useCase.run(checkInput(useCase, input), services, context);
      const given = definition.input(positional, options);
      const input = definition.complete ? await definition.complete(given, ask) : given;
      let output = await invoke(input);
      const question = definition.missingPassword?.question(output);
      if (ask && question !== undefined && definition.missingPassword) {
        output = await invoke(definition.missingPassword.withPassword(input, await ask(question)));
      }
      return { output, text: definition.render(output), exitCode: definition.exitCode?.(output) ?? 0 };
    },
  };
}
