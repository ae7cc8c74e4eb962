/** Runs a command line: results on stdout, progress and errors on stderr, exit codes of the product's contract. */
import { CommanderError, type Command } from 'commander';
import { checkInput, type Services } from '../app/index.ts';
import { exitCode, operationContext, toOsdkitError } from '../core/index.ts';
import { commands } from './commands/index.ts';
import type { AnyCommand } from './command.ts';
import { errorText } from './error-text.ts';
import { buildProgram } from './program.ts';
import { progressLine, type ProgressOutput } from './progress-line.ts';

export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressOutput;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

/** Runs `argv` (without node and script) and returns the exit code; throws nothing. */
export async function main(argv: readonly string[], services: Services, terminal: Terminal): Promise<number> {
  let code: number = exitCode.done;
  const program = buildProgram(commands, services.version, async (command, positional, options) => {
    code = await runCommand(command, positional, options, services, terminal);
  });
  const output = {
    writeOut: (text: string) => void terminal.stdout.write(text),
    writeErr: (text: string) => void terminal.stderr.write(text),
  };
  for (const command of walk(program)) command.exitOverride().configureOutput(output);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed the message; help and version end with 0, anything else is wrong input.
    return error.exitCode === 0 ? exitCode.done : exitCode.input;
  }
}

function* walk(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* walk(child);
}

async function runCommand(
  command: AnyCommand,
  positional: readonly string[],
  options: Readonly<Record<string, unknown>>,
  services: Services,
  terminal: Terminal,
): Promise<number> {
  const json = options['json'] === true;
  const line = json ? undefined : progressLine(terminal.stderr);
  const context = operationContext({
    signal: terminal.signal,
    progress: (progress) => line?.update(progress),
  });
  try {
    const result = await command.run(positional, options, (useCase, input) =>
      useCase.run(checkInput(useCase, input), services, context),
    );
    line?.end();
    terminal.stdout.write(json ? `${JSON.stringify(result.output, undefined, 2)}\n` : `${result.text}\n`);
    return result.exitCode;
  } catch (thrown) {
    line?.end();
    const error = toOsdkitError(thrown, command.name);
    if (json) terminal.stdout.write(`${JSON.stringify(error, undefined, 2)}\n`);
    terminal.stderr.write(`${errorText(error, options['verbose'] === true)}\n`);
    return error.exitCode;
  }
}
