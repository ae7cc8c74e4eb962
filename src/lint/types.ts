/** What a rule of lint is, and what it is asked with. */
import type { ErrorCode, Problem } from '../core/index.ts';
import type { NodePath, SequenceItem, Site, SiteObject, Step } from '../model/index.ts';

export type SequenceObject = SiteObject<'taskSequence'>;

export type Environment = 'WinPE' | 'FullOS';

/** What surely holds when an item is reached in one environment. */
export interface World {
  /** Variables with a value that every way to here has given them, by key. Others are not known. */
  readonly values: ReadonlyMap<string, string>;
  /** Marks of steps that every way to here has run. */
  readonly done: ReadonlySet<string>;
}

/** By environment in which an item may be reached; none: it is not reached. */
export type Worlds = ReadonlyMap<Environment, World>;

/** A group or step of the whole run: child sequences stand inside the steps that run them. */
export interface Node<I extends SequenceItem = SequenceItem> {
  readonly item: I;
  /** The sequence whose file it is in, and where there. */
  readonly sequence: SequenceObject;
  readonly path: NodePath;
  /** It and all around it are enabled. */
  readonly enabled: boolean;
  /** From the outermost: groups and steps that run child sequences. */
  readonly above: readonly Node[];
  /** Members of a group or of a child sequence. */
  readonly inside: readonly Node[];
}

/** Where the run may be at each enabled item. */
export interface Reach {
  readonly reached: Worlds;
  /** Those in which its condition may hold. */
  readonly runs: Worlds;
  /** What made that nothing follows, where it is not reached. */
  readonly endedBy: Node | undefined;
}

/** Everything that a rule may ask about one sequence. */
export interface Run {
  readonly site: Site;
  readonly sequence: SequenceObject;
  /** Top items. */
  readonly top: readonly Node[];
  /** All items in order, disabled ones included. */
  readonly nodes: readonly Node[];
  /** The enabled steps in order. */
  readonly steps: readonly Node<Step>[];
  readonly reach: (node: Node) => Reach;
  readonly deployments: readonly SiteObject<'deployment'>[];
  /** Sequences that run this one. */
  readonly parents: readonly SequenceObject[];
}

export interface LintFinding {
  readonly object: SiteObject;
  readonly path: NodePath;
  readonly severity: Problem['severity'];
  readonly message: string;
  readonly hint?: string;
}

/** One rule. Title and remedy are those of its code. */
export interface LintRule {
  readonly code: ErrorCode;
  /** What happens to who does not heed it; one sentence. */
  readonly why: string;
  readonly check: (run: Run) => readonly LintFinding[];
}
