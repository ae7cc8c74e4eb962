/**
 * A task sequence as the site holds it: groups, steps, conditions (configmgr-formats 4). Whatever is `undefined` was not said:
 * the default of the step type or of the format holds, and nothing is written for it.
 */

/** A secret of the site: ciphertext for the site's sealing key, a `!secret` scalar in YAML. Only the key's holder opens it. */
export interface SealedText {
  readonly sealed: string;
}

/** Operators of variable and registry conditions (4.4). `like` and `notLike` are only kept: no source says how they compare. */
export type ComparisonOperator =
  | 'exists'
  | 'notExists'
  | 'equals'
  | 'notEquals'
  | 'less'
  | 'lessEqual'
  | 'greater'
  | 'greaterEqual'
  | 'like'
  | 'notLike';

/** Operators that compare versions and times of files and folders. */
export type OrderOperator = Exclude<ComparisonOperator, 'exists' | 'notExists' | 'like' | 'notLike'>;

export interface OrderedTest {
  readonly operator: OrderOperator;
  readonly value: string;
}

export type Condition =
  /** Operators: and, or, not; `none` is "none is true". */
  | { readonly kind: 'all' | 'any' | 'none'; readonly of: readonly Condition[] }
  | {
      readonly kind: 'variable';
      readonly variable: string;
      readonly operator: ComparisonOperator;
      readonly value?: string;
    }
  | { readonly kind: 'wmi'; readonly query: string; readonly namespace?: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly version?: OrderedTest;
      /** CIM datetime, compared in UTC. */
      readonly dateTime?: OrderedTest;
    }
  | { readonly kind: 'folder'; readonly path: string; readonly dateTime?: OrderedTest }
  | {
      readonly kind: 'registry';
      readonly keyPath: string;
      readonly operator: ComparisonOperator;
      /** Name of the value; undefined or empty: the key's default value. */
      readonly value?: string;
      /** REG_SZ ...: only exists tests ask for it. */
      readonly type?: string;
      readonly data?: string;
    }
  | {
      readonly kind: 'software';
      readonly operator: 'AnyVersion' | 'ThisVersion';
      readonly productCode?: string;
      readonly productName?: string;
      readonly upgradeCode?: string;
      readonly version?: string;
    }
  /** osConditionGroup: any of the named platforms, each with WMI queries that must all hold. */
  | { readonly kind: 'operatingSystem'; readonly platforms: readonly PlatformCondition[] }
  /** Rules of Set Dynamic Variables only (4.5). Any field of `computer` that matches is enough. */
  | {
      readonly kind: 'computer';
      readonly assetTag?: string;
      readonly macAddress?: string;
      readonly serialNumber?: string;
      readonly uuid?: string;
    }
  | { readonly kind: 'location'; readonly defaultGateway: string }
  /** Both must match; `*` and `?` are wildcards. */
  | { readonly kind: 'makeModel'; readonly make?: string; readonly model?: string }
  /** An expression that an import could not read, kept as data: the sequence cannot be deployed (IO-17). */
  | { readonly kind: 'unreadable'; readonly type: string; readonly variables: readonly (readonly [string, string])[] };

export interface PlatformCondition {
  readonly name: string;
  /** PlatformArchKey, PlatformMaxVerKey, PlatformMinVerKey, PlatformTypeKey, as far as given. */
  readonly keys: Readonly<Record<string, string>>;
  readonly queries: readonly { readonly query: string; readonly namespace?: string }[];
}

export type PropertyValue =
  | string
  | number
  | boolean
  | SealedText
  | readonly string[]
  /** Arrays of the format: partitions, adapters, packages. */
  | readonly { readonly [name: string]: string | number | boolean | SealedText }[]
  | DynamicRules;

/** Set Dynamic Variables: a rule without condition always applies. */
export interface DynamicRules {
  readonly rules: readonly DynamicRule[];
}

export interface DynamicRule {
  readonly condition?: readonly Condition[];
  readonly variables: readonly {
    readonly name: string;
    readonly value: string | SealedText;
    /** The secret flag, also where the value is missing (it is never exported). */
    readonly secret?: boolean;
  }[];
}

