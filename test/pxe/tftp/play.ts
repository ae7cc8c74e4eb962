/** One transfer driven event by event. */
import {
  defaultLimits,
  type Effect,
  readPacket,
  reduceTransfer,
  startTransfer,
  type Step,
  type TftpPacket,
  type TransferEvent,
} from '../../../pxe/tftp/index.ts';

export const ack = (block: number, at: number, window: number | null = null): TransferEvent => ({
  kind: 'packet',
  packet: { kind: 'ack', block, window },
  at,
});
export const error = (code: number, message = 'x'): TransferEvent => ({
  kind: 'packet',
  packet: { kind: 'error', code, message },
  at: 1,
});

export interface Play {
  readonly step: Step;
  readonly effects: readonly (readonly Effect[])[];
}

export function play(
  asked: Readonly<Record<string, string>>,
  size: number,
  events: readonly TransferEvent[],
  seed = 7,
): Play {
  const options = Object.entries(asked).map(([name, value]) => ({ name, value }));
  const request = { kind: 'read', name: 'a', mode: 'octet', options } as const;
  let step = startTransfer({ request, size, limits: defaultLimits, active: 1, seed, at: 0 });
  const effects = [step.effects];
  for (const event of events) {
    step = reduceTransfer(step.transfer, event);
    effects.push(step.effects);
  }
  return { step, effects };
}

export const last = ({ effects }: Play): readonly Effect[] => effects.at(-1) ?? [];
export const blocks = (first: number, count: number): Effect => ({ kind: 'blocks', first, count });
export const packetOf = (effect: Effect | undefined): TftpPacket | null =>
  effect?.kind === 'packet' ? readPacket(effect.bytes) : null;
