/**
 * What events tell as one transfer: a request for a whole file, or the parts of a file that a client asks for one after the
 * other. iPXE reads a disc over HTTP in thousands of parts: an event for each would drown everything else.
 */
import type { FoundRoute, ServedFile, ServedOutcome, UsedEvent } from '../content/index.ts';

/** Milliseconds without a request after which a client has got the parts that it wanted. */
const NEXT_PART = 5_000;
/** Transfers in parts at once: behind that the one that began first and rests is over. */
const MOST_IN_PARTS = 4_096;

/** Who gets what. */
export interface StoryOf {
  readonly route: FoundRoute;
  readonly file: ServedFile;
  readonly address: string;
}

export interface StoryEnd {
  readonly outcome: ServedOutcome;
  readonly complete: boolean;
  readonly detail: string;
}

/** One request's part in a story. */
export interface Chapter {
  /** The request ended; `last`: nothing is expected behind it. */
  end(end: StoryEnd, last: boolean): void;
}

interface Story {
  readonly transfer: number;
  readonly about: StoryOf;
  readonly begun: number;
  /** Bytes of each request that runs. */
  readonly running: Set<() => number>;
  /** Bytes of those that ended. */
  bytes: number;
  restsSince: number;
  latest: StoryEnd | null;
}

export interface Stories {
  /** A request begins; `bytes` says how many it has sent so far. Parts join the story of the same client and file. */
  begin(
    about: StoryOf,
    request: { readonly inParts: boolean; readonly bytes: () => number; readonly detail: string },
  ): Chapter;
  /** Once a second: progress, and the ends of stories whose client asks for nothing more. */
  sweep(): void;
  /** Ends all that wait for a next part. */
  close(): void;
}

/** `now` in milliseconds of any clock. */
export function openStories(used: (event: UsedEvent) => void, now: () => number): Stories {
  let number = 0;
  const open = new Map<number, Story>();
  const inParts = new Map<string, Story>();
  const keyOf = ({ route, file, address }: StoryOf): string => `${route.client ?? address} ${file.id}`;

  const tell = (story: Story, kind: UsedEvent['kind'], end: Partial<StoryEnd>): void => {
    const { route, file, address } = story.about;
    let bytes = story.bytes;
    for (const more of story.running) bytes += more();
    used({
      kind,
      protocol: 'http',
      transfer: story.transfer,
      client: route.client,
      route: route.name,
      fileClass: file.fileClass,
      address,
      bytes,
      size: file.size,
      seconds: (now() - story.begun) / 1000,
      outcome: end.outcome ?? null,
      complete: end.complete ?? false,
      detail: end.detail ?? '',
    });
  };
  const finish = (story: Story, end: StoryEnd): void => {
    open.delete(story.transfer);
    const key = keyOf(story.about);
    if (inParts.get(key) === story) inParts.delete(key);
    tell(story, 'finished', end);
  };

  const makeRoom = (): void => {
    for (const story of inParts.values()) {
      if (story.running.size === 0 && story.latest !== null) return finish(story, story.latest);
    }
  };

  return {
    begin(about, { inParts: part, bytes, detail }) {
      const key = keyOf(about);
      let story = part ? inParts.get(key) : undefined;
      if (story === undefined) {
        const at = now();
        story = { transfer: ++number, about, begun: at, running: new Set(), bytes: 0, restsSince: at, latest: null };
        open.set(story.transfer, story);
        if (part && inParts.size >= MOST_IN_PARTS) makeRoom();
        if (part) inParts.set(key, story);
        tell(story, 'started', { detail });
      }
      const joined = story;
      joined.running.add(bytes);
      return {
        end(ended, last) {
          joined.running.delete(bytes);
          joined.bytes += bytes();
          joined.restsSince = now();
          // Said once by one of several parts at the same time, and the last of them tells it.
          const end = { ...ended, complete: ended.complete || joined.latest?.complete === true };
          joined.latest = end;
          const over = !part || last || end.complete || end.outcome !== 'delivered';
          if (over && open.has(joined.transfer) && joined.running.size === 0) finish(joined, end);
        },
      };
    },
    sweep() {
      const at = now();
      for (const story of open.values()) {
        if (story.running.size > 0) tell(story, 'progress', {});
        else if (story.latest !== null && at - story.restsSince > NEXT_PART) finish(story, story.latest);
      }
    },
    close() {
      for (const story of open.values()) {
        if (story.running.size === 0 && story.latest !== null) finish(story, story.latest);
      }
    },
  };
}
