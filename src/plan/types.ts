/** What goes into a plan, and what comes out: data, the same for text, JSON and HTML. */
import type { ErrorCode } from '../core/index.ts';
import type { ObjectKind, Site, SiteObject } from '../model/index.ts';
import type { GivenVariable, MachineFacts, Verdict } from '../sequence/index.ts';

/** How the run starts: from the client of the running Windows (Software Center), or in Windows PE. */
export const PLAN_MEDIA = ['client', 'pxe', 'bootable', 'stand-alone', 'prestaged'] as const;
export type PlanMedium = (typeof PLAN_MEDIA)[number];

export interface PlanInput {
  readonly site: Site;
  readonly sequence: SiteObject<'taskSequence'>;
  readonly facts: MachineFacts;
  /** Undefined: what fits sequence and device. */
  readonly medium?: PlanMedium;
  /** On the medium. */
  readonly mediumVariables?: readonly GivenVariable[];
  /** For this run alone, stronger than all others. */
  readonly given?: readonly GivenVariable[];
  /** Whether the content library holds these bytes; undefined: nobody looked. */
  readonly inLibrary?: (sha256: string) => boolean;
}

/** Least and most. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export interface PlanFinding {
  readonly code: ErrorCode;
  /** `error`: the run would fail; `warning`: it may; `note`: worth knowing. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Place of the step, counted from 1: `2.1.3`; null: of the whole run. */
  readonly place: string | null;
  /** Name of the step. */
  readonly step: string | null;
  readonly message: string;
  readonly hint: string | null;
}

/** A condition with its value; operators have parts. */
export interface PlannedCondition {
  readonly verdict: Verdict;
  readonly text: string;
  readonly why: string;
  readonly parts: readonly PlannedCondition[];
}

/** A variable with its value as it may be shown, and who gave it (VAR-21). */
export interface PlannedVariable {
  readonly name: string;
  readonly value: string;
  readonly hidden: boolean;
  readonly from: string;
  /** Weaker givers, the strongest first. */
  readonly over: readonly string[];
}

export type Environment = 'WinPE' | 'FullOS' | 'unknown';

export interface PlannedItem {
  readonly place: string;
  /** Groups that it is in. */
  readonly depth: number;
  readonly kind: 'group' | 'step';
  readonly name: string;
  /** Name of the type in the console; null for groups. */
  readonly type: string | null;
  readonly decision: 'runs' | 'may run' | 'skipped';
  /** Why it does not surely run; empty for what does. */
  readonly why: string;
  /** Where the run is when it gets here; null where it does not. */
  readonly environment: Environment | null;
  /** Null: it has none, or is not reached. */
  readonly condition: PlannedCondition | null;
  readonly continueOnError: boolean;
  /** It would surely fail. */
  readonly fails: boolean;
  /** `%NAME%` in its texts and variables that stand in for its properties. */
  readonly uses: readonly PlannedVariable[];
  /** What it sets for what follows. */
  readonly sets: readonly PlannedVariable[];
  /** Ids or names of the content that it takes. */
  readonly content: readonly string[];
  /** Where a restart leads; null: it makes none. */
  readonly restart: 'Windows PE' | 'the installed Windows' | 'shut down' | null;
  /** Seconds, content included; null where it does not run. */
  readonly seconds: Range | null;
  /** Codes of its findings. */
  readonly findings: readonly ErrorCode[];
}

export type ContentSource = 'local' | 'remote' | 'medium' | 'disk' | 'none' | 'unknown';

export interface PlannedContent {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly name: string;
  /** Null: the site does not say. */
  readonly bytes: number | null;
  readonly decision: 'fetched' | 'may be fetched' | 'not fetched';
  /** Of pre-cache (CACHE-09): by label for upgrade packages, all others whole. */
  readonly preCache: Verdict;
  readonly from: ContentSource;
  /** Distribution points it would come from, in order of their names. */
  readonly points: readonly string[];
  /** Places of the steps that take it; `start` for the boot image. */
  readonly usedBy: readonly string[];
}

/** CACHE-02, CACHE-10, MEDIA-09: bytes of the lists; content without size counts nothing and is counted in `unknownSizes`. */
export interface ContentSums {
  /** What the steps take that run. */
  readonly run: Range;
  /** Of it, what comes over the network. */
  readonly network: Range;
  /** Everything that enabled steps refer to: what is downloaded at Install without pre-cache. */
  readonly all: number;
  /** What pre-cache downloads. */
  readonly preCache: Range;
  readonly unknownSizes: number;
}

export interface PlannedDeployment {
  readonly id: string;
  readonly name: string;
  readonly collection: string;
  readonly purpose: 'available' | 'required';
  readonly availableTo: string;
  readonly priority: number;
  /** It is offered to this device by the planned way of starting. */
  readonly offered: boolean;
  readonly why: string;
  /** Why it is high risk (DEP-08); null: it is not. */
  readonly highRisk: string | null;
  readonly notes: readonly string[];
}

/** MON-04. */
export interface PlannedMethod {
  readonly method: 'PXE' | 'Software Center' | 'multicast' | 'bootable media' | 'stand-alone media' | 'prestaged media';
  readonly starts: Verdict;
  /** Why not, or what is not known. */
  readonly why: readonly string[];
  /** The first step that would fail when started so; null: none. */
  readonly failsAt: string | null;
}

export interface Plan {
  readonly sequence: {
    readonly id: string;
    readonly name: string;
    readonly enabled: boolean;
    /** HI-02: marked, or the step that makes it so; null: it is not. */
    readonly highImpact: string | null;
  };
  readonly device: {
    readonly name: string;
    /** Who it is for the site and how that is known. */
    readonly identity: string;
    readonly collections: readonly string[];
    readonly summary: readonly (readonly [string, string])[];
  };
  readonly start: {
    readonly medium: PlanMedium;
    readonly why: string;
    readonly environment: Environment;
    readonly bootImage: string | null;
  };
  readonly result: {
    readonly verdict: 'would succeed' | 'may fail' | 'would fail';
    /** The first step that would fail; null: none, or the start itself. */
    readonly failsAt: string | null;
    readonly errors: number;
    readonly warnings: number;
  };
  readonly deployments: readonly PlannedDeployment[];
  readonly findings: readonly PlanFinding[];
  readonly items: readonly PlannedItem[];
  /** Conditions reached whose verdict is not known. */
  readonly unknownConditions: number;
  readonly variables: readonly PlannedVariable[];
  readonly content: readonly PlannedContent[];
  readonly sums: ContentSums;
  readonly restarts: Range;
  /** Our own estimate, from the table of rates. */
  readonly seconds: Range;
  /** What Software Center shows; nothing depends on it (HI-15). */
  readonly softwareCenter: { readonly downloadMegabytes: number | null; readonly minutes: number | null };
  readonly methods: readonly PlannedMethod[];
}
