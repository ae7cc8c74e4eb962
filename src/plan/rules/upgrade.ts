/** Whether the running Windows can be upgraded in place to the package (TPL-100). */
import { planCode } from '../codes.ts';
import { found } from '../findings.ts';
import { editionOf, productTypeOf } from '../step-effects.ts';
import { noUpgradePath } from '../upgrade-paths.ts';
import type { StepRule } from './types.ts';

export const upgradeRule: StepRule = ({ step, site, state }) => {
  if (step.type !== 'upgrade-operating-system') return [];
  const reference = step.with['InstallPackageID'];
  const target = typeof reference === 'string' ? site.find('upgradePackage', reference)?.value : undefined;
  const { runningSystem } = state.machine;
  if (!target || !runningSystem || state.environment === 'WinPE') return [];
  // Without an index Windows Setup takes the first (IMG-08).
  const edition = editionOf(target, step.with['InstallEditionIndex'] ?? target.editions?.[0]?.index);
  const architecture = edition?.architecture ?? target.architecture;
  const version = edition?.version ?? target.version;
  const productType = productTypeOf([edition?.edition, edition?.name, target.name]);
  const why = noUpgradePath(
    {
      version: runningSystem.version,
      server: runningSystem.productType === undefined ? undefined : runningSystem.productType !== 1,
      architecture: runningSystem.architecture,
    },
    { version, server: productType === undefined ? undefined : productType === 3, architecture },
  );
  if (why === undefined) return [];
  return [
    found(why.sure ? 'error' : 'warning', planCode.PLAN_UPGRADE_PATH, `${JSON.stringify(target.name)}: ${why.text}`),
  ];
};
