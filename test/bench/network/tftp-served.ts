/**
 * Our TFTP server alone, for `tftp*.ts`: `tftp-served.js OPTIONS FOLDER`, OPTIONS as JSON over the defaults, every
 * file of the folder under its name. Prints a line when it is ready; ends with its standard input.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../../../pxe/content/index.ts';
import type { TftpServerOptions } from '../../../pxe/tftp/index.ts';
import { openMeasuredTftp, servedFile } from './served.ts';

const [text = '{}', folder = '.'] = process.argv.slice(2);
const { cache, ...options } = JSON.parse(text) as Partial<TftpServerOptions> & { cache?: number };
const routes: Route[] = [];
for (const name of readdirSync(folder)) routes.push({ name, content: await servedFile(join(folder, name)) });
const server = await openMeasuredTftp(options, cache);
await server.publish({ version: 1, routes });
console.log('ready');
process.stdin.on('end', () => process.exit(0)).resume();
process.on('SIGUSR2', () => void server.counts().then((counts) => console.error(JSON.stringify(counts))));
