/** Edits of a site's files by what a person asks for: items of a sequence, its properties, variables. */
export { editSequence } from './apply.ts';
export { setCsvVariable } from './csv-variables.ts';
export { findItem, shownItem } from './locate.ts';
export { editProperties, type PropertyChanges } from './properties.ts';
export { conditionFromText, propertyFromText, propertyNamed } from './property-text.ts';
export { ITEM_KEYS } from './types.ts';
export type { Edited, ItemChanges, OneUpOrDown, Placement, SequenceEdit, ShownItem } from './types.ts';
export { removeVariableIn, setVariableIn, type VariableChange } from './variables.ts';
