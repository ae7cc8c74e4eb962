/** Deciding a bootable medium: inputs checked and hashed, every file and its place known, nothing written. */
import { digestSources, memorySource, type ByteSource } from '../../images/bytes/index.ts';
import { layoutDisc } from '../../images/disc/index.ts';
import { filesOf, overlayTree, treeFromFiles, type DirectoryNode, type NewFile } from '../../images/tree/index.ts';
import { updateWim } from '../../images/wim/index.ts';
import type { OperationContext, Problem } from '../../src/core/index.ts';
import { isSecret, revealed, variableKey } from '../../src/model/index.ts';
import {
  mediaId as mediaIdOf,
  mediaPath,
  writeMediaDocument,
  type InputRecord,
  type MediaPlanDocument,
} from '../../src/protocol/index.ts';
import { selectBiosFiles, selectBootFiles, type BootImage } from '../boot-image/index.ts';
import { bootOptions, bootStores, bootWimPath, discIds, mediaTime } from '../layout/index.ts';
import { checkBootWimSize, chooseBootImage } from './boot-image.ts';
import { manifestPlace } from './manifest-place.ts';
import { bootNotes, originOf, placeNotes } from './notes.ts';
import type { BootablePlan, BootableSpec, Selection } from './types.ts';
import { checkVariables, variablesContainer } from './variables.ts';

/** Plans a bootable medium. Throws whatever makes it impossible, each with its own code; warnings come in `notes`. */
export async function planBootable(spec: BootableSpec, context: OperationContext): Promise<BootablePlan> {
  const notes: Problem[] = checkVariables(spec);
  const boot = await chooseBootImage(spec);
  const selection = await selectionFor(spec, boot);
  const document = planDocument(spec, boot, selection, await inputRecords(spec, selection, context));
  const mediaId = mediaIdOf(document);
  const own = await ownFiles(spec, document, mediaId);
  const bootWim = await bootWimWith(boot, own, context);
  checkBootWimSize(bootWim.size, `${spec.bootImageName} with media.json and variables`);
  const content = mediumTree(selection, own, bootWim);
  const files = filesOf(content).map(({ path, file }) => ({ path, size: file.content.size }));
  const manifest = manifestPlace({ mediaId, inputs: document.inputs, files });
  const root = overlayTree(content, treeFromFiles([{ path: mediaPath.manifest, content: manifest }]));
  const layout = layoutDisc(root, {
    label: document.label,
    layout: document.layout,
    time: mediaTime,
    ids: discIds(mediaId),
    ...bootOptions(root),
  });
  return {
    mediaId,
    document,
    layout,
    manifestSize: manifest.size,
    size: layout.size,
    regions: layout.regions,
    files: layout.files.map(({ path, size, discOnly }) => ({
      path,
      size,
      discOnly,
      origin: originOf(path, selection),
    })),
    notes: distinct([...notes, ...bootNotes(boot, selection), ...placeNotes(layout)]),
  };
}

async function selectionFor(
  { signingCa, bootFiles, withoutLoader }: BootableSpec,
  boot: BootImage,
): Promise<Selection> {
  if (withoutLoader === true) return selectBiosFiles(boot);
  return selectBootFiles(boot, {
    ...(signingCa === undefined ? {} : { signingCa }),
    ...(bootFiles === undefined ? {} : { bootFiles }),
  });
}

/** Image and selection may tell the same thing: once is enough. */
function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
}

async function inputRecords(
  spec: BootableSpec,
  selection: Selection,
  context: OperationContext,
): Promise<InputRecord[]> {
  const given = selection.files.filter(({ from }) => from === 'boot-files').map(({ target }) => target);
  const sources = filesOf(selection.tree).filter(({ path }) => given.includes(path));
  const inputs: readonly { role: string; source: ByteSource }[] = [
    { role: 'boot-image', source: spec.bootImage },
    ...sources.map(({ path, file }) => ({ role: `boot-file:${path}`, source: file.content })),
    ...siteFiles(spec).map(({ role, content }) => ({ role, source: content })),
  ];
  const digests = await digestSources(
    inputs.map(({ source }) => source),
    context,
    'reading inputs',
  );
  return inputs.map(({ role, source }, index) => ({ role, size: source.size, sha256: digests[index] as string }));
}

function planDocument(
  spec: BootableSpec,
  boot: BootImage,
  selection: Selection,
  inputs: InputRecord[],
): MediaPlanDocument {
  const signingCa = selection.loader?.signingCa ?? 'unknown';
  return {
    type: 'BootMedia',
    tool: { name: 'osdkit', version: spec.toolVersion },
    architecture: boot.facts.architecture ?? 'x64',
    label: spec.label,
    layout: spec.layout,
    signingCa: signingCa === 'unknown' ? (spec.signingCa ?? 'unknown') : signingCa,
    imageIndex: boot.facts.index,
    unattended: spec.unattended,
    start: spec.start ?? null,
    expires: spec.expires ?? null,
    inputs,
    variables: Object.fromEntries(
      spec.variables.filter((variable) => !isSecret(variable)).map((variable) => [variable.name, revealed(variable)]),
    ),
    secretVariables: spec.variables.filter(isSecret).map(({ name }) => variableKey(name)),
  };
}

/** osdkit's own files that lie both on the medium and inside its boot.wim. */
async function ownFiles(spec: BootableSpec, document: MediaPlanDocument, mediaId: string): Promise<NewFile[]> {
  return [
    { path: mediaPath.media, content: memorySource(writeMediaDocument(document)) },
    { path: mediaPath.variables, content: memorySource(await variablesContainer(spec, mediaId)) },
    ...siteFiles(spec).map(({ path, content }) => ({ path, content })),
  ];
}

/** What a site puts on the medium; as inputs they decide the media id. */
function siteFiles({ site }: BootableSpec): (NewFile & { readonly role: string })[] {
  if (!site) return [];
  return [
    { role: 'site-bootstrap', path: mediaPath.bootstrap, content: memorySource(site.bootstrap) },
    ...(site.policy === undefined
      ? []
      : [{ role: 'site-policy', path: mediaPath.policy, content: memorySource(site.policy) }]),
  ];
}

/** The boot image with our files appended, and bootable; what was there is carried over as it is. */
async function bootWimWith(boot: BootImage, own: readonly NewFile[], context: OperationContext): Promise<ByteSource> {
  const changes = own.map(({ path, content }) => ({ op: 'put' as const, path, content }));
  const update = {
    images: [{ index: boot.facts.index, changes }],
    bootIndex: boot.facts.index,
    modified: mediaTime,
  };
  return (await updateWim(boot.image.wim, update, context)).source;
}

function mediumTree(selection: Selection, own: readonly NewFile[], bootWim: ByteSource): DirectoryNode {
  const generated = treeFromFiles([
    ...bootStores({ uefi: selection.loader !== undefined, bios: selection.bios }),
    ...own,
    { path: bootWimPath, content: bootWim },
  ]);
  return overlayTree(selection.tree, generated);
}
