/** Properties that steps of every type have: they say how the XML is written where it is not the usual way. */
import type { Dialect, PropertySpec, StepDefinition } from './types.ts';

/** A step's dialect, where it is not the one of its sequence. */
export const DIALECT_PROPERTY = 'Dialect';

/** Variables, by name with commas between, that are hidden where they usually are not, or the other way round. */
export const ODDLY_HIDDEN_PROPERTY = 'OddlyHidden';

/** A list that is written without its count. */
export const UNCOUNTED_PROPERTY = 'Uncounted';

/** A command line that is not made of other properties. */
export const COMMAND_PROPERTY = 'CommandLine';

export const DIALECTS: readonly Dialect[] = ['configmgr', 'mdt', 'mdt-prefixed', 'mdt-bare', 'mdt-prefixed-bare'];

const universal: Readonly<Record<string, PropertySpec>> = {
  [DIALECT_PROPERTY]: {
    variable: undefined,
    value: { kind: 'choice', values: DIALECTS },
    title: 'How the variables are spelled in XML, where it is not as the sequence has it',
  },
  [ODDLY_HIDDEN_PROPERTY]: {
    variable: undefined,
    value: { kind: 'text', max: 32_000 },
    title: 'Variables whose hidden mark in XML is not the usual one, with commas between them',
  },
  [UNCOUNTED_PROPERTY]: {
    variable: undefined,
    value: { kind: 'boolean' },
    title: 'The list stands in XML without the number of its items',
  },
  [COMMAND_PROPERTY]: {
    variable: undefined,
    value: { kind: 'text', max: 32_000 },
    title: "Command line of a step of MDT, where it is not the type's own",
  },
};

/** Made once for each definition: every step of a site asks for it. */
const whole = new WeakMap<StepDefinition, Readonly<Record<string, PropertySpec>>>();

/** The properties of a type with those that every type has. */
export function propertiesOf(definition: StepDefinition): Readonly<Record<string, PropertySpec>> {
  const known = whole.get(definition) ?? { ...universal, ...definition.properties };
  whole.set(definition, known);
  return known;
}
