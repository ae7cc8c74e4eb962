/** What the stages of a boot ask of the network: a file by its name, with what became of it. */
import type { TftpOption } from '../tftp/index.ts';
import type { ReaderStyle } from './reading.ts';

export interface FetchedFile {
  readonly protocol: 'tftp' | 'http';
  readonly name: string;
  /** `size`: only that was wanted. */
  readonly outcome: 'complete' | 'size' | 'missing' | 'failed';
  /** Bytes that came, or the size. */
  readonly size: number;
  /** Milliseconds. */
  readonly time: number;
  /** Lower-case hex, of complete files alone. */
  readonly sha256: string | null;
  /** Why it failed; what the server said of a missing one. */
  readonly text: string;
  /** The content where it was asked for and is small. */
  readonly bytes: Uint8Array | null;
}

export interface TftpWish {
  readonly options: readonly TftpOption[];
  readonly style: ReaderStyle;
  readonly probe?: boolean;
  readonly keep?: boolean;
}

export interface Fetch {
  tftp(name: string, wish: TftpWish): Promise<FetchedFile>;
  http(
    url: string,
    wish: { readonly method: 'HEAD' | 'GET'; readonly userAgent: string; readonly keep?: boolean },
  ): Promise<FetchedFile>;
}

/** A place that is named relative to another; as it stands where that makes no URL, so that reading it says so. */
export function urlAt(place: string, base: string): string {
  return URL.canParse(place, base) ? new URL(place, base).href : place;
}
