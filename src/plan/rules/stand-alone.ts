/** What stand-alone media do not reach (UPD-05, DEP-67): the network is not there, content is on the medium. */
import { isStepType, stepType } from '../../steps/index.ts';
import { planCode } from '../codes.ts';
import { found } from '../findings.ts';
import type { StepRule } from './types.ts';

/** Steps that talk to something beyond the computer. */
const NEEDS_NETWORK: Readonly<Record<string, string>> = {
  'connect-to-network-folder': 'it connects to a network folder',
  'request-state-store': 'it asks a state migration point',
  'release-state-store': 'it tells a state migration point',
  'execute-runbook': 'it calls a server',
};

export const standAloneRule: StepRule = ({ step, site, medium }) => {
  if (medium !== 'stand-alone') return [];
  const findings = [];
  const need = NEEDS_NETWORK[step.type];
  if (need !== undefined) {
    findings.push(
      found('warning', planCode.PLAN_STAND_ALONE, `${need}: stand-alone media are made for places without network`),
    );
  }
  if (step.type === 'install-software-updates') {
    const source = site.settings.softwareUpdates?.source;
    if (source !== 'files') {
      const what = source === undefined ? 'the site names no source of updates' : `their source is ${SOURCES[source]}`;
      findings.push(
        found('error', planCode.PLAN_STAND_ALONE, `updates are unreachable from stand-alone media: ${what}`),
      );
    }
  }
  const reason = isStepType(step.type) ? stepType(step.type).definition.notOnStandAloneMedia : undefined;
  if (reason !== undefined) {
    findings.push(
      found(
        'note',
        planCode.PLAN_STAND_ALONE,
        `osdkit's media can do this step; ${reason}`,
        'Nothing, unless the sequence is to run from media of ConfigMgr, too.',
      ),
    );
  }
  return findings;
};

const SOURCES = { wsus: 'a WSUS server', windowsUpdate: 'Windows Update', files: 'files' } as const;
