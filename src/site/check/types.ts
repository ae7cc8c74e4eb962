import type { ErrorCode, Problem } from '../../core/index.ts';
import type { NodePath, SiteObject } from '../../model/index.ts';
import type { SiteIndex } from '../site-index.ts';

export interface Finding {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
  /** Default: error. */
  readonly severity?: Problem['severity'];
  /** The place is the key at the end of the path. */
  readonly atKey?: boolean;
}

export interface CheckContext {
  readonly site: SiteIndex;
  /** A finding in an object's file, or with `settings` in `site.yaml`. */
  readonly report: (object: SiteObject | 'settings', path: NodePath, finding: Finding) => void;
}

/** One rule about the whole site. */
export type Check = (context: CheckContext) => void;
