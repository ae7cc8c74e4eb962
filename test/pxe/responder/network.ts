/** A boot server and computers that ask it, as hosts of a lab. */
import { fileURLToPath } from 'node:url';
import type { Child } from '../../support/child.ts';
import type { LabHost, PxeLab } from '../../support/pxe-lab.ts';
import { run } from '../../support/run.ts';
import type { AskedQuestion, SeenReply } from './ask-process.ts';
import type { ServeArguments } from './serve-process.ts';

const program = (name: string): [string, ...string[]] => [
  process.execPath,
  '--import',
  'tsx',
  fileURLToPath(new URL(name, import.meta.url)),
];

/** Starts a server; its output has a line of JSON for each thing that it tells. `as`: a command in front of it. */
export function serve(host: LabHost, given: ServeArguments, as: readonly string[] = []): Promise<Child> {
  return host.start([...as, ...program('serve-process.ts'), JSON.stringify(given)], /"serving"/);
}

/** Runs a command as nobody, with the one right that the systemd unit gives, or without any. */
export function asNobody(mayBind: boolean): string[] {
  const right = mayBind ? '+net_bind_service' : '-all';
  const rights = [`--inh-caps=${right}`, `--ambient-caps=${right}`, `--bounding-set=-all${mayBind ? `,${right}` : ''}`];
  return ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...rights];
}

/** What a server says that cannot start. */
export async function refused(
  host: LabHost,
  given: ServeArguments,
  as: readonly string[] = [],
): Promise<{ refused: string; message: string }> {
  const [node, ...args] = [...as, ...program('serve-process.ts'), JSON.stringify(given)];
  const { stdout } = await host.run(node, args, { allowFailure: true, timeout: 20_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { refused: string; message: string };
}

/** A host without an address on one network, which sends broadcasts there. */
export async function addClient(lab: PxeLab, name: string, lan: string): Promise<LabHost> {
  const host = await lab.addHost(name, [{ lan, address: '192.0.2.1/24' }]);
  await host.run('ip', ['addr', 'flush', 'dev', lan]);
  await host.run('ip', ['route', 'add', 'default', 'dev', lan]);
  return host;
}

/** Asks, and gives every reply that was heard within a second. */
export async function ask(host: LabHost, questions: readonly AskedQuestion[]): Promise<SeenReply[]> {
  const [node, ...args] = [...program('ask-process.ts'), JSON.stringify(questions)];
  const { stdout } = await host.run(node, args, { timeout: 20_000 });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SeenReply);
}

/** Everything of one kind that a server told. */
export function told<T>(server: Child, kind: 'note' | 'rival' | 'leased'): T[] {
  return server
    .output()
    .split('\n')
    .filter((line) => line.startsWith(`{"${kind}"`))
    .map((line) => (JSON.parse(line) as Record<string, T>)[kind] as T);
}

/** Waits until something holds. Throws after ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 10_000) throw new Error(`still not after ten seconds: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Lines of tshark about a recording: what is malformed or odd. Port 4011 is DHCP as well. */
export async function complaints(tshark: string, file: string): Promise<string[]> {
  const filter = 'dhcp and (_ws.malformed or _ws.expert.severity >= 6291456)';
  const args = ['-n', '-r', file, '-d', 'udp.port==4011,dhcp', '-Y', filter];
  const { stdout } = await run(tshark, args);
  return stdout.split('\n').filter((line) => line !== '');
}
