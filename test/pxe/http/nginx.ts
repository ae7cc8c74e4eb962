/** nginx over one folder, at a free port of 127.0.0.1, in the foreground and without root's places. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export interface RunningNginx {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/**
 * Writes a configuration for `folder` at a free port, and gives the command line. `work` is an empty folder for nginx's own
 * files. One worker: our server has one thread.
 */
export async function nginxCommand(
  path: string,
  folder: string,
  work: string,
  { sendfile = true }: { sendfile?: boolean } = {},
): Promise<{ readonly port: number; readonly command: readonly string[] }> {
  const port = await freePort();
  mkdirSync(work, { recursive: true });
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(work, name)};`,
  );
  const config = `daemon off; worker_processes 1; pid ${join(work, 'pid')}; error_log ${join(work, 'error.log')};
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 4096; }
http {
  access_log off; ${places.join(' ')}
  sendfile ${sendfile ? 'on' : 'off'}; tcp_nopush on; keepalive_requests 100000;
  ${sendfile ? '' : 'output_buffers 2 1m;'}
  server { listen 127.0.0.1:${port} backlog=1024; root ${folder}; default_type application/octet-stream; }
}`;
  const file = join(work, 'nginx.conf');
  writeFileSync(file, config);
  return { port, command: [path, '-p', work, '-c', file, '-e', join(work, 'error.log')] };
}

/** Whether a server answers there. */
export async function answers(port: number): Promise<boolean> {
  return await fetch(`http://127.0.0.1:${port}`, { method: 'HEAD' }).then(
    () => true,
    () => false,
  );
}

/** Starts it; it ends with `stop`. */
export async function startNginx(path: string, folder: string, work: string): Promise<RunningNginx> {
  const {
    port,
    command: [program = path, ...words],
  } = await nginxCommand(path, folder, work);
  const child = spawn(program, words, { stdio: 'ignore' });
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 200 || child.exitCode !== null) throw new Error(`nginx does not start: see ${work}/error.log`);
    await wait(20);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
