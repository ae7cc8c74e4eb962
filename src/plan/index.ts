/** Public face of `src/plan`. */
export { planCode } from './codes.ts';
export { planSequence } from './plan.ts';
export { planHtml } from './html.ts';
export { planText } from './text.ts';
export { PLAN_MEDIA, type Plan, type PlanInput, type PlanMedium } from './types.ts';
