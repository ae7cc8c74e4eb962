/** `pxe why`: what a computer would boot now and why, for each firmware, and what the server told it last (PXE-10). */
import * as z from 'zod';
import { ARCHITECTURES, type BootClient, chooseLoader, type Firmware, REASONS } from '../../../pxe/boot/index.ts';
import { coreCode, InternalError, silentLog } from '../../core/index.ts';
import type { Architecture } from '../../model/index.ts';
import type { BootRecord } from '../../store/index.ts';
import { openWholeSite, siteOption } from '../open-site.ts';
import { useCase } from '../use-case.ts';
import { choiceOf } from './decide-choice.ts';
import type { PreparedImages } from './decide-prepared.ts';
import { DECISION_REASONS } from './decide-reasons.ts';
import { asking, type Decision, decideForSite, type DecisionInput } from './decide-rules.ts';
import { type NamedComputer, namedComputer } from './identity-named.ts';
import { pointOf } from './serve-point.ts';
import { withState } from './state-open.ts';

export interface WhyLoader {
  readonly firmware: Firmware;
  readonly architecture: string;
  readonly code: string;
  /** Null: silence. */
  readonly file: string | null;
  readonly menu: boolean;
  /** Why there is silence; null: there is none. */
  readonly silence: string | null;
}

export interface BootWhy {
  readonly computer: string;
  readonly mac: string | null;
  readonly guid: string | null;
  readonly point: string;
  /** `PC1 by smbiosGuid`, `unknown: x64 Unknown Computer`, `conflict: PC1, PC2`. */
  readonly identity: string;
  readonly firmware: Firmware;
  readonly architecture: string;
  readonly code: string;
  readonly reason: string;
  readonly text: string;
  readonly deployment: { readonly id: string; readonly name: string; readonly purpose: string } | null;
  readonly taskSequence: string | null;
  readonly bootImage: {
    readonly id: string;
    readonly name: string;
    readonly architecture: string;
    readonly note: string | null;
  } | null;
  readonly loaders: readonly WhyLoader[];
  readonly state: {
    readonly delivered: readonly { readonly deployment: string; readonly at: string }[];
    readonly tries: readonly { readonly deployment: string; readonly at: string }[];
    readonly start: { readonly deployment: string | null; readonly by: string; readonly expires: string } | null;
    readonly approval: { readonly by: string; readonly at: string } | null;
  };
  /** What the server told it last; null: it never asked, or that was forgotten. */
  readonly last: {
    readonly at: string;
    readonly firmware: string;
    readonly architecture: string;
    readonly code: string;
    readonly text: string;
    readonly delivered: string | null;
  } | null;
  readonly deployments: readonly {
    readonly id: string;
    readonly name: string;
    readonly offered: boolean;
    readonly reasons: readonly { readonly holds: boolean; readonly text: string }[];
  }[];
}

const noRecord: BootRecord = { delivered: [], tries: [], start: null, approval: null };
const time = (at: number): string => new Date(at).toISOString();

export const pxeWhy = useCase({
  name: 'pxe why',
  summary: 'say what a computer boots from the network and why, or why nothing',
  effect: 'read',
  input: z.strictObject({
    /** Name, MAC address or GUID. */
    computer: z.string().min(1),
    site: siteOption,
    point: z.string().min(1).optional(),
    architecture: z.enum(['x64', 'x86', 'arm64']).optional(),
    firmware: z.enum(['bios', 'uefi', 'http', 'ipxe']).optional(),
    /** UTC, ISO 8601. */
    now: z.iso.datetime(),
  }),
  async run(request, { version }, context): Promise<BootWhy> {
    // Warnings of the site are for `site check`: here they would hide the answer.
    const quiet = { ...context, log: silentLog };
    const opened = await openWholeSite(request.site, quiet);
    const { site } = opened;
    const point = pointOf(site, request.point);
    const { preparedImages } = await import('./decide-prepared.ts');
    const images = await preparedImages(opened, point, version, quiet);
    const at = Date.parse(request.now);
    return withState(request.site, false, async (state) => {
      const named = await namedComputer(site, state, request.computer);
      const { firmware, architecture } = firmwareOf(request, named);
      const client = clientOf(firmware, architecture, named);
      const { subject } = asking(site, client);
      const record = subject === null ? noRecord : await state.read(subject, at);
      const input = { site, point, images, client, record, at };
      const kinds =
        firmware === 'ipxe' ? ALL_FIRMWARE : [firmware, ...ALL_FIRMWARE.filter((each) => each !== firmware)];
      const loaders = kinds.map((each) => loaderOf({ ...input, client: clientOf(each, architecture, named) }, images));
      return shown(named, decideForSite(input), { ...input, client }, images, loaders);
    });
  },
});

const ALL_FIRMWARE: readonly Firmware[] = ['bios', 'uefi', 'uefiHttp', 'ipxe'];

