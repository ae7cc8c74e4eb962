/** Which requests are one transfer for those who watch. */
import { expect, test } from 'vitest';
import type { UsedEvent } from '../../../pxe/content/index.ts';
// A pure part of the server, which is no part of its public face.
import { openStories, type StoryOf } from '../../../pxe/http/stories.ts';
import { memoryFile, someBytes } from '../content/served.ts';

const file = memoryFile(someBytes(1000), 'imageFile');
const about = (client: string): StoryOf => ({
  route: { name: 'b/1/*/boot.iso', client, folder: `b/1/${client}/`, content: file },
  file,
  address: '10.0.0.1',
});
const delivered = { outcome: 'delivered', complete: false, detail: '' } as const;

function told() {
  const events: UsedEvent[] = [];
  let time = 0;
  const stories = openStories(
    (event) => events.push(event),
    () => time,
  );
  const part = (client: string, bytes: number) =>
    stories.begin(about(client), { inParts: true, bytes: () => bytes, detail: 'bytes' });
  const kinds = () => events.map(({ kind, transfer, bytes }) => `${kind} ${transfer}: ${bytes}`);
  return { events, stories, part, kinds, pass: (ms: number) => (time += ms) };
}

test('parts of one client and file are one transfer, until it asks for nothing more', () => {
  const { events, stories, part, kinds, pass } = told();
  part('a', 10).end(delivered, false);
  const other = part('b', 5);
  pass(4000);
  part('a', 20).end(delivered, false);
  pass(5000);
  stories.sweep();
  expect(kinds()).toEqual(['started 1: 0', 'started 2: 0', 'progress 2: 5']);
  pass(1);
  stories.sweep();
  expect(kinds().slice(3)).toEqual(['finished 1: 30', 'progress 2: 5']);
  expect(events[3]).toMatchObject({ outcome: 'delivered', complete: false, client: 'a', seconds: 9.001 });
  other.end({ ...delivered, complete: true }, false);
  expect(kinds().at(-1)).toBe('finished 2: 5');
});

test('it ends at once with all of the file, with its last part, and with a part that failed', () => {
  const { part, kinds } = told();
  part('a', 1).end({ ...delivered, complete: true }, false);
  part('a', 2).end(delivered, true);
  part('a', 3).end({ outcome: 'aborted', complete: false, detail: '' }, false);
  expect(kinds().join(', ')).toBe(
    'started 1: 0, finished 1: 1, started 2: 0, finished 2: 2, started 3: 0, finished 3: 3',
  );
});

test('parts at the same time are one transfer, which ends with the last of them; whole files are each their own', () => {
  const { events, stories, part, kinds } = told();
  const [first, second] = [part('a', 1), part('a', 2)];
  first.end({ ...delivered, complete: true }, false);
  second.end({ ...delivered, complete: false }, true);
  expect(events.at(-1)).toMatchObject({ kind: 'finished', complete: true });
  const whole = { inParts: false, bytes: () => 1000, detail: 'whole' };
  stories.begin(about('a'), whole).end({ ...delivered, complete: true }, true);
  part('a', 4).end(delivered, false);
  stories.close();
  expect(kinds().filter((kind) => kind.startsWith('finished'))).toEqual([
    'finished 1: 3',
    'finished 2: 1000',
    'finished 3: 4',
  ]);
});
