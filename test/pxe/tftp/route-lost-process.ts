/**
 * A server, and a client whose way goes when it has heard one packet; prints the end of its transfer. For route-lost.tools.ts, in a
 * network of its own.
 */
import { execFileSync } from 'node:child_process';
import { stdout } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { openClient, requestOf } from './asking.ts';
import { fileOf, inMemory, serve } from './served.ts';

const ip = (...words: string[]): Buffer => execFileSync('ip', words);
ip('link', 'set', 'lo', 'up');
ip('addr', 'add', '10.9.9.1/32', 'dev', 'lo');
ip('addr', 'add', '10.9.9.9/32', 'dev', 'lo');
const served = await serve({ image: inMemory(fileOf(10_000)) }, { address: '10.9.9.1' });
const client = await openClient('10.9.9.9');
const heard = new Promise<void>((resolve) => void client.once('message', () => resolve()));
client.send(requestOf('image', { tsize: 0 }), served.port, '10.9.9.1');
await heard;
ip('addr', 'del', '10.9.9.9/32', 'dev', 'lo');
const ends = () => served.uses.filter(({ kind }) => kind === 'finished');
while (ends().length === 0) await wait(50);
stdout.write(JSON.stringify(ends()));
client.close();
await served.close();
