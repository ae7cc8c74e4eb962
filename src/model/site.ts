/** A loaded site: its settings and objects, and where each of them is written. */
import type { ErrorCode, Problem } from '../core/index.ts';
import type { ObjectKind } from './object-kinds.ts';
import type { ObjectTypes, SiteSettings } from './objects/index.ts';

/** Keys and indexes from the top of a file to a value. */
export type NodePath = readonly (string | number)[];

/** A mistake with its place; line and column count from 1. */
export interface SiteProblem extends Problem {
  /** Path from the site's folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface SiteObject<K extends ObjectKind = ObjectKind> {
  readonly kind: K;
  /** The file, from the site's folder, with `/`; empty for objects that exist without one (SITE-05, SITE-06). */
  readonly file: string;
  readonly builtIn: boolean;
  readonly name: string;
  /** Undefined for kinds that go by name. */
  readonly id: string | undefined;
  readonly value: ObjectTypes[K];
}

export interface Site {
  readonly settings: SiteSettings;
  /** All of a kind in the order of their ids (else names); built-in ones included. */
  readonly all: <K extends ObjectKind>(kind: K) => readonly SiteObject<K>[];
  /** By id, else by name without case (SITE-04); undefined where nothing or more than one thing has it. */
  readonly find: <K extends ObjectKind>(kind: K, nameOrId: string) => SiteObject<K> | undefined;
  /** What a CSV file of the site lists: names, MAC addresses or GUIDs of devices, names of users. Undefined: no such file. */
  readonly memberList: (path: string) => readonly string[] | undefined;
  /** Where an object, or the value at a path inside it, is written. */
  readonly place: (object: SiteObject, path?: NodePath) => Place;
  /** A problem at such a place, for checks of other modules. */
  readonly problem: (
    object: SiteObject,
    path: NodePath,
    found: { code: ErrorCode; severity: Problem['severity']; message: string; hint?: string },
  ) => SiteProblem;
}
