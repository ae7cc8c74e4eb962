/** `pxe unit`: the systemd unit of `osdkit serve`: an ordinary user with one capability, and nothing else that root has. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { useCase } from '../use-case.ts';

export interface ShownUnit {
  readonly text: string;
}

export const pxeUnit = useCase({
  name: 'pxe unit',
  summary: 'print a systemd unit that runs osdkit serve with one capability',
  effect: 'read',
  input: z.strictObject({
    site: z.string().min(1).default('.'),
    user: z
      .string()
      .regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'a user name: lower-case letters, digits, _ and -')
      .default('osdkit'),
    words: z.array(z.string()).default([]),
    node: z.string().min(1),
    program: z.string().min(1),
  }),
  run: async ({ site, program, ...options }): Promise<ShownUnit> => ({
    text: systemdUnit({ ...options, site: resolve(site), program: resolve(program) }),
  }),
});

export interface UnitOptions {
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of osdkit's program. */
  readonly program: string;
  /** Absolute path of the site. */
  readonly site: string;
  readonly user: string;
  /** Words that follow `serve --site DIR`. */
  readonly words: readonly string[];
}

/**
 * The unit as text. Ports 67, 69, 80 and 4011 need CAP_NET_BIND_SERVICE alone; sockets that are bound to an interface need none
 * since Linux 5.7. There is no MemoryDenyWriteExecute: V8 compiles at run time.
 */
export function systemdUnit({ node, program, site, user, words }: UnitOptions): string {
  const command = [node, program, 'serve', '--site', site, ...words].map(quoted).join(' ');
  return `# Once, as root:
#   useradd --system --no-create-home ${user}
#   install -d -o ${user} -g ${user} ${quoted(`${site}/state`)}
# The user must be able to read the site; it writes nothing but this folder.
[Unit]
Description=osdkit network boot
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
User=${user}
ExecStart=${command}
ExecReload=/bin/kill -HUP $MAINPID
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
PrivateTmp=yes
PrivateDevices=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
LockPersonality=yes
SystemCallArchitectures=native
ReadWritePaths=${quoted(`${site}/state`)}
LimitNOFILE=65536
# The thread that answers DHCP goes before those that send files.
LimitNICE=-10
Restart=on-failure
# SIGTERM to the main process alone; running transfers get their time.
KillMode=mixed
TimeoutStopSec=60

[Install]
WantedBy=multi-user.target
`;
}

/** A word of a command line as systemd reads it: quotes, backslashes, `%` and `$` mean something there. */
function quoted(word: string): string {
  const safe = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^[\w@%+=:,./$-]+$/.test(safe) ? safe : `"${safe.replaceAll(/["\\]/g, '\\$&')}"`;
}
