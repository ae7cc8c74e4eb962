/** What goes into a policy, and what comes out. */
import type { Problem, Secret } from '../core/index.ts';
import type { Deployment, SealedText, SequenceItem, Variable } from '../model/index.ts';
import type { MachineFacts, VariableOrigin } from '../sequence/index.ts';
import type { Identity } from '../site/index.ts';

/** How the computer that asks was started. */
export type PolicyMedium =
  /** The client of a running Windows; with `user` what is deployed to that user, too. */
  | { readonly kind: 'client'; readonly user?: string }
  /** Network boot; `unknownComputers` is the setting of the point that answered. */
  | { readonly kind: 'pxe'; readonly unknownComputers: boolean; readonly variables?: readonly Variable[] }
  | {
      readonly kind: 'bootable' | 'prestaged';
      /** Label or media id, for origins. */
      readonly name: string;
      readonly variables: readonly Variable[];
      readonly unattended: boolean;
      readonly unknownComputers: boolean;
    }
  /** The one sequence and the variables on it are all there is (VAR-20). */
  | {
      readonly kind: 'stand-alone';
      readonly name: string;
      readonly variables: readonly Variable[];
      /** Name or id. */
      readonly sequence: string;
    };

export interface PolicyTime {
  /** UTC, milliseconds since 1970. */
  readonly now: number;
  /** Minutes that the clock of the computer is ahead of UTC: dates without Z are its local time (DEP-33). */
  readonly zoneOffset: number;
}

/** The last run of a deployment on this computer. */
export interface LastRun {
  readonly succeeded: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * How secrets get to the asker and to nobody else. `open` opens a `!secret` of the site (`place` is for messages), `seal` seals to
 * `recipient`, the X25519 public key of the asker.
 */
export interface SecretPort {
  readonly recipient: Uint8Array;
  readonly open: (secret: SealedText, place: string) => Secret;
  readonly seal: (secret: Secret, recipient: Uint8Array) => string;
}

export interface PolicyRequest {
  readonly facts: MachineFacts;
  readonly medium: PolicyMedium;
  readonly time: PolicyTime;
  /** By deployment id. */
  readonly lastRuns?: Readonly<Record<string, LastRun>>;
  /** Ids of required deployments that PXE offered to this computer since they were last cleared (configmgr-formats 7.3). */
  readonly offeredByPxe?: readonly string[];
  /** Without it the policy holds no secret at all. */
  readonly secrets?: SecretPort;
}

/** One rule that was asked of a deployment. */
export interface Reason {
  readonly rule: string;
  readonly holds: boolean;
  readonly text: string;
}

export interface JudgedDeployment {
  readonly id: string;
  readonly name: string;
  readonly sequence: { readonly id: string; readonly name: string };
  readonly collection: { readonly id: string; readonly name: string };
  readonly purpose: Deployment['purpose'];
  readonly availableTo: NonNullable<Deployment['availableTo']>;
  readonly priority: number;
  readonly offered: boolean;
  readonly runs: 'now' | 'later' | 'by the user' | 'not';
  /** Milliseconds since 1970; undefined: none, or Windows PE. */
  readonly nextRun: number | undefined;
  /** From when content is downloaded before the run (DEP-34, DEP-39, CACHE-08). */
  readonly downloadFrom: number | undefined;
  readonly contentOption: 'whenNeeded' | 'allFirst' | 'fromPoint' | 'onMedium';
  readonly showProgress: boolean;
  /** Why it is high risk; undefined: it is not (DEP-08). */
  readonly highRisk: string | undefined;
  readonly reasons: readonly Reason[];
}

/** What happens now (configmgr-formats 7.2). */
export type Choice =
  | { readonly kind: 'run'; readonly deployment: string; readonly text: string }
  | { readonly kind: 'list'; readonly deployments: readonly string[] }
  | { readonly kind: 'nothing'; readonly text: string }
  /** Something is wrong, and no other deployment may run in its place. */
  | { readonly kind: 'stop'; readonly text: string };

export interface PolicySequence {
  readonly id: string;
  readonly name: string;
  readonly bootImage: string | undefined;
  readonly steps: readonly SequenceItem[];
}

export interface PolicyVariable {
  readonly name: string;
  /** Undefined: a secret that the asker does not get. */
  readonly value: string | SealedText | undefined;
  readonly hidden: boolean;
  readonly origin: VariableOrigin;
  readonly overridden: readonly VariableOrigin[];
}

export interface PolicyContent {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly files: readonly { readonly sha256: string; readonly size: number }[];
  readonly points: readonly { readonly name: string; readonly url: string | undefined }[];
  /** Ids of the sequences that use it. */
  readonly for: readonly string[];
}

export interface PolicyUpdates {
  readonly id: string;
  readonly name: string;
  readonly articles: readonly string[];
}

export interface Policy {
  readonly site: { readonly code: string; readonly name: string };
  readonly start: PolicyMedium['kind'];
  readonly identity: Identity;
  /** All deployments of the site that concern this computer or its way of starting, the strongest first. */
  readonly deployments: readonly JudgedDeployment[];
  readonly choice: Choice;
  readonly sequences: readonly PolicySequence[];
  readonly variables: readonly PolicyVariable[];
  readonly content: readonly PolicyContent[];
  /** Sets of updates that are targeted at collections of this computer (UPD-02). */
  readonly updates: readonly PolicyUpdates[];
  /** Users of this computer (UDA-01). */
  readonly users: readonly string[];
  readonly notes: readonly Problem[];
}
