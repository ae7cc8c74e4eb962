/** The architecture of an image, from two sides that must agree: XML data, and the PE headers of programs inside. */
import type { WimImage } from '../../images/wim/index.ts';
import { bootImageCode } from './codes.ts';
import { readProgram } from './read-file.ts';
import type { Architecture, BootImageProblem, ProgramFacts } from './types.ts';

/** ARCH of the XML data: PROCESSOR_ARCHITECTURE_* (boot-standards 1.4). */
const xmlNames: ReadonlyMap<number, string> = new Map([
  [0, 'x86'],
  [5, 'arm'],
  [6, 'ia64'],
  [9, 'x64'],
  [12, 'arm64'],
]);

/** Programs that are of the architecture of their image; whichever are there are asked. */
const witnesses = [
  'Windows/Boot/EFI/bootmgfw.efi',
  'Windows/Boot/EFI_EX/bootmgfw_EX.efi',
  'Windows/System32/boot/winload.efi',
  'Windows/System32/boot/winload.exe',
  'Windows/System32/winload.efi',
  'Windows/System32/winload.exe',
  'Windows/System32/ntdll.dll',
  'Windows/System32/kernel32.dll',
];

/** Architectures that media can be made for. */
const known: readonly string[] = ['x64', 'arm64', 'x86'] satisfies readonly Architecture[];

export interface ArchitectureFacts {
  readonly architecture: Architecture | undefined;
  readonly programs: readonly ProgramFacts[];
}

/** Reads all witnesses; disagreement, silence and strange machines go to `problems` as errors. */
export async function readArchitecture(image: WimImage, problems: BootImageProblem[]): Promise<ArchitectureFacts> {
  const programs: ProgramFacts[] = [];
  for (const path of witnesses) {
    const program = await readProgram(image, path, problems);
    if (program) programs.push(program);
  }
  const { arch } = image.info;
  const fromXml = arch === undefined ? undefined : (xmlNames.get(arch) ?? `number ${arch}`);
  const claims = [
    ...(fromXml === undefined ? [] : [{ who: 'the XML data', machine: fromXml }]),
    ...programs.map(({ path, machine }) => ({ who: path, machine })),
  ];
  const machines = [...new Set(claims.map(({ machine }) => machine))];
  const [machine] = machines;
  if (machines.length > 1) {
    problems.push({
      code: bootImageCode.BOOT_IMAGE_ARCHITECTURE_DISAGREES,
      severity: 'error',
      message: `image ${image.index} is of several architectures: ${claims.map((c) => `${c.who} says ${c.machine}`).join(', ')}`,
      hint: 'It was assembled from different sources; a PC would load a program that it cannot run. Take an unmixed image.',
    });
    return { architecture: undefined, programs };
  }
  if (machine === undefined || !known.includes(machine)) {
    problems.push({
      code: bootImageCode.BOOT_IMAGE_ARCHITECTURE_UNKNOWN,
      severity: 'error',
      message:
        machine === undefined
          ? `image ${image.index}: neither the XML data nor a program inside tells the architecture`
          : `image ${image.index} is for ${machine}; media can be made for x64, arm64 and x86`,
    });
    return { architecture: undefined, programs };
  }
  return { architecture: machine as Architecture, programs };
}
