/**
 * A process that writes to the state as fast as it can, until it is killed: `state-writer PATH NAME`. It prints a line for each thing
 * that was confirmed, so that the test knows what must be there. Bundled by state-kill.test.ts.
 */
import { writeSync } from 'node:fs';
import { argv } from 'node:process';
import { openBootState } from '../../../src/store/index.ts';

const [path = '', name = ''] = argv.slice(2);
const say = (line: string): number => writeSync(1, `${line}\n`);

try {
  const store = await openBootState(path);
  say('open');
  const who = { mac: null, guid: null };
  for (let n = 0; ; n++) {
    const subject = `device/${name}-${n}`;
    const client = `${name}-${n}`;
    const at = n;
    await store.offer(
      { ...who, subject, client, deployment: 'ABC20001', bootImage: 'I', version: 'v', required: true, at },
      true,
    );
    store.seen({
      ...who,
      client,
      architecture: 'a',
      firmware: 'f',
      identity: 'i',
      code: 'c',
      text: 't',
      deployment: null,
      at,
    });
    await store.deliver(client, 'v', at);
    say(`delivered ${subject}`);
    if ((await store.deliver(client, 'v', at)) !== null) say(`doubled ${subject}`);
    if (n % 3 === 0) {
      await store.clear({ subjects: [subject], macs: [], guids: [] });
      say(`cleared ${subject}`);
    }
    if (n % 5 === 0) {
      await store.approve({ ...who, subject, by: 'test', at });
      say(`approved ${subject}`);
    }
    if (n % 20 === 0) await store.flush();
  }
} catch (error) {
  say(`failed ${JSON.stringify(error)}`);
}
