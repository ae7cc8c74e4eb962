/** Runs a command line: results on stdout, progress and errors on stderr, exit codes of the product's contract. */
import { CommanderError, type Command } from 'commander';
import type { Services } from '../app/index.ts';
import { exitCode, InputError, operationContext, toOsdkitError, type OsdkitError } from '../core/index.ts';
import type { AskPassword } from './ask-password.ts';
import { cliCode } from './codes.ts';
import { commands } from './commands/index.ts';
import type { AnyCommand, CommandWords } from './command.ts';
import { errorText } from './error-text.ts';
import { buildProgram } from './program.ts';
import { printable } from './printable.ts';
import type { ScreenOutput } from './live-screen.ts';
import { progressLine } from './progress-line.ts';

export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ScreenOutput;
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** Asks the person at the terminal; undefined where there is none. */
  readonly ask?: AskPassword;
}

/** Runs `argv` (without node and script) and returns the exit code; throws nothing. */
export async function main(argv: readonly string[], services: Services, terminal: Terminal): Promise<number> {
  let code: number = exitCode.done;
  let help = '';
  const output = {
    writeOut: (text: string) => void terminal.stdout.write(text),
    // Messages come again with the error that is thrown; what is left is the help of a group of commands without one.
    writeErr: (text: string) => void (help += text),
  };
  try {
    const program = await buildProgram(commands, services.version, argv, async (command, words) => {
      code = await runCommand(command, words, services, terminal);
    });
    for (const command of walk(program)) command.exitOverride().configureOutput(output);
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(toOsdkitError(error, 'osdkit'), {}, terminal);
    if (error.exitCode === 0) return exitCode.done;
    if (error.code === 'commander.help') {
      terminal.stderr.write(help);
      return exitCode.input;
    }
    return report(usageError(error), { json: argv.includes('--json') }, terminal);
  }
}

/** What commander says about options and arguments, as an error like all others. */
function usageError({ message }: CommanderError): InputError {
  // `--name=value` of an unknown option is shown without the value, which may be a secret.
  const [first = '', ...more] = message
    .replace(/^error: /, '')
    .replace(/'(--[^'=]+)=[^']*'/, "'$1'")
    .split('\n');
  const hint = [...more.filter((line) => line !== ''), '--help shows what the command takes.'].join(' ');
  return new InputError(cliCode.CLI_USAGE, first, { hint });
}

/** Shows an error in every form that is asked for; its exit code. */
function report(
  error: OsdkitError,
  options: Readonly<Record<string, unknown>>,
  terminal: Terminal,
  lines = false,
): number {
  if (options['json'] === true) terminal.stdout.write(`${JSON.stringify(error, undefined, lines ? 0 : 2)}\n`);
  terminal.stderr.write(`${printable(errorText(error, options['verbose'] === true))}\n`);
  return error.exitCode;
}

function* walk(command: Command): Generator<Command> {
  yield command;
  for (const child of command.commands) yield* walk(child);
}

async function runCommand(
  command: AnyCommand,
  words: CommandWords,
  services: Services,
  terminal: Terminal,
): Promise<number> {
  const json = words.options['json'] === true;
  const line = json ? undefined : progressLine(terminal.stderr);
  const context = operationContext({
    signal: terminal.signal,
    progress: (progress) => line?.update(progress),
    log: {
      write(level, message) {
        if (level !== 'warning' && level !== 'error') return;
        line?.end();
        terminal.stderr.write(`${printable(`osdkit: ${level}: ${message}`)}\n`);
      },
    },
  });
  try {
    const result = await command.run(words, services, context, json ? undefined : terminal.ask, terminal);
    line?.end();
    const indent = command.jsonLines === true ? 0 : 2;
    terminal.stdout.write(
      json ? `${JSON.stringify(result.output, undefined, indent)}\n` : `${printable(result.text)}\n`,
    );
    return result.exitCode;
  } catch (thrown) {
    line?.end();
    return report(toOsdkitError(thrown, command.name), words.options, terminal, command.jsonLines);
  }
}
