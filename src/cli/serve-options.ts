/** Options that `serve` and `pxe serve` share, and how both run. */
import type { Command } from 'commander';
import type { ServeReport, UseCase } from '../app/index.ts';
import type { AnyCommand } from './command.ts';
import { defineCommand } from './command.ts';
import { collect, given, integer, ownPort } from './option-values.ts';
import { counted, formatBytes, formatDuration } from './quantities.ts';

export function declareServeOptions(command: Command): Command {
  return command
    .option(
      '--interface <name>',
      'answer there: name, IPv4 or MAC address; may be repeated (default: all but virtual ones)',
      collect,
    )
    .option('--address <address>', 'the same, by address', collect)
    .option('--dhcp-port <n>', 'other than 67: for tests, replies go to the port that asked', ownPort)
    .option('--boot-server-port <n>', 'other than 4011', ownPort)
    .option('--tftp-port <n>', 'other than 69', ownPort)
    .option('--http-port <n>', 'other than 80, or 443 with --tls-certificate', ownPort)
    .option('--operation-port <n>', 'serve /healthz and /metrics on 127.0.0.1 (default: off)', ownPort)
    .option('--for <duration>', 'end by itself after 60m, 1h30m ...')
    .option('--cache <MiB>', 'memory for files that are served (default: 256)', integer)
    .option('--threads <n>', 'threads that send by TFTP (default: up to 4, as there are cores)', integer)
    .option('--link-speed <Mbit/s>', 'of the line, or off to send as fast as possible (default: of the interface)')
    .option('--no-accelerator', 'send every TFTP packet by itself, also where Linux could take many at once')
    .option('--tls-certificate <file>', 'PEM with the certificate and its chain: serve HTTPS instead of HTTP')
    .option('--tls-key <file>', 'PEM with its private key')
    .option('--drain <duration>', 'time that running transfers get at the end (default: 30s)')
    .option('--log <file>', 'append JSON lines; - writes them to standard error')
    .option('--cmtrace <file>', 'append lines that CMTrace shows');
}

/** Options as the use cases take them. */
export function serveInput(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { log: _log, cmtrace: _cmtrace, ...others } = given(options);
  const { interface: names = [], address = [], linkSpeed, ...rest } = others;
  const interfaces = [...(names as string[]), ...(address as string[])];
  const speed = typeof linkSpeed === 'string' && linkSpeed !== 'off' ? integer(linkSpeed) : linkSpeed;
  return { ...rest, interfaces, ...(speed === undefined ? {} : { linkSpeed: speed }) };
}

interface ServeDefinition<Input> {
  readonly useCase: UseCase<Input, ServeReport>;
  readonly declare: (command: Command) => Command;
  readonly examples: AnyCommand['examples'];
}

/** The command of a use case that serves: its events are shown while it runs. */
export function defineServeCommand<Input>({ useCase, declare, examples }: ServeDefinition<Input>): AnyCommand {
  const command = defineCommand({
    useCase,
    declare: (declared) => declareServeOptions(declare(declared)),
    input: (_, options) => serveInput(options),
    examples,
    render: renderReport,
  });
  return {
    ...command,
    jsonLines: true,
    async run(words, services, context, ask, places) {
      const { openServeOutput } = await import('./serve-output.ts');
      const { systemHost } = await import('./serve-host.ts');
      const { json, verbose, log, cmtrace } = words.options as Readonly<Record<string, string | boolean | undefined>>;
      const output = openServeOutput(
        {
          json: json === true,
          verbose: verbose === true,
          ...(typeof log === 'string' ? { log } : {}),
          ...(typeof cmtrace === 'string' ? { cmtrace } : {}),
        },
        places,
      );
      const host = systemHost(places.stderr.isTTY === true, (event, machines) => output.told(event, machines));
      const stopReopening = host.onReload(() => output.reopen());
      try {
        return await command.run(words, { ...services, host }, context, ask, places);
      } finally {
        stopReopening();
        await output.close();
      }
    },
  };
}

function renderReport({ seconds, computers, booted, transfers, bytes, ended }: ServeReport): string {
  const amounts = `${counted(transfers, 'transfer')}, ${formatBytes(bytes)}`;
  const served = `${counted(computers, 'computer')} asked, ${booted} got a boot image; ${amounts}`;
  return `${ended === 'time' ? 'The time is over' : 'Stopped'} after ${formatDuration(seconds)}: ${served}`;
}
