/** Builds the commander program from the list of commands: `media create bootable` becomes nested commands. */
import { Command } from 'commander';
import type { AnyCommand } from './command.ts';

export type Runner = (
  command: AnyCommand,
  positional: readonly string[],
  options: Readonly<Record<string, unknown>>,
) => Promise<void>;

const groups: Readonly<Record<string, string>> = {
  image: 'WIM files, and image files that boot as CD and stick',
  media: 'media that technicians carry',
  'media create': 'build a medium',
};

/** The whole program; `run` is called with the chosen command. */
export function buildProgram(commands: readonly AnyCommand[], version: string, run: Runner): Command {
  const program = new Command('osdkit')
    .description('Deploys operating systems to bare-metal hardware, from your own WinPE image, on any OS.')
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .enablePositionalOptions();
  for (const command of commands) {
    const words = command.name.split(' ');
    const parent = words.slice(0, -1).reduce((at, _, i) => group(at, words.slice(0, i + 1)), program);
    const leaf = new Command(words.at(-1)).description(command.summary);
    command
      .declare(leaf)
      .option('--json', 'print the result as JSON on standard output')
      .option('--verbose', 'show causes and stacks of errors')
      .addHelpText('after', helpExamples(command))
      .action(async () => run(command, leaf.args, leaf.opts()));
    parent.addCommand(leaf);
  }
  return program;
}

function group(parent: Command, words: readonly string[]): Command {
  const name = words.at(-1) as string;
  const existing = parent.commands.find((command) => command.name() === name);
  if (existing) return existing;
  const made = new Command(name).description(groups[words.join(' ')] ?? '');
  parent.addCommand(made);
  return made;
}

function helpExamples(command: AnyCommand): string {
  const lines = command.examples.map(([line, what]) => `  ${line}\n      ${what}`);
  return `\nExamples:\n${lines.join('\n')}`;
}
