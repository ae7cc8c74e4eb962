/** The step types by category, as the editor's Add menu offers them (EDIT-02). */
import { stepTypes, type StepCategory } from '../steps/index.ts';

export interface CatalogueEntry {
  readonly type: string;
  readonly title: string;
  /** Names that the wizard gives such steps; commands take them, too (TPL-06). */
  readonly wizardNames: readonly string[];
}

export interface CatalogueCategory {
  readonly category: StepCategory;
  readonly types: readonly CatalogueEntry[];
}

const order: readonly StepCategory[] = [
  'General',
  'Software',
  'Disks',
  'User State',
  'Images',
  'Drivers',
  'Settings',
  'MDT',
];

/** Every type once, in the order of the menu. */
export const stepCatalogue: readonly CatalogueCategory[] = order.map((category) => ({
  category,
  types: stepTypes
    .filter(({ definition }) => definition.category === category)
    .map(({ definition: { name, title, wizardNames } }) => ({ type: name, title, wizardNames })),
}));
