/** Reading the allocation table: a page of it at a time, chains as runs of clusters, each cluster used once. */
import { FormatError } from '../../src/core/index.ts';
import { viewOf, type ByteSource } from '../bytes/index.ts';
import type { ClusterRun } from './allocation-table.ts';
import type { FatShape } from './check.ts';
import { fatCode } from './codes.ts';

/** Entries of a page: 1 MiB of FAT32; even, so that FAT12 pages begin on a byte. */
const PAGE_ENTRIES = 262_144;
/** Pages kept: 8 MiB of FAT32, 2 million clusters. */
const PAGES_KEPT = 8;

interface Page {
  readonly start: number;
  readonly end: number;
  entry(cluster: number): number;
}

export class ChainReader {
  readonly #source: ByteSource;
  readonly #shape: FatShape;
  readonly #pages = new Map<number, Page>();
  /** One bit a cluster: already part of a chain. */
  #used = new Uint8Array();

  constructor(source: ByteSource, shape: FatShape) {
    this.#source = source;
    this.#shape = shape;
    this.forget();
  }

  /** Forgets which clusters were used, before the tree is read anew. */
  forget(): void {
    this.#used = new Uint8Array(Math.ceil((this.#shape.clusterCount + 2) / 8));
  }

  /**
   * The chain from `first` as runs of clusters in a row. `owner` is for messages. Throws FormatError (`FAT_CHAIN`) when it
   * leaves the volume, meets a free, bad or already used cluster, or has more than `limit` clusters.
   */
  async chain(first: number, owner: string, limit = Number.MAX_SAFE_INTEGER): Promise<ClusterRun[]> {
    const { clusterCount, type } = this.#shape;
    // fff8 and above end a chain, fff7 is a bad cluster (FAT12: ff8, ff7; FAT32: 28 bits).
    const ends = type === 12 ? 0xff8 : type === 16 ? 0xfff8 : 0x0fff_fff8;
    const runs: { first: number; count: number }[] = [];
    let cluster = first;
    let run: { first: number; count: number } | undefined;
    let length = 0;
    for (;;) {
      if (cluster < 2 || cluster >= clusterCount + 2) {
        throw broken(
          owner,
          cluster,
          cluster === ends - 1 ? 'is marked bad' : cluster === 0 ? 'is free' : 'is outside the volume',
        );
      }
      const page = this.#pages.get(Math.floor(cluster / PAGE_ENTRIES)) ?? (await this.#load(cluster));
      for (;;) {
        this.#use(cluster, owner);
        if (++length > limit) throw broken(owner, cluster, `makes it longer than ${limit} clusters`);
        if (run !== undefined && run.first + run.count === cluster) run.count++;
        else runs.push((run = { first: cluster, count: 1 }));
        const next = page.entry(cluster);
        if (next >= ends) return runs;
        cluster = next;
        if (cluster < 2 || cluster < page.start || cluster >= page.end) break;
      }
    }
  }

  /** How many clusters are free. */
  async freeClusters(): Promise<number> {
    const total = this.#shape.clusterCount + 2;
    let free = 0;
    for (let start = 0; start < total; start += PAGE_ENTRIES) {
      const page = await this.#load(start);
      for (let cluster = Math.max(2, page.start); cluster < page.end; cluster++) if (page.entry(cluster) === 0) free++;
    }
    return free;
  }

  /** A raw entry, for the flags in FAT[1]. */
  async entry(cluster: number): Promise<number> {
    return (await this.#load(cluster)).entry(cluster);
  }

  #use(cluster: number, owner: string): void {
    const at = cluster >> 3;
    const bit = 1 << (cluster & 7);
    const byte = this.#used[at] as number;
    if ((byte & bit) !== 0)
      throw broken(owner, cluster, 'is part of a chain already: the chain loops or crosses another');
    this.#used[at] = byte | bit;
  }

  async #load(cluster: number): Promise<Page> {
    const { type, clusterCount, fatOffset } = this.#shape;
    const number = Math.floor(cluster / PAGE_ENTRIES);
    const kept = this.#pages.get(number);
    if (kept) return kept;
    const start = number * PAGE_ENTRIES;
    const end = Math.min(clusterCount + 2, start + PAGE_ENTRIES);
    const length = Math.ceil(((end - start) * type) / 8);
    const view = viewOf(await this.#source.read(fatOffset + (start * type) / 8, length));
    const page = { start, end, entry: entryReader(view, type, start) };
    if (this.#pages.size >= PAGES_KEPT) this.#pages.delete(this.#pages.keys().next().value as number);
    this.#pages.set(number, page);
    return page;
  }
}

function entryReader(view: DataView, type: FatShape['type'], start: number): (cluster: number) => number {
  if (type === 32) return (cluster) => view.getUint32((cluster - start) * 4, true) & 0x0fff_ffff; // the top 4 bits are reserved
  if (type === 16) return (cluster) => view.getUint16((cluster - start) * 2, true);
  return (cluster) => {
    const at = Math.floor((cluster - start) * 1.5);
    const low = view.getUint8(at);
    const high = view.getUint8(at + 1);
    return cluster % 2 === 0 ? low | ((high & 0x0f) << 8) : (low >> 4) | (high << 4);
  };
}

function broken(owner: string, cluster: number, why: string): FormatError {
  return new FormatError(fatCode.FAT_CHAIN, `FAT chain of ${owner}: cluster ${cluster} ${why}`, {
    details: { format: 'FAT', structure: 'allocation table', path: owner, cluster },
    hint: 'The volume is damaged: check a copy with fsck.fat or chkdsk.',
  });
}
