/** `task-sequence plan`: what a sequence would do on one machine, before anything runs; as text, JSON and one HTML file. */
import * as z from 'zod';
import { writeOutput } from '../../images/bytes/index.ts';
import type { OperationContext } from '../core/index.ts';
import { type Plan, PLAN_MEDIA, planHtml, type PlanInput, planSequence } from '../plan/index.ts';
import type { ContentStore } from '../store/index.ts';
import { findObject } from './find-object.ts';
import { factsOf } from './machine-facts.ts';
import { openWholeSite, siteOption } from './open-site.ts';
import { useCase } from './use-case.ts';
import { parseVariableOptions } from './variables-file.ts';

export { planText } from '../plan/index.ts';

export interface SequencePlan {
  readonly plan: Plan;
  /** The report that was written; null: none was asked for. */
  readonly html: string | null;
}

export const taskSequencePlan = useCase({
  name: 'task-sequence plan',
  summary: 'show what a task sequence would do on one machine, and what would fail',
  effect: 'read',
  input: z.strictObject({
    sequence: z.string().min(1),
    site: siteOption,
    /** A file of facts (`.json`), or the name of a device of the site. */
    device: z.string().min(1),
    medium: z.enum(PLAN_MEDIA).optional(),
    /** Of the medium, as NAME=VALUE. */
    variables: z.array(z.string()).default([]),
    /** For this run, as NAME=VALUE. */
    set: z.array(z.string()).default([]),
    html: z.string().min(1).optional(),
    force: z.boolean().default(false),
  }),
  async run(request, _services, context): Promise<SequencePlan> {
    const given = parseVariableOptions(request.set, '--set');
    const mediumVariables = parseVariableOptions(request.variables);
    const { site, content } = await openWholeSite(request.site, context);
    const sequence = findObject(site, request.sequence, ['taskSequence']);
    const facts = await factsOf(site, request.device);
    const { medium, html, force } = request;
    const input: PlanInput = { site, sequence, facts, given, mediumVariables, ...(medium ? { medium } : {}) };
    const plan = planSequence({ ...input, inLibrary: await lookedUp(input, content) });
    if (html !== undefined) await writeReport(html, force, plan, context);
    return { plan, html: html ?? null };
  },
});

/** Which of the bytes that the plan asks for the library holds: it is asked once for each, before the plan is made. */
async function lookedUp(input: PlanInput, content: ContentStore): Promise<(sha256: string) => boolean> {
  const asked = new Set<string>();
  planSequence({
    ...input,
    inLibrary: (sha256) => {
      asked.add(sha256);
      return true;
    },
  });
  const held = new Set<string>();
  for (const sha256 of asked) if ((await content.size(sha256)) !== undefined) held.add(sha256);
  return (sha256) => held.has(sha256);
}

async function writeReport(path: string, force: boolean, plan: Plan, context: OperationContext): Promise<void> {
  const bytes = new TextEncoder().encode(planHtml(plan));
  await writeOutput(path, { force }, context, (sink) => sink.write(0, bytes));
}
