/** Where a value came from (VAR-21). */

export type VariableOrigin =
  /** The engine, before the first step. */
  | { readonly kind: 'built-in' }
  | { readonly kind: 'site' }
  | { readonly kind: 'collection'; readonly id: string; readonly name: string; readonly priority: number }
  | { readonly kind: 'device'; readonly name: string }
  | { readonly kind: 'medium'; readonly name: string }
  /** For this run alone, before its first step. */
  | { readonly kind: 'given' }
  /** A step, by its place in the sequence. */
  | { readonly kind: 'step'; readonly name: string; readonly place: string }
  /** The engine while it runs. */
  | { readonly kind: 'engine' };

/** In words, as `plan` shows it. */
export function showOrigin(origin: VariableOrigin): string {
  switch (origin.kind) {
    case 'built-in':
      return 'built-in';
    case 'site':
      return 'site';
    case 'collection':
      return `collection ${JSON.stringify(origin.name)} (${origin.id}, priority ${origin.priority})`;
    case 'device':
      return `device ${JSON.stringify(origin.name)}`;
    case 'medium':
      return `medium ${JSON.stringify(origin.name)}`;
    case 'given':
      return 'given for this run';
    case 'step':
      return `step ${origin.place} ${JSON.stringify(origin.name)}`;
    default:
      return 'engine';
  }
}
