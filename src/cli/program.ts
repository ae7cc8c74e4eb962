/** Builds the commander program from the list of commands: `media create bootable` becomes nested commands. */
import { Command } from 'commander';
import type { AnyCommand, CommandWords, ListedCommand } from './command.ts';

export type Runner = (command: AnyCommand, words: CommandWords) => Promise<void>;

const groups: Readonly<Record<string, string>> = {
  image: 'WIM files, and image files that boot as CD and stick',
  'boot-image': 'Windows PE images that computers start from',
  media: 'media that technicians carry',
  'media create': 'build a medium',
  site: 'a site: its folder of YAML files, checked and shown',
  secret: 'passwords and product keys, sealed for the site',
  device: 'computers of a site',
  content: 'files in the content library of a site',
  'task-sequence': 'task sequences of a site',
  'task-sequence edit': 'groups and steps of a task sequence',
  variable: 'task sequence variables of devices and collections',
  'task-sequence new': 'a task sequence as the wizard makes it; one command a kind',
  deployment: 'task sequences offered to collections',
  collection: 'groups of computers',
  pxe: 'network boot',
};

/**
 * The program for one command line; `run` is called with the chosen command. Only commands whose words `argv` holds are
 * loaded and get their options; of the others there are names and summaries, all that help of their groups shows.
 */
export async function buildProgram(
  commands: readonly ListedCommand[],
  version: string,
  argv: readonly string[],
  run: Runner,
): Promise<Command> {
  const program = new Command('osdkit')
    .description('Deploys operating systems to bare-metal hardware, from your own WinPE image, on any OS.')
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .enablePositionalOptions();
  for (const listed of commands) {
    const words = listed.name.split(' ');
    const parent = words.slice(0, -1).reduce((at, _, i) => group(at, words.slice(0, i + 1)), program);
    const leaf = new Command(words.at(-1)).description(listed.summary);
    if (words.every((word) => argv.includes(word))) declare(leaf, await listed.load(), run);
    else pretend(leaf, listed);
    parent.addCommand(leaf);
  }
  return program;
}

function declare(leaf: Command, command: AnyCommand, run: Runner): void {
  command
    .declare(leaf)
    .option('--json', 'print the result as JSON on standard output')
    .option('--verbose', 'show causes and stacks of errors')
    .addHelpText('after', helpExamples(command))
    .action(async () => run(command, { positional: leaf.args, options: leaf.opts() }));
}

/** As much as the help of its group shows: one option makes that say [options]. */
function pretend(leaf: Command, { takes }: ListedCommand): void {
  leaf.option('--json');
  if (takes !== undefined) leaf.arguments(takes);
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