/** As asked for, else as it asked last, else as its record says, else UEFI x64. */
function firmwareOf(
  {
    firmware,
    architecture,
  }: { firmware?: 'bios' | 'uefi' | 'http' | 'ipxe' | undefined; architecture?: Architecture | undefined },
  { device, seen }: NamedComputer,
): { readonly firmware: Firmware; readonly architecture: Architecture } {
  const last = ARCHITECTURES.find(({ name }) => name === seen?.architecture);
  const cpu = last === undefined || last.platform === 'bios' || last.cpu === 'other' ? undefined : last.cpu;
  const lastFirmware = ALL_FIRMWARE.find((each) => each === seen?.firmware);
  return {
    firmware:
      firmware === 'http'
        ? 'uefiHttp'
        : (firmware ?? (architecture === undefined ? lastFirmware : undefined) ?? 'uefi'),
    architecture: architecture ?? cpu ?? device?.value.architecture ?? 'x64',
  };
}

const CODES = {
  uefi: { x86: 6, x64: 7, arm64: 11 },
  uefiHttp: { x86: 15, x64: 16, arm64: 19 },
} as const;

function clientOf(firmware: Firmware, cpu: Architecture, { hardware }: NamedComputer): BootClient {
  const code = firmware === 'bios' ? 0 : CODES[firmware === 'uefiHttp' ? firmware : 'uefi'][cpu];
  const architecture = ARCHITECTURES[code];
  if (architecture === undefined) throw new InternalError(coreCode.CORE_UNEXPECTED, `no architecture ${code}`);
  return {
    firmware,
    architecture,
    ...hardware,
    vendorClass: firmware === 'uefiHttp' ? 'HTTPClient' : 'PXEClient',
    ipxeHttp: firmware === 'ipxe',
    maximumReply: 1472,
    quirks: [],
  };
}

type WhyInput = DecisionInput & { readonly client: BootClient };

function loaderOf(input: WhyInput, images: PreparedImages): WhyLoader {
  const decision = decideForSite(input);
  const { client, point } = input;
  const choice = choiceOf(decision, point.value.pxe ?? { enabled: false }, images, client, '0.0.0.0');
  const loader = chooseLoader(client.firmware, choice);
  const { firmware, architecture } = client;
  return {
    firmware,
    architecture: architecture.name,
    code: decision.code,
    file: loader.kind === 'silence' ? null : (loader.file.split(/[\\/]/).at(-1) ?? loader.file),
    menu: loader.kind === 'menu',
    silence: loader.kind === 'silence' ? whySilent(decision, client, REASONS[loader.reason]) : null,
  };
}

function whySilent({ purpose, code, image }: Decision, client: BootClient, usual: string): string {
  if (purpose === 'none') return DECISION_REASONS[code];
  return image?.whyNot(client) ?? usual;
}

function shown(
  { shown: computer, hardware, seen }: NamedComputer,
  decision: Decision,
  { point, client, record, site }: WhyInput,
  images: PreparedImages,
  loaders: readonly WhyLoader[],
): BootWhy {
  const { code, text, candidate, judged } = decision;
  const bootImage = candidate?.bootImage.value;
  return {
    computer,
    ...hardware,
    point: point.name,
    identity: identityText(asking(site, client).identity),
    firmware: client.firmware,
    architecture: client.architecture.name,
    code,
    reason: DECISION_REASONS[code],
    text,
    deployment: candidate && {
      id: candidate.deployment.id,
      name: candidate.deployment.name,
      purpose: candidate.deployment.purpose,
    },
    taskSequence: candidate?.deployment.sequence.name ?? null,
    bootImage: bootImage
      ? {
          id: bootImage.id,
          name: bootImage.name,
          architecture: bootImage.architecture,
          note: images.assumed.get(bootImage.id) ?? null,
        }
      : null,
    loaders,
    state: {
      delivered: record.delivered.map(({ deployment, at }) => ({ deployment, at: time(at) })),
      tries: record.tries.map(({ deployment, at }) => ({ deployment, at: time(at) })),
      start: record.start && {
        deployment: record.start.deployment,
        by: record.start.by,
        expires: time(record.start.expires),
      },
      approval: record.approval && { by: record.approval.by, at: time(record.approval.at) },
    },
    last: seen && {
      at: time(seen.at),
      firmware: seen.firmware,
      architecture: seen.architecture,
      code: seen.code,
      text: seen.text,
      delivered: seen.delivered === null ? null : time(seen.delivered),
    },
    deployments: judged.map(({ id, name, offered, reasons }) => ({
      id,
      name,
      offered,
      reasons: reasons.map(({ holds, text }) => ({ holds, text })),
    })),
  };
}

function identityText(identity: Decision['identity']): string {
  if (identity.kind === 'known') return `${identity.device.name} by ${identity.by}`;
  if (identity.kind === 'unknown') return `unknown: ${identity.target.name}`;
  return `conflict: ${identity.devices.map(({ name }) => name).join(', ')}`;
}
