/** What a change of a text file is, in the unified form that `diff -u`, git and patch read. */

const contextLines = 3;
/** Above this many edits the middle is shown as replaced as a whole: the search takes quadratic time. */
const mostEdits = 2000;

interface Line {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** The difference of two texts; undefined: there is no such file. Empty when they are equal. */
export function unifiedDiff(path: string, before: string | undefined, after: string | undefined): string {
  if (before === after) return '';
  const lines = editScript(linesOf(before ?? ''), linesOf(after ?? ''));
  const head = [
    `--- ${before === undefined ? '/dev/null' : `a/${path}`}`,
    `+++ ${after === undefined ? '/dev/null' : `b/${path}`}`,
  ];
  return [...head, ...hunksOf(lines)].join('\n');
}

/** Lines with their ends, so that a change of line ends or of the last one is seen. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function editScript(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++;
  }
  const same = (texts: readonly string[]): Line[] => texts.map((text) => ({ mark: ' ', text }));
  const old = before.slice(start, before.length - end);
  const made = after.slice(start, after.length - end);
  return [...same(before.slice(0, start)), ...middle(old, made), ...same(before.slice(before.length - end))];
}

/** E. Myers, An O(ND) Difference Algorithm (1986): the shortest list of removed and added lines. */
function middle(old: readonly string[], made: readonly string[]): Line[] {
  const offset = mostEdits + 1;
  const furthest = new Int32Array(2 * offset + 1);
  const rounds: Int32Array[] = [];
  for (let edits = 0; edits <= Math.min(old.length + made.length, mostEdits); edits++) {
    rounds.push(furthest.slice(offset - edits - 1, offset + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && furthest[offset + k - 1]! < furthest[offset + k + 1]!);
      let x = down ? furthest[offset + k + 1]! : furthest[offset + k - 1]! + 1;
      while (x < old.length && x - k < made.length && old[x] === made[x - k]) x++;
      furthest[offset + k] = x;
      if (x >= old.length && x - k >= made.length) return walkBack(old, made, rounds);
    }
  }
  return [...old.map((text): Line => ({ mark: '-', text })), ...made.map((text): Line => ({ mark: '+', text }))];
}

function walkBack(old: readonly string[], made: readonly string[], rounds: readonly Int32Array[]): Line[] {
  const lines: Line[] = [];
  let x = old.length;
  let y = made.length;
  const keep = (until: number): void => {
    while (x > until && y > 0 && old[x - 1] === made[y - 1]) {
      lines.push({ mark: ' ', text: old[--x] ?? '' });
      y--;
    }
  };
  for (let edits = rounds.length - 1; edits > 0; edits--) {
    const round = rounds[edits];
    const at = (k: number): number => round?.[k + edits + 1] ?? 0;
    const k = x - y;
    const down = k === -edits || (k !== edits && at(k - 1) < at(k + 1));
    const from = down ? at(k + 1) : at(k - 1);
    keep(down ? from : from + 1);
    if (down) lines.push({ mark: '+', text: made[--y] ?? '' });
    else lines.push({ mark: '-', text: old[--x] ?? '' });
  }
  keep(0);
  return lines.reverse();
}

function hunksOf(lines: readonly Line[]): string[] {
  const changed = lines.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
  const ranges: { start: number; end: number }[] = [];
  for (const index of changed) {
    const last = ranges.at(-1);
    const start = Math.max(0, index - contextLines);
    const end = Math.min(lines.length, index + contextLines + 1);
    if (last && start <= last.end) last.end = end;
    else ranges.push({ start, end });
  }
  let at = 0;
  const place = { old: 1, made: 1 };
  return ranges.flatMap(({ start, end }) => {
    for (; at < start; at++) count(place, lines[at]);
    const first = { ...place };
    for (; at < end; at++) count(place, lines[at]);
    const range = (from: number, to: number): string =>
      `${to === from ? from - 1 : from}${to - from === 1 ? '' : `,${to - from}`}`;
    const head = `@@ -${range(first.old, place.old)} +${range(first.made, place.made)} @@`;
    return [head, ...lines.slice(start, end).flatMap(shown)];
  });
}

function count(place: { old: number; made: number }, line: Line | undefined): void {
  if (line?.mark !== '+') place.old++;
  if (line?.mark !== '-') place.made++;
}

function shown({ mark, text }: Line): string[] {
  if (text.endsWith('\n')) return [mark + text.slice(0, -1)];
  return [mark + text, '\\ No newline at end of file'];
}
