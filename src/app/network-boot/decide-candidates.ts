/** Which of the offered deployments network boot can start: by boot image, architecture and point (PXE-05, configmgr-formats 3.7). */
import type { Architecture, Site, SiteObject } from '../../model/index.ts';
import type { JudgedDeployment } from '../../policy/index.ts';

export interface Candidate {
  readonly deployment: JudgedDeployment;
  readonly bootImage: SiteObject<'bootImage'>;
}

export interface Candidates {
  /** The best first. */
  readonly fit: readonly Candidate[];
  /** Why the others do not, a sentence each. */
  readonly passedOver: readonly string[];
}

/**
 * Candidates of deployments that are in order of strength: required ones before available ones, of these the exact architecture before
 * compatible ones, then the stronger deployment. `architectures`: what the client can start, the exact one first.
 */
export function candidatesOf(
  site: Site,
  deployments: readonly JudgedDeployment[],
  architectures: readonly Architecture[],
  point: string,
): Candidates {
  const fit: Candidate[] = [];
  const passedOver: string[] = [];
  for (const deployment of deployments) {
    const found = bootImageOf(site, deployment, architectures, point);
    if (typeof found === 'string') passedOver.push(`${deployment.id}: ${found}`);
    else fit.push({ deployment, bootImage: found });
  }
  const rank = ({ deployment, bootImage }: Candidate): number =>
    (deployment.purpose === 'required' ? 0 : 10) + architectures.indexOf(bootImage.value.architecture);
  return { fit: fit.sort((a, b) => rank(a) - rank(b)), passedOver };
}

function bootImageOf(
  site: Site,
  { sequence }: JudgedDeployment,
  architectures: readonly Architecture[],
  point: string,
): SiteObject<'bootImage'> | string {
  const name = site.find('taskSequence', sequence.id)?.value.bootImage;
  const image = name === undefined ? undefined : site.find('bootImage', name);
  if (image?.value === undefined) return `the task sequence ${JSON.stringify(sequence.name)} has no boot image`;
  const shown = `the boot image ${JSON.stringify(image.name)}`;
  const { architecture, pxe } = image.value;
  if (pxe === false) return `${shown} is not for PXE`;
  if (!architectures.includes(architecture)) {
    return `${shown} is for ${architecture}, this computer starts ${architectures.join(' or ')}`;
  }
  return isOn(site, image, point) ? image : `${shown} is not distributed to ${point}`;
}

/** An image without any point is on all of them: small sites distribute nothing. */
function isOn(site: Site, image: SiteObject<'bootImage'>, point: string): boolean {
  const { points = [], groups = [] } = image.value.distribution ?? {};
  if (points.length === 0 && groups.length === 0) return true;
  const own = site.find('distributionPoint', point);
  const among = (names: readonly string[]): boolean =>
    names.some((name) => site.find('distributionPoint', name) === own);
  return among(points) || groups.some((name) => among(site.find('distributionPointGroup', name)?.value.points ?? []));
}
