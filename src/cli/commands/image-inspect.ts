/** `osdkit image inspect`. */
import { imageInspect, type ImageInspection } from '../../app/index.ts';
import { defineCommand } from '../command.ts';
import { formatBytes } from '../quantities.ts';
import { table } from '../table.ts';
import { renderDisc } from './image-inspect-disc.ts';

export const imageInspectCommand = defineCommand({
  useCase: imageInspect,
  declare: (command) =>
    command
      .argument('<file>', 'WIM, ESD or SWM file, ISO, UDF or FAT image, image of a stick')
      .option(
        '--view <name>',
        'file system whose files are counted: udf, rock-ridge, joliet, iso, fat, ... (default: the fullest)',
      )
      .option('--inside <path>', 'WIM file inside the disc image'),
  input: ([file], { view, inside }) => ({ file, view, inside }),
  examples: [
    ['osdkit image inspect winpe.wim', 'images, architecture, boot files, what is missing'],
    ['osdkit image inspect windows.iso', 'file systems, partitions, boot entries, WIMs inside'],
    ['osdkit image inspect winpe.wim --json', 'the same for programs'],
    ['osdkit image inspect windows.iso --inside sources/boot.wim', 'a WIM on a disc, where it lies'],
  ],
  render: (result: ImageInspection) => (result.kind === 'wim' ? renderWim(result) : renderDisc(result)),
});

type WimInspection = Extract<ImageInspection, { readonly kind: 'wim' }>;

function renderWim(result: WimInspection): string {
  const chunks = result.chunkSize > 0 ? `, chunks of ${formatBytes(result.chunkSize)}` : '';
  const lines = [
    result.file,
    ...table([
      ['Size', `${formatBytes(result.size)} (${result.size} bytes)`],
      ['Compression', `${result.compression}${chunks}${result.solid ? ', solid' : ''}`],
      ['Boot index', result.bootIndex === 0 ? 'none' : String(result.bootIndex)],
      ['Part', `${result.part.number} of ${result.part.of}`],
      ['Integrity table', result.integrityTable ? 'yes' : 'no'],
      ['Decoder', result.codec],
    ]),
  ];
  for (const { message, hint } of result.refusedByBootManager) {
    lines.push(`  boot managers refuse it: ${message}${hint === undefined ? '' : `\n    ${hint}`}`);
  }
  for (const image of result.images) {
    lines.push('', `Image ${image.index}: ${image.name ?? '(no name)'}`, ...renderImage(result, image.index));
  }
  return lines.join('\n');
}

function renderImage(result: WimInspection, index: number): string[] {
  const unread = result.unread.find((one) => one.index === index);
  if (unread) return [`  cannot be read: ${unread.message} [${unread.code}]`];
  const facts = result.bootImages.find((one) => one.index === index);
  if (!facts) return [];
  const starts = Object.entries(facts.starts).flatMap(([name, can]) => (can ? [name] : []));
  return [
    ...table([
      ['Windows PE', `${facts.isWinpe ? 'yes' : 'no'}: ${facts.winpeTests.map(({ reason }) => reason).join('; ')}`],
      ['Architecture', facts.architecture ?? 'unknown'],
      ['Version', facts.version ?? 'unknown'],
      ['Languages', facts.languages.join(', ') || 'unknown'],
      ['Flavour', `${facts.flavour}: ${facts.flavourReason}`],
      ['Starts', starts.join(', ') || 'nothing'],
      ...facts.loaders.map((loader) => ['Loader', loaderText(loader)] as const),
      ['Signing CA', facts.signingCas.join(', ') || 'none'],
      ['Engine', facts.missingEngineDlls.length === 0 ? 'ready' : `lacks ${facts.missingEngineDlls.join(', ')}`],
    ]),
    ...facts.problems.map(({ severity, message, code }) => `  ${severity}: ${message} [${code}]`),
  ];
}

type Loader = WimInspection['bootImages'][number]['loaders'][number];

/** Who signed a boot manager, and its security version. */
function loaderText({ path, state, folderCa, signatures, securityVersion, unreadable }: Loader): string {
  const byFolder = folderCa === undefined ? '' : `; by its folder of ${folderCa}`;
  const signed = signatures.map(
    ({ signer, digestMatches, signatureValid }) =>
      `signed by ${signer.issuer} (${signer.subject})${digestMatches && signatureValid ? '' : ', which does not fit the file'}`,
  );
  const text = {
    signed: signed.join(' and '),
    broken: signed.join(' and '),
    unsigned: `not signed${byFolder}`,
    unreadable: `cannot be read: ${unreadable?.message ?? ''}`,
  }[state];
  return `${path}: ${text}${securityVersion === undefined ? '' : `, security version ${securityVersion}`}`;
}
