/** The variables that a computer starts with, from site, collections, device and medium (VAR-02, VAR-06, VAR-10, VAR-20). */
import { Secret } from '../core/index.ts';
import type { Problem } from '../core/index.ts';
import { isPasswordVariable, type Site, siteVariables, type Variable } from '../model/index.ts';
import {
  type GivenVariable,
  type RunVariables,
  showOrigin,
  sortedVariables,
  startVariables,
  stateOf,
  type VariableSources,
} from '../sequence/index.ts';
import type { Asker } from './asker.ts';
import type { Resealer } from './reveal.ts';
import type { PolicyMedium, PolicyVariable } from './types.ts';

/** Whose value holds at the start, for this asker. An unknown computer has no variables of its own (VAR-10). */
export function variablesAtStart(
  site: Site,
  asker: Asker,
  medium: PolicyMedium,
): { readonly variables: RunVariables; readonly problems: readonly Problem[] } {
  const known = asker.identity.kind === 'known' ? asker.identity.device : undefined;
  const sources: VariableSources = {
    site: given(siteVariables(site.settings.variables)),
    collections: [...asker.collections]
      .filter(({ value }) => value.type === 'device')
      .map(({ id, name, value }) => ({
        id: id ?? name,
        name,
        variables: given(siteVariables(value.variables)),
        ...(value.variablePriority === undefined ? {} : { priority: value.variablePriority }),
      })),
    ...(known ? { device: { name: known.name, variables: given(siteVariables(known.value.variables)) } } : {}),
    ...ofMedium(medium),
  };
  return startVariables(sources);
}

function ofMedium(medium: PolicyMedium): Pick<VariableSources, 'medium'> {
  if (medium.kind === 'client') return {};
  const variables: readonly Variable[] = medium.variables ?? [];
  const name = medium.kind === 'pxe' ? 'PXE' : medium.name;
  return { medium: { name, standAlone: medium.kind === 'stand-alone', variables: given(variables) } };
}

function given(variables: readonly GivenVariable[]): GivenVariable[] {
  return variables.map((each) => {
    const plain = typeof each.value === 'string' && each.value !== '' && isPasswordVariable(each.name);
    return plain ? { ...each, value: new Secret(each.value), hidden: true } : each;
  });
}

/** The variables for the asker, secrets sealed to it. */
export function policyVariables(variables: RunVariables, { reseal }: Resealer): PolicyVariable[] {
  return sortedVariables(variables).map(({ name, value, hidden, origin, overridden }) => ({
    name,
    value: shownValue(value, `variable ${name} of ${showOrigin(origin)}`, reseal),
    hidden,
    origin,
    overridden,
  }));
}

function shownValue(value: GivenVariable['value'], place: string, reseal: Resealer['reseal']): PolicyVariable['value'] {
  if (typeof value === 'string') return value;
  return value instanceof Secret || 'sealed' in value ? reseal(value, place) : undefined;
}

/** The text of SMSTSPreferredAdvertID at the start, in upper case; undefined: nobody set it. */
export function preferredDeployment(variables: RunVariables): string | undefined {
  const state = stateOf(variables.get('SMSTSPREFERREDADVERTID'));
  return state.state === 'set' ? state.value.trim().toUpperCase() : undefined;
}
