/** Options that the commands which edit a sequence share: where an item goes, and what it is. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { AskPassword } from './ask-password.ts';
import { collect, indexOrNone } from './option-values.ts';

export const itemArgument = ['<item>', 'name of a group or step, or its place such as 2.1.3'] as const;

export function declareSite(command: Command): Command {
  return command
    .option('--site <dir>', 'folder of the site (default: .)')
    .option('--plan', 'show what would be written and write nothing');
}

export function declarePlacement(command: Command, otherwise: string): Command {
  return command
    .option('--into <group>', `into this group, as its last (default: ${otherwise})`)
    .option('--first', 'with --into: as its first; without: as the first of the sequence')
    .option('--before <item>', 'before this group or step')
    .option('--after <item>', 'after this group or step');
}

export function declareCommonOptions(command: Command): Command {
  return command
    .option('--description <text>', 'what it is for')
    .option('--condition <yaml>', 'when it runs: [{ variable: A, equals: x }]; a list, all must hold')
    .option('--condition-file <file>', 'the same from a file')
    .option('--continue-on-error', 'the sequence goes on when it fails')
    .option('--no-continue-on-error', 'the sequence stops when it fails');
}

export function declareStepOptions(command: Command): Command {
  return declareCommonOptions(command)
    .option('--set <NAME=VALUE>', 'property of its type; may be repeated; lists in YAML: [{ ... }]', collect)
    .option('--set-file <NAME=FILE>', 'property from a file: a script, or YAML of a list; may be repeated', collect)
    .option('--secret <NAME>', 'property that is asked for without echo, and sealed; may be repeated', collect)
    .option('--secret-file <NAME=FILE>', 'property whose secret the file holds; sealed; may be repeated', collect)
    .option('--run-in <where>', 'WinPE, FullOS or WinPEandFullOS')
    .option('--timeout <seconds>', 'stops it after this time', indexOrNone)
    .option('--retry-count <n>', 'how often it is tried again', indexOrNone)
    .option('--success-codes <codes>', 'exit codes that mean success: 0,3010', exitCodes)
    .option('--start-in <folder>', 'folder to start in');
}

/** Whole numbers with commas. */
function exitCodes(value: string): number[] {
  const codes = value.split(',').map((code) => code.trim());
  if (codes.every((code) => /^-?\d{1,10}$/.test(code))) return codes.map(Number);
  throw new InvalidArgumentError('whole numbers with commas are expected.');
}

/** Asks for every `--secret` in turn. */
export async function withSecrets(input: unknown, ask: AskPassword): Promise<unknown> {
  const { secret = [] } = input as { secret?: readonly string[] };
  if (ask === undefined || secret.length === 0) return input;
  const typed: unknown[] = [];
  for (const name of secret) typed.push(await ask(name));
  return { ...(input as object), typed };
}
