/** The seven parts of deploying an operating system (MON-03), and which of them a deployment lacks as far as the site can tell. */
import type { Site, SiteObject, SiteProblem } from '../model/index.ts';
import { referencesOf, stepsWith, withChildren } from '../site/index.ts';
import type { ContentStore } from '../store/index.ts';
import { contentsOf } from './content-use.ts';
import { targetOf } from './object-references.ts';

export interface DeploymentPart {
  readonly part:
    | 'drivers'
    | 'boot image'
    | 'operating system'
    | 'content distributed'
    | 'task sequence'
    | 'collection'
    | 'verification';
  /** `unknown`: the files of the site do not tell. */
  readonly state: 'there' | 'missing' | 'not needed' | 'unknown';
  readonly why: string;
}

type State = Pick<DeploymentPart, 'state' | 'why'>;

/** The parts in the order of the documented process. */
export async function deploymentParts(
  site: Site,
  deployment: SiteObject<'deployment'>,
  problems: readonly SiteProblem[],
  library: ContentStore,
): Promise<DeploymentPart[]> {
  const { value } = deployment;
  const sequence = site.find('taskSequence', value.taskSequence);
  const known = sequence?.value === undefined ? undefined : sequence;
  const missing: State = { state: 'missing', why: `there is no task sequence ${JSON.stringify(value.taskSequence)}` };
  const of = (judge: (sequence: SiteObject<'taskSequence'>) => State): State => (known ? judge(known) : missing);
  return [
    { part: 'drivers', ...of((found) => drivers(site, found)) },
    { part: 'boot image', ...of((found) => bootImage(site, found)) },
    { part: 'operating system', ...of((found) => operatingSystem(site, found)) },
    { part: 'content distributed', ...(known ? await distributed(site, known, library) : missing) },
    { part: 'task sequence', ...of((found) => deployable(found, deployment, problems)) },
    { part: 'collection', ...collection(site, deployment) },
    {
      part: 'verification',
      state: 'unknown',
      why: 'the site does not record runs; `osdkit task-sequence plan` shows what would happen',
    },
  ];
}

function drivers(site: Site, sequence: SiteObject<'taskSequence'>): State {
  const image = sequence.value.bootImage === undefined ? undefined : site.find('bootImage', sequence.value.bootImage);
  const inImage = image?.value?.drivers?.length ?? 0;
  const steps = targets(site, sequence).filter(({ object }) => object?.kind === 'driverPackage').length;
  if (inImage + steps > 0) {
    return { state: 'there', why: `${inImage} in the boot image, ${steps} driver packages in the task sequence` };
  }
  return { state: 'unknown', why: 'none are named; whether those of Windows suffice shows on the hardware' };
}

function bootImage(site: Site, sequence: SiteObject<'taskSequence'>): State {
  const { bootImage: text } = sequence.value;
  if (text === undefined) {
    if (stepsWith(site, sequence, ['applies-system', 'partitions-disk']).length === 0) {
      return { state: 'not needed', why: 'the task sequence starts in the running Windows' };
    }
    return { state: 'missing', why: 'the task sequence names none, and it partitions a disk or applies an image' };
  }
  const image = site.find('bootImage', text);
  if (image?.value === undefined) return { state: 'missing', why: `there is no boot image ${JSON.stringify(text)}` };
  if (image.value.content === undefined) return { state: 'missing', why: `${image.name} has no content` };
  return { state: 'there', why: image.name };
}

function operatingSystem(site: Site, sequence: SiteObject<'taskSequence'>): State {
  const found = targets(site, sequence).filter(({ to }) =>
    to.some((kind) => kind === 'operatingSystem' || kind === 'upgradePackage'),
  );
  const [lost] = found.filter(({ object }) => object === undefined);
  if (lost) return { state: 'missing', why: `there is no ${JSON.stringify(lost.text)}` };
  const names = [...new Set(found.map(({ object }) => object?.name ?? ''))];
  if (names.length > 0) return { state: 'there', why: names.join(', ') };
  if (stepsWith(site, sequence, ['applies-system', 'upgrades-system']).length > 0) {
    return { state: 'missing', why: 'a step applies an operating system and names none' };
  }
  return { state: 'not needed', why: 'no step applies an operating system' };
}

async function distributed(site: Site, sequence: SiteObject<'taskSequence'>, library: ContentStore): Promise<State> {
  const objects = new Set(targets(site, sequence).flatMap(({ object }) => (object ? [object] : [])));
  const lacking: string[] = [];
  let count = 0;
  for (const object of objects) {
    const contents = contentsOf(object);
    const { distribution } = object.value as { distribution?: { points?: unknown[]; groups?: unknown[] } };
    if (contents.length === 0) continue;
    count++;
    const points = (distribution?.points?.length ?? 0) + (distribution?.groups?.length ?? 0);
    const there = await Promise.all(contents.map(({ sha256 }) => library.size(sha256)));
    if (there.includes(undefined)) lacking.push(`${object.name} is not in the content library`);
    else if (points === 0) lacking.push(`${object.name} is on no distribution point`);
  }
  if (lacking.length > 0) return { state: 'missing', why: lacking.join('; ') };
  if (count === 0) return { state: 'not needed', why: 'the task sequence uses no content' };
  return { state: 'there', why: `${count} object${count === 1 ? '' : 's'}` };
}

function deployable(
  sequence: SiteObject<'taskSequence'>,
  deployment: SiteObject<'deployment'>,
  problems: readonly SiteProblem[],
): State {
  const why = problems.find(({ file, code }) => file === deployment.file && code === 'SITE_NOT_DEPLOYABLE');
  if (why) return { state: 'missing', why: why.message };
  if (sequence.value.enabled === false) return { state: 'missing', why: `${sequence.name} is disabled` };
  return { state: 'there', why: sequence.name };
}

function collection(site: Site, { value }: SiteObject<'deployment'>): State {
  const found = site.find('collection', value.collection);
  if (found === undefined)
    return { state: 'missing', why: `there is no collection ${JSON.stringify(value.collection)}` };
  if (value.enabled === false) return { state: 'missing', why: 'the deployment is disabled' };
  return { state: 'there', why: found.name };
}

/** What the enabled steps refer to, those of child sequences and boot images included. */
function targets(site: Site, sequence: SiteObject<'taskSequence'>) {
  return withChildren(site, sequence).flatMap(({ value }) =>
    referencesOf('taskSequence', value)
      .filter(({ enabled }) => enabled)
      .map(({ text, to }) => ({ text, to, object: targetOf(site, text, to) })),
  );
}
