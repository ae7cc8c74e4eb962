/** Random changes of an image and a model that says what must come of them; the same for the same seed. */
import type { WimChange } from '../../../images/wim/index.ts';
import { randomBelow } from '../../support/random-numbers.ts';
import { sha1Text, text } from './make-wim.ts';

const names = ['a', 'B', 'ü', '長い名前', 'Dir x', 'z.txt', '_', 'n'.repeat(60)];

/** What an image holds: by upper-case path, the path as spelled and the content, `null` for a folder. */
export class ImageModel {
  readonly #entries = new Map<string, { readonly path: string; readonly content: string | null }>();
  readonly #random: (below: number) => number;

  constructor(seed: number) {
    this.#random = randomBelow(seed);
  }

  /** Paths with the SHA-1 of each file, `null` for folders. */
  listing(): Record<string, string | null> {
    const entries = [...this.#entries.values()];
    return Object.fromEntries(entries.map(({ path, content }) => [path, content === null ? null : sha1Text(content)]));
  }

  /** Makes `count` changes to the model and returns them. */
  changes(count: number): WimChange[] {
    const made: WimChange[] = [];
    while (made.length < count) {
      const kind = this.#random(8);
      const change = kind < 2 ? this.#delete() : kind === 2 ? this.#rename() : this.#put();
      if (change) made.push(change);
    }
    return made;
  }

  #put(): WimChange | undefined {
    const segments = Array.from({ length: 1 + this.#random(4) }, () => this.#pick(names));
    const keys = segments.map((_, i) =>
      segments
        .slice(0, i + 1)
        .join('/')
        .toUpperCase(),
    );
    const existing = keys.map((key) => this.#entries.get(key));
    const last = existing.pop();
    if (existing.some((entry) => entry && entry.content !== null) || last?.content === null) return undefined;
    const content = this.#pick(['', 'shared', 'x'.repeat(40_000), `unique ${this.#random(1_000_000)}`]);
    let path = '';
    for (const [i, key] of keys.entries()) {
      const spelled = this.#entries.get(key)?.path ?? (path === '' ? segments[i] : `${path}/${segments[i]}`);
      path = spelled as string;
      this.#entries.set(key, { path, content: i === keys.length - 1 ? content : null });
    }
    const op = last ? this.#pick(['replace', 'put'] as const) : this.#pick(['add', 'put'] as const);
    return { op, path: this.#respelled(path, last !== undefined), content: text(content) };
  }

  #rename(): WimChange | undefined {
    const key = this.#pick([...this.#entries.keys()]);
    const entry = key === undefined ? undefined : this.#entries.get(key);
    const to = `new ${this.#random(3)}/moved ${this.#random(1000)}`;
    const folder = to.slice(0, 5);
    const there = this.#entries.get(folder.toUpperCase());
    const below = key === folder.toUpperCase();
    if (!entry || this.#entries.has(to.toUpperCase()) || there?.content === '' || below) return undefined;
    if (there && there.content !== null) return undefined;
    if (!there) this.#entries.set(folder.toUpperCase(), { path: folder, content: null });
    for (const [other, { path, content }] of this.#entries) {
      if (other !== key && !other.startsWith(`${key}/`)) continue;
      const moved = to + path.slice(entry.path.length);
      this.#entries.delete(other);
      this.#entries.set(moved.toUpperCase(), { path: moved, content });
    }
    return { op: 'rename', path: this.#respelled(entry.path, true), to };
  }

  #delete(): WimChange | undefined {
    const key = this.#pick([...this.#entries.keys()]);
    const entry = key === undefined ? undefined : this.#entries.get(key);
    if (!entry) return undefined;
    for (const other of this.#entries.keys()) {
      if (other === key || other.startsWith(`${key}/`)) this.#entries.delete(other);
    }
    return { op: 'delete', path: this.#respelled(entry.path, true) };
  }

  /** The same path in another spelling; in another case only where it exists, so that no new name gets that. */
  #respelled(path: string, exists: boolean): string {
    const separated = this.#random(2) === 0 ? path : path.replaceAll('/', '\\');
    return exists && this.#random(2) === 0 ? separated.toUpperCase() : separated;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random(from.length)] as T;
  }
}
