/**
 * Spellings of one and the same step. Exports of ConfigMgr mark hidden variables and have ConfigMgr's names; MDT hides
 * nothing, and its files have variables with and without ConfigMgr's prefix, and older ones no `property` (4.2, 4.6).
 */
import type { Step } from '../model/index.ts';
import type { Dialect, PropertySpec, StepDefinition } from './types.ts';
import { DIALECT_PROPERTY, DIALECTS } from './universal.ts';

interface Spelling {
  /** Variables sorted by property. */
  readonly sorted: boolean;
  readonly hides: boolean;
  /** Variables have a `property`. */
  readonly named: boolean;
  readonly nameOf: (spec: PropertySpec) => string | undefined;
  readonly propertyOf: (spec: PropertySpec, property: string) => string;
  readonly hiddenOf: (spec: PropertySpec) => boolean;
}

/** How a dialect spells. */
export function spelling(dialect: Dialect): Spelling {
  const mdt = dialect !== 'configmgr';
  const own = dialect === 'mdt' || dialect === 'mdt-bare';
  return {
    sorted: !mdt,
    hides: !mdt,
    named: !dialect.endsWith('bare'),
    nameOf: (spec) => {
      if (!mdt || spec.mdtVariable === undefined) return spec.variable;
      if (spec.mdtVariable === false) return undefined;
      return own ? spec.mdtVariable : spec.variable;
    },
    propertyOf: (spec, property) => (mdt ? (spec.mdtProperty ?? property) : property),
    hiddenOf: (spec) => !mdt && spec.hidden === true,
  };
}

/** The dialect of a sequence's form. */
export function dialectOfForm(form: 'configmgr' | 'mdt' | undefined): Dialect {
  return form === 'mdt' ? 'mdt' : 'configmgr';
}

/** The dialect of a step: its own, else that of the form. MDT's untyped step has only MDT's. */
export function dialectOf(
  values: Step['with'],
  definition: StepDefinition,
  form: 'configmgr' | 'mdt' | undefined,
): Dialect {
  const own = DIALECTS.find((dialect) => dialect === values[DIALECT_PROPERTY]);
  return own ?? dialectOfForm(definition.type === undefined ? 'mdt' : form);
}