export type RunIn = 'WinPE' | 'FullOS' | 'WinPEandFullOS';

interface ItemOptions {
  readonly name: string;
  readonly description?: string;
  /** Undefined: enabled. */
  readonly enabled?: boolean;
  readonly continueOnError?: boolean;
  /** All must hold. Undefined: no condition element; empty: an element without content. */
  readonly condition?: readonly Condition[];
  /** What an import found and no definition knows, as data; empty or missing for everything that is known. */
  readonly extra?: ExtraData;
}

export interface Group extends ItemOptions {
  readonly kind: 'group';
  readonly steps: readonly SequenceItem[];
  /** State of MDT's editor; kept, never used. */
  readonly expand?: boolean;
}

export interface Step extends ItemOptions {
  readonly kind: 'step';
  /** Name of a definition in `src/steps` (`run-command-line`), or `unknown`. */
  readonly type: string;
  readonly runIn?: RunIn;
  /** Seconds, as the format has it. */
  readonly timeout?: number;
  /** Unsigned 32-bit exit codes that mean success. */
  readonly successCodes?: readonly number[];
  readonly retryCount?: number;
  readonly runFromNet?: boolean;
  readonly startIn?: string;
  /** Properties by the name that ConfigMgr's class gives them (`CommandLine`, `DiskIndex`). */
  readonly with: Readonly<Record<string, PropertyValue>>;
}

export type SequenceItem = Group | Step;

/** Data of an import that no definition knows; for type `unknown` all of it (IO-17). */
export interface ExtraData {
  /** The type attribute of an unknown step; undefined where the step had none. */
  readonly type?: string;
  /** The command line, where it is not the one that the properties give. */
  readonly action?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly variables?: readonly ExtraVariable[];
  /** Elements that the grammar does not have, by name, with text and attributes. */
  readonly elements?: readonly ExtraElement[];
}

export interface ExtraVariable {
  readonly name: string;
  readonly property?: string;
  readonly hidden?: boolean;
  readonly value: string;
}

export interface ExtraElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly ExtraElement[];
}

export interface TaskSequence {
  /** Site code and 5 characters; unique and stable (SITE-20). */
  readonly id: string;
  readonly name: string;
  /** Folder below `task-sequences`, with `/`; empty at the top. From the file's place. */
  readonly folder: string;
  readonly description?: string;
  readonly category?: string;
  /** Name or id of a boot image; undefined for sequences that start in the full OS. */
  readonly bootImage?: string;
  /** Undefined: enabled (EDIT-11). */
  readonly enabled?: boolean;
  /** Form of the XML that it came from and goes to: ConfigMgr 3.10 (undefined) or MDT 3.00. */
  readonly form?: 'configmgr' | 'mdt';
  readonly highImpact?: HighImpact;
  readonly softwareCenter?: SoftwareCenter;
  /** Minutes; ConfigMgr treats 0 as 720. */
  readonly maximumRunTime?: number;
  /** Runs before this sequence: package and program. */
  readonly runFirst?: { readonly package: string; readonly program: string };
  readonly progressMessage?: string;
  readonly steps: readonly SequenceItem[];
  /** Properties of the imported object that osdkit does not use, by their ConfigMgr names (5.2), kept for export. */
  readonly extra?: Readonly<Record<string, string | readonly string[]>>;
}

/** User notification (HI-01 to HI-10). The texts may be set only when `marked` or computed as high impact. */
export interface HighImpact {
  readonly marked?: boolean;
  readonly customText?: boolean;
  readonly headline?: string;
  /** Main text, bold text, last line. */
  readonly message?: readonly [string, string, string];
}

/** Information for users only (HI-12 to HI-15). */
export interface SoftwareCenter {
  readonly restartRequired?: boolean;
  /** Megabytes. */
  readonly downloadSize?: number;
  /** Minutes. */
  readonly runTime?: number;
}
