/**
 * What a step type declares: one table of properties gives schema, JSON Schema, ConfigMgr variables, form of the YAML
 * and the list of secrets. One folder a type: definition.ts (this) and configmgr.ts (command line and names of the
 * XML form).
 */
import type { Problem } from '../core/index.ts';
import type { DynamicRules, ObjectKind, PropertyValue, RunIn, Step } from '../model/index.ts';

/**
 * The value of a property. Every kind but `references`, `list` and `rules` also takes text with a `%VARIABLE%` in it
 * (VAR-19), and booleans and integers also take their text in another spelling (`True`, `007`), which is kept as
 * written.
 */
export type ValueKind =
  | {
      readonly kind: 'text';
      /** Characters. */
      readonly min?: number;
      readonly max?: number;
      /** Must match unless it holds a variable; `says` names the form in words. */
      readonly pattern?: RegExp;
      readonly says?: string;
    }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** Compared without case; written as listed. `open`: other values are legal, too (real exports have them). */
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly open?: boolean }
  /** Name or id of an object of the site; the export writes its id. Empty text: none. */
  | { readonly kind: 'reference'; readonly to: readonly ObjectKind[] }
  /** Several, in one variable with commas between them. */
  | { readonly kind: 'references'; readonly to: readonly ObjectKind[] }
  /** Plain text here; base64 of UTF-16LE with byte order mark in the variable (4.5). */
  | { readonly kind: 'script' }
  /** Rules of Set Dynamic Variables: data here, escaped XML in the variable. */
  | { readonly kind: 'rules' }
  /**
   * An array of the format: variables `${prefix}${index from 0}${name}`. `count` is the variable that holds the
   * number of items, with the property of the list.
   */
  | {
      readonly kind: 'list';
      readonly prefix: string;
      readonly propertyPrefix: string;
      readonly count: { readonly variable: string; readonly property: string; readonly hidden?: boolean };
      readonly item: Readonly<Record<string, PropertySpec>>;
    };

export interface PropertySpec {
  /**
   * Task sequence variable in `defaultVarList` (`OSDDiskIndex`); of a list's item: what follows the index. Undefined:
   * it stands nowhere but in the command line.
   */
  readonly variable: string | undefined;
  readonly value: ValueKind;
  /** What it is, in a few words; becomes the description in the JSON Schema. */
  readonly title: string;
  /** `hidden="true"`: an argument of the command line, not put in the environment. */
  readonly hidden?: boolean;
  /** Blanked on export (5.3); `quasi`: product keys. */
  readonly secret?: true | 'quasi';
  /** What holds when it is missing. Not written by us unless the YAML says it. */
  readonly default?: string | number | boolean;
  /** A step without it cannot work. */
  readonly required?: true;
  /** Written a second time into the sequence's globalVarList (4.3). */
  readonly global?: true;
  /** Why it should not be used in new sequences; imports keep it. */
  readonly deprecated?: string;
  /** The name that MDT's files give the variable, where it is another one; `false`: MDT writes no variable for it. */
  readonly mdtVariable?: string | false;
  /** The `property` attribute in MDT's files, where it is not the property's name. */
  readonly mdtProperty?: string;
  /** What an import sets where XML has no variable for it: what ConfigMgr's step always does. */
  readonly imported?: boolean;
  /** A value that may be sealed although it is no secret by nature. */
  readonly sealable?: true;
}

/** EDIT-02; MDT's own steps are in `MDT`. */
export type StepCategory = 'General' | 'Software' | 'Disks' | 'User State' | 'Images' | 'Drivers' | 'Settings' | 'MDT';

/** What a step does to the machine: what lint, plan and the high-impact rule ask for. */
export type StepEffect =
  | 'restarts'
  | 'partitions-disk'
  | 'applies-system'
  | 'upgrades-system'
  | 'sets-up-system'
  | 'runs-sysprep'
  | 'captures-image'
  | 'captures-state'
  | 'restores-state'
  | 'joins-domain'
  | 'installs-software';

export interface StepDefinition {
  /** Folder and YAML name: `run-command-line`. */
  readonly name: string;
  /** Type attribute in XML; undefined for the untyped MDT step. */
  readonly type: string | undefined;
  /** Name in the console: `Run Command Line`. */
  readonly title: string;
  /** Names that the wizard gives steps of this type (TPL-04, TPL-05); commands accept them (TPL-06). */
  readonly wizardNames: readonly string[];
  readonly category: StepCategory;
  readonly origin: 'configmgr' | 'mdt';
  readonly runIn: RunIn;
  /** Success codes and retries where the step says nothing. */
  readonly successCodes: readonly number[];
  readonly retryCount: number;
  readonly properties: Readonly<Record<string, PropertySpec>>;
  /** Variables that steer the step without being in its list (`+` in the facts' table). */
  readonly steeredBy: readonly string[];
  /** Variables that it sets for later steps. */
  readonly sets: readonly string[];
  readonly effects: readonly StepEffect[];
  /** How a running step may be stopped (architecture 8). */
  readonly cancel: 'between-steps' | 'stop' | 'never';
  /** Why stand-alone media cannot do it, or undefined. */
  readonly notOnStandAloneMedia?: string;
  /** Rules over several properties: errors of this step alone, without place (the caller has it). */
  readonly check?: (step: Step) => readonly Problem[];
}

/** The XML form of one type: the text of `action` from its properties. */
export interface ConfigMgrMapping {
  /**
   * ConfigMgr's command line; `values` are the texts of the variables by property name, missing ones are undefined.
   * Fragments of empty arguments vanish (4.3).
   */
  readonly action: (values: Readonly<Record<string, string | undefined>>) => string;
  /** MDT's form of the same, where the type has one. */
  readonly mdtAction?: (values: Readonly<Record<string, string | undefined>>) => string;
}

/**
 * How a step's variables are spelled. `configmgr`: hidden ones marked; `mdt`: nothing hidden, MDT's names; `mdt-
 * prefixed`: as `mdt`, with ConfigMgr's names; `...-bare`: no `property` attributes (older MDT). A step whose
 * spelling is not the one of its sequence's form says so in the property `Dialect`.
 */
export type Dialect = 'configmgr' | 'mdt' | 'mdt-prefixed' | 'mdt-bare' | 'mdt-prefixed-bare';

/** One `variable` element of a step; rules come and go as data, their XML is the work of `src/exchange`. */
export interface StepVariable {
  readonly name: string;
  readonly property?: string;
  readonly hidden?: boolean;
  readonly value: string | DynamicRules;
}

export interface StepType {
  readonly definition: StepDefinition;
  readonly configmgr: ConfigMgrMapping;
}

export type { PropertyValue };
