/** TPL-09, IMG-04: boot image against operating systems and against the devices of the deployments. */
import type { Architecture, Site } from '../../model/index.ts';
import { lintCode } from '../codes.ts';
import { atProperty, named } from '../finding.ts';
import { devicesOf } from '../members.ts';
import { knownText } from '../read-step.ts';
import type { LintFinding, LintRule, Run } from '../types.ts';

export const architecture: LintRule = {
  code: lintCode.LINT_ARCHITECTURE,
  why: 'A computer does not start a Windows PE of another architecture, and that one does not start the system.',
  check: (run) => {
    const { site, sequence, steps } = run;
    const name = sequence.value.bootImage;
    const boot = name === undefined ? undefined : site.find('bootImage', name);
    if (boot?.value === undefined) return [];
    const { architecture: pe } = boot.value;
    const systems = steps.flatMap((node): LintFinding[] => {
      if (node.item.type !== 'apply-operating-system-image') return [];
      const system = systemOf(site, knownText(node.item, 'ImagePackageID'), knownText(node.item, 'ImageIndex'));
      if (system === undefined || pe === system) return [];
      const message = `${named(node)} applies a system for ${system}, and the boot image ${JSON.stringify(boot.name)} is for ${pe}`;
      // Windows PE for x86 can write an image for x64; no part of the system itself is run in it.
      const severity = pe === 'x86' && system === 'x64' ? 'warning' : 'error';
      return [atProperty(node, 'ImagePackageID', severity, message)];
    });
    return [...systems, ...deviceFindings(run, pe, boot.name)];
  },
};

/** The architecture of an image: that of its edition, else of the object. */
function systemOf(site: Site, name: string | undefined, index: string | undefined): Architecture | undefined {
  const value = name === undefined ? undefined : site.find('operatingSystem', name)?.value;
  const edition = value?.editions?.find((each) => String(each.index) === index);
  return edition?.architecture ?? value?.architecture;
}

/** An x64 computer starts an x86 Windows PE by BIOS; all others must be equal. */
function fitsDevice(pe: Architecture, device: Architecture): boolean {
  return pe === device || (pe === 'x86' && device === 'x64');
}

function deviceFindings({ site, deployments, sequence }: Run, pe: Architecture, boot: string): LintFinding[] {
  return deployments.flatMap((deployment): LintFinding[] => {
    const collection = site.find('collection', deployment.value.collection);
    if (collection?.value === undefined) return [];
    const wrong = devicesOf(site, collection).filter(
      ({ builtIn, value }) => !builtIn && value.architecture !== undefined && !fitsDevice(pe, value.architecture),
    );
    const [first] = wrong;
    if (first === undefined) return [];
    const more = wrong.length === 1 ? '' : ` and ${wrong.length - 1} more`;
    const message = `${JSON.stringify(deployment.name)} reaches ${first.name} (${first.value.architecture ?? ''})${more}, and the boot image ${JSON.stringify(boot)} is for ${pe}`;
    return [{ object: sequence, path: ['bootImage'], severity: 'warning', message }];
  });
}
