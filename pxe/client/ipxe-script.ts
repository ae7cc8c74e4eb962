/**
 * As much of iPXE's script language as scripts for booting use: variables, labels, `goto`, `||` and `&&`, downloads. Pure: commands that need
 * the network are asked of the caller. Source: ipxe.org/scripting, ipxe.org/cmd.
 */
export interface IpxeHost {
  /** Downloads by `chain`, `kernel`, `initrd`, `imgfetch`; whether it worked. */
  load(url: string, command: string): Promise<boolean>;
  /** `prompt` and `sleep`: whether the key was pressed in time. */
  prompt(text: string): boolean;
  said(text: string): void;
}

export type ScriptEnd =
  /** Started what was loaded last. */
  | {
      readonly kind: 'boot';
      readonly url: string /** Boot file that the program is shown, where the script set one. */;
      readonly file?: string;
    }
  /** `sanboot` of a URL: a disk image. */
  | { readonly kind: 'disk'; readonly url: string }
  /** `exit`, or the last line. */
  | { readonly kind: 'exit' }
  | { readonly kind: 'failed'; readonly text: string };

const MOST_STEPS = 1000;

/** Runs a script. `variables` are the settings that iPXE knows by itself, such as `net0/mac`. Throws what the host throws. */
export async function runScript(
  text: string,
  variables: Readonly<Record<string, string>>,
  host: IpxeHost,
): Promise<ScriptEnd> {
  const lines = text.replaceAll('\\\n', ' ').split(/\r?\n/);
  if (!/^#!ipxe\s*$/.test(lines[0] ?? '')) return { kind: 'failed', text: 'the first line is not #!ipxe' };
  const run: Run = { known: { ...variables }, kernel: '' };
  for (let at = 1, steps = 0; at < lines.length; at++, steps++) {
    if (steps > MOST_STEPS) return { kind: 'failed', text: `more than ${MOST_STEPS} lines were run: a loop` };
    const result = await runLine(lines[at] ?? '', run, host);
    if (result === 'failed')
      return { kind: 'failed', text: `line ${at + 1} failed: ${(lines[at] ?? '').slice(0, 120)}` };
    if (result === 'done') continue;
    if (result.kind === 'boot') {
      const file = run.known['proxydhcp/filename'] ?? run.known['netX/filename'];
      return file === undefined ? result : { ...result, file };
    }
    if (result.kind !== 'goto') return result;
    at = lines.findIndex((other) => other.trim() === `:${result.label}`);
    if (at < 0) return { kind: 'failed', text: `no label :${result.label}` };
  }
  return { kind: 'exit' };
}

interface Run {
  readonly known: Record<string, string>;
  kernel: string;
}
type Ran = 'done' | 'failed' | ScriptEnd | { readonly kind: 'goto'; readonly label: string };

/** Left to right: after `||` a command runs when the one before failed, after `&&` when it worked. */
async function runLine(line: string, run: Run, host: IpxeHost): Promise<Ran> {
  const words = line.trim().split(/\s+/);
  if (words[0] === '' || words[0]?.startsWith('#') || words[0]?.startsWith(':')) return 'done';
  let result: Ran = 'done';
  let command: string[] = [];
  let join = '&&';
  for (const word of [...words, '&&']) {
    if (word !== '||' && word !== '&&') {
      command.push(word);
      continue;
    }
    const runs = join === '||' ? result === 'failed' : result !== 'failed';
    // `exit ||` has nothing behind: an empty command works.
    if (runs) result = command.length === 0 ? 'done' : await runCommand(command, run, host);
    if (typeof result === 'object') return result;
    command = [];
    join = word;
  }
  return result;
}

async function runCommand(words: readonly string[], run: Run, host: IpxeHost): Promise<Ran> {
  const [command = '', ...rest] = words.map((word) => expand(word, run.known));
  const named = (index: number): boolean => ['-n', '--name', '-t', '--timeout'].includes(rest[index] ?? '');
  const url = rest.find((word, index) => !word.startsWith('-') && !named(index - 1)) ?? '';
  const ended = (ok: boolean): Ran => (ok ? 'done' : 'failed');
  switch (command) {
    case 'set':
      run.known[rest[0] ?? ''] = rest.slice(1).join(' ');
      return 'done';
    case 'isset':
      return ended((rest[0] ?? '') !== '');
    case 'iseq':
      return ended(rest[0] === rest[1]);
    case 'echo':
      host.said(rest.join(' '));
      return 'done';
    case 'prompt':
      return ended(host.prompt(rest.join(' ')));
    case 'goto':
      return { kind: 'goto', label: rest[0] ?? '' };
    case 'exit':
      return { kind: 'exit' };
    case 'chain':
      return (await host.load(url, command)) ? { kind: 'boot', url } : 'failed';
    case 'sanboot':
      return (await host.load(url, command)) ? { kind: 'disk', url } : 'failed';
    case 'kernel':
      run.kernel = url;
      return ended(await host.load(url, command));
    case 'initrd':
    case 'imgfetch':
    case 'module':
      return ended(await host.load(url, command));
    case 'boot':
      if (url !== '' && !(await host.load(url, command))) return 'failed';
      return { kind: 'boot', url: url === '' ? run.kernel : url };
    default:
      // Settings of the screen, `dhcp` and the like change nothing of what is loaded.
      return 'done';
  }
}

/** `${name}` and `${name:format}`; the caller gives those that have a format by their whole name. */
function expand(word: string, known: Readonly<Record<string, string>>): string {
  return word.replaceAll(
    /\$\{([^}]*)\}/g,
    (_whole, name: string) => known[name] ?? known[name.split(':')[0] ?? ''] ?? '',
  );
}
