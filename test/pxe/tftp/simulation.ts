/**
 * The reducer against a model of a client over a model of a network, in simulated milliseconds: no clock, no socket.
 */
import {
  blockRange,
  defaultLimits,
  judgeRequest,
  readPacket,
  reduceTransfer,
  startTransfer,
  type Step,
  type Transfer,
  type TransferEvent,
  type TransferLimits,
  wireNumber,
  writePacket,
} from '../../../pxe/tftp/index.ts';
import { randomOf } from '../../fuzz/mutate.ts';
import { type ClientOptions, clientModel } from './client-model.ts';
import { timeline } from './timeline.ts';

export interface Network {
  /** Parts of a million. */
  readonly loss: number;
  readonly doubling: number;
  /** One way, ms; packets leave one after the other, `gap` ms apart. */
  readonly delay: number;
  readonly gap: number;
  /** Parts of a million that come up to `late` ms later, so that others overtake them. */
  readonly overtaken: number;
  readonly late: number;
  /** From this time on every way takes so much longer. */
  readonly slower?: { readonly from: number; readonly by: number };
}

export interface Simulated {
  readonly received: Uint8Array;
  readonly finished: boolean;
  /** Of the last session. */
  readonly transfer: Transfer;
  /** Packets that were lost, doubled, or arrived behind later ones. */
  readonly disturbances: number;
  readonly sessions: number;
  readonly time: number;
}

const clientTimeOut = 4000;
/** A client that has everything listens for so long, ms. */
const dally = 3000;
const patience = 3_600_000;

export function simulate(
  file: Uint8Array,
  options: ClientOptions,
  network: Network,
  seed: number,
  limits: TransferLimits = defaultLimits,
): Simulated {
  const random = randomOf('tftp', seed);
  const events = timeline();
  const client = clientModel(options);
  const arrived = { server: 0, client: 0 };
  const free = { server: 0, client: 0 };
  let now = 0;
  let disturbances = 0;
  let number = 0;
  let transfer: Transfer | null = null;
  let session = 0;
  let heardSession: number | null = null;
  let tickAt = Number.POSITIVE_INFINITY;
  let quietSince = 0;
  let finishedAt = Number.POSITIVE_INFINITY;

  function transmit(to: 'server' | 'client', arrive: () => void): void {
    const copies = random(1_000_000) < network.loss ? 0 : random(1_000_000) < network.doubling ? 2 : 1;
    if (copies !== 1) disturbances++;
    const mine = ++number;
    for (let copy = 0; copy < copies; copy++) {
      const { slower } = network;
      const extra = slower !== undefined && now >= slower.from ? slower.by : 0;
      const late = random(1_000_000) < network.overtaken ? (random(1000) / 1000) * network.late : 0;
      free[to] = Math.max(free[to], now) + network.gap;
      events.add(free[to] + network.delay + extra + late, () => {
        if (arrived[to] > mine) disturbances++;
        arrived[to] = Math.max(arrived[to], mine);
        arrive();
      });
    }
  }

  function fromClient(packets: readonly Uint8Array[]): void {
    for (const bytes of packets) {
      const aim = heardSession;
      transmit('server', () => {
        if (bytes[1] === 1) requested(bytes);
        else if (aim === session) happened({ kind: 'packet', packet: readPacket(bytes), at: now });
      });
    }
  }

  function requested(bytes: Uint8Array): void {
    if (transfer !== null && transfer.outcome === null) return happened({ kind: 'request-again', at: now });
    const judgement = judgeRequest(bytes);
    if (judgement.kind !== 'read') throw new Error(judgement.reason);
    session++;
    apply(startTransfer({ request: judgement.request, size: file.length, limits, active: 1, seed, at: now }));
  }

  function happened(event: TransferEvent): void {
    if (transfer !== null) apply(reduceTransfer(transfer, event));
  }

  function apply(step: Step): void {
    transfer = step.transfer;
    const { blockSize, rollover } = step.transfer.agreement;
    for (const effect of step.effects) {
      if (effect.kind === 'packet') toClient(effect.bytes);
      if (effect.kind !== 'blocks') continue;
      for (let block = effect.first; block < effect.first + effect.count; block++) {
        const { offset, length } = blockRange(block, blockSize, file.length);
        const payload = file.subarray(offset, offset + length);
        toClient(writePacket({ kind: 'data', block: wireNumber(block, rollover), payload }));
      }
    }
    const { deadline } = step.transfer;
    if (deadline < tickAt) {
      tickAt = deadline;
      events.add(deadline, tick);
    }
  }

  function tick(): void {
    if (now < tickAt) return;
    tickAt = Number.POSITIVE_INFINITY;
    if (transfer === null || transfer.outcome !== null) return;
    if (now >= transfer.deadline) return happened({ kind: 'tick', at: now });
    tickAt = transfer.deadline;
    events.add(tickAt, tick);
  }

  function toClient(bytes: Uint8Array): void {
    const from = session;
    transmit('client', () => {
      if (now > finishedAt + dally) return happened({ kind: 'unreachable' });
      heardSession ??= from;
      if (heardSession !== from) return;
      const before = client.blocks;
      const answers = client.receive(bytes);
      if (client.blocks > before || before === 0) quietSince = now;
      fromClient(answers);
      if (client.finished) finishedAt = Math.min(finishedAt, now);
    });
  }

  function watch(): void {
    if (client.finished || (transfer?.outcome != null && client.begun)) return;
    if (now >= quietSince + clientTimeOut) {
      quietSince = now;
      fromClient(client.timeOut());
    }
    events.add(quietSince + clientTimeOut, watch);
  }

  fromClient(client.timeOut());
  events.add(clientTimeOut, watch);
  for (let next = events.take(); next !== null && now < patience; next = events.take()) {
    now = next.at;
    next.run();
  }
  if (transfer === null) throw new Error('the request never arrived');
  return {
    received: client.received(),
    finished: client.finished,
    transfer,
    disturbances,
    sessions: session,
    time: now,
  };
}
