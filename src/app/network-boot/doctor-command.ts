/** `pxe doctor`: network boots explained, from a capture or heard; or one simulated against a live server. */
import { type Explanation, type ExplainOptions, explanationText } from '../../../pxe/doctor/index.ts';
import { useCase } from '../use-case.ts';
import { explainCapture } from './doctor-capture.ts';
import { doctorInput, type DoctorInput } from './doctor-input.ts';
import { type HeardBoots, listenForBoots } from './doctor-listen.ts';
import type { SimulatedBoot } from './doctor-simulate.ts';

export interface ExplainedCapture {
  readonly kind: 'pcap';
  readonly file: string;
  readonly explanation: Explanation;
}

export type DoctorResult = ExplainedCapture | HeardBoots | SimulatedBoot;

export const pxeDoctor = useCase({
  name: 'pxe doctor',
  summary: 'explain network boots, recorded or heard, or simulate one',
  effect: 'read',
  input: doctorInput,
  async run(input: DoctorInput, services, context): Promise<DoctorResult> {
    const { pcap, simulate } = input;
    if (simulate !== undefined) {
      // It looks at loaders and their signatures; the other two need nothing of that.
      const { simulateBoot } = await import('./doctor-simulate.ts');
      return simulateBoot({ ...input, simulate }, context);
    }
    if (pcap === undefined) return listenForBoots(input, context);
    const ports = {
      dhcp: new Set([67, 68, 4011, input.dhcpPort, input.bootServerPort]),
      tftp: new Set([69, input.tftpPort]),
      bootServer: new Set([4011, input.bootServerPort]),
    };
    return {
      kind: 'pcap',
      file: pcap,
      explanation: await explainCapture(input, pcap, { ports, ...expected(input) }, services, context),
    };
  },
});

/** What is known of the server. */
function expected({ server, relays }: DoctorInput): ExplainOptions {
  return {
    ...(server === undefined ? {} : { servers: new Set([server]) }),
    ...(relays === undefined ? {} : { settings: { mode: 'proxy', relays: new Set(relays), ignoredMacs: new Set() } }),
  };
}

/** Whether something is wrong that keeps a computer from booting. */
export function isWrong(result: DoctorResult): boolean {
  if (result.kind === 'simulate') return !result.boots;
  const { exchanges, findings } = result.explanation;
  return [...findings, ...exchanges.flatMap((exchange) => exchange.findings)].some(
    ({ severity }) => severity === 'error',
  );
}

/** The result as text. */
export function doctorText(result: DoctorResult): string {
  if (result.kind === 'pcap') return explanationText(result.explanation);
  if (result.kind === 'listen') {
    const { seconds, heard, unheard, explanation } = result;
    const ports = heard.length === 0 ? 'no port' : `${heard.length === 1 ? 'port' : 'ports'} ${heard.join(', ')}`;
    return [
      `Listened for ${seconds} s on ${ports}.`,
      ...unheard.map((text) => `Not heard: ${text}`),
      '',
      explanationText(explanation),
    ].join('\n');
  }
  const width = Math.max(...result.steps.map(({ at }) => String(at).length));
  return [
    `${result.client}, ${result.mac}, against ${result.server}`,
    ...result.steps.map(({ at, text }) => `  ${String(at).padStart(width)} ms  ${text}`),
  ].join('\n');
}
