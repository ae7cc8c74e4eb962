/** Plain text in a known secret property: PXE passwords, and what the step definitions call secret. */
import { holdsVariable, isStepType, secretProperties, stepType } from '../../steps/index.ts';
import { isPasswordVariable, type NodePath, type Step, type TaskSequence } from '../../model/index.ts';
import { siteCode } from '../codes.ts';
import { forEachStep } from '../parse-file.ts';
import type { Check } from './types.ts';

export const checkSecrets: Check = ({ site, report }) => {
  for (const point of site.all('distributionPoint')) {
    if (typeof point.value.pxe?.password !== 'string') continue;
    report(point, ['pxe', 'password'], {
      code: siteCode.SITE_SECRET_PLAIN,
      message: 'the PXE password stands here in plain text',
    });
  }
  for (const sequence of site.all('taskSequence')) {
    for (const { path, message } of stepSecrets(sequence.value)) {
      report(sequence, path, { code: siteCode.SITE_SECRET_PLAIN, message });
    }
  }
};

interface PlainSecret {
  readonly path: NodePath;
  readonly message: string;
}

/** Of one sequence alone, so that they are found once for a file that stays. */
const kept = new WeakMap<TaskSequence, readonly PlainSecret[]>();

function stepSecrets(sequence: TaskSequence): readonly PlainSecret[] {
  const known = kept.get(sequence);
  if (known) return known;
  const found: PlainSecret[] = [];
  forEachStep(sequence.steps, ['steps'], (step, path) => {
    for (const name of plainSecrets(step)) {
      const message = `${name} of the step ${JSON.stringify(step.name)} is a secret; it stands here in plain text`;
      found.push({ path: [...path, 'with', name], message });
    }
  });
  kept.set(sequence, found);
  return found;
}

/** Names of the step's secret properties that hold plain text. A `%VARIABLE%` is none, and product keys are not as secret. */
function plainSecrets(step: Step): string[] {
  const isPlain = (value: unknown) => typeof value === 'string' && value !== '' && !holdsVariable(value);
  if (!isStepType(step.type)) return [];
  const { definition } = stepType(step.type);
  const found = secretProperties(definition).filter(
    (name) => definition.properties[name]?.secret === true && isPlain(step.with[name]),
  );
  const variable = step.with['VariableName'];
  const setsPassword =
    definition.name === 'set-task-sequence-variable' && typeof variable === 'string' && isPasswordVariable(variable);
  return setsPassword && isPlain(step.with['VariableValue']) ? [...found, 'VariableValue'] : found;
}
