/** What is answered for a file: status, headers, and which bytes of it. Pure. */
import type { ServedFile } from '../content/index.ts';
import { type ConditionHeaders, entityTag, judgeConditions, rangeCounts } from './conditions.ts';
import { mediaType } from './media-type.ts';
import { askedPart } from './range.ts';

export interface ReplyHeaders extends ConditionHeaders {
  readonly range?: string | undefined;
}

export interface Reply {
  readonly status: 200 | 206 | 304 | 412 | 416;
  readonly headers: Readonly<Record<string, string | number>>;
  /** Bytes of the file for the body: from, and behind the last. Null: no body, whatever the method. */
  readonly body: { readonly start: number; readonly end: number } | null;
}

/**
 * The reply to GET or HEAD for one version of a file. The length is always given and nothing is sent in chunks, since
 * firmware reads neither. A range counts for GET alone (RFC 9110 section 14.2).
 */
export function replyFor(method: string, headers: ReplyHeaders, name: string, file: ServedFile): Reply {
  const { id, size } = file;
  const tag = entityTag(id);
  const about = { ETag: tag, 'Accept-Ranges': 'bytes' };
  const verdict = judgeConditions(headers, tag);
  if (verdict === 'failed') return { status: 412, headers: { ...about, 'Content-Length': 0 }, body: null };
  if (verdict === 'unchanged') return { status: 304, headers: about, body: null };
  const type = { 'Content-Type': mediaType(name) };
  const asked = askedPart(method === 'GET' && rangeCounts(headers, tag) ? headers.range : undefined, size);
  switch (asked.kind) {
    case 'none': {
      const none = { ...about, 'Content-Range': `bytes */${size}`, 'Content-Length': 0 };
      return { status: 416, headers: none, body: null };
    }
    case 'part': {
      const { start, end } = asked;
      const part = { 'Content-Range': `bytes ${start}-${end - 1}/${size}`, 'Content-Length': end - start };
      return { status: 206, headers: { ...about, ...type, ...part }, body: { start, end } };
    }
    default:
      return { status: 200, headers: { ...about, ...type, 'Content-Length': size }, body: { start: 0, end: size } };
  }
}
