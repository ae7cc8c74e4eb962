/** The engine without sockets, with a clock of the test's own: what it sends, asks and notes is kept. */
import { openEngine } from '../../../pxe/responder/engine.ts';
import type { Arrival, Engine, Outgoing } from '../../../pxe/responder/engine-types.ts';
import {
  type BootNote,
  RESPONDER_LIMITS,
  type ResponderLimits,
  type ResponderSettings,
  type ServedInterface,
} from '../../../pxe/responder/index.ts';
import type { BootChoice, BootClient } from '../../../pxe/boot/index.ts';
import { type DhcpMessage, encodeMessage } from '../../../pxe/dhcp/index.ts';
import { choice, OWN } from '../boot/samples.ts';
import { plainSettings } from './loopback.ts';

export const SERVED: ServedInterface = {
  name: 'lan',
  address: OWN,
  netmask: '255.255.255.0',
  mac: '02:00:00:00:00:99',
};

export interface EngineBench {
  readonly engine: Engine;
  readonly sent: Outgoing[];
  readonly notes: BootNote[];
  readonly asked: Array<{ readonly key: string; readonly epoch: number; readonly client: BootClient }>;
  clock: number;
  /** Sends it a datagram; gives how many replies that made. */
  give(datagram: Uint8Array | DhcpMessage, arrival?: Partial<Arrival>): number;
}

/** `decide`: at once, unless null; then the test answers `asked` by itself. */
export function openEngineBench(
  given: {
    readonly settings?: Partial<ResponderSettings>;
    readonly limits?: Partial<ResponderLimits>;
    readonly decide?: (() => BootChoice) | null;
  } = {},
): EngineBench {
  const sent: Outgoing[] = [];
  const notes: BootNote[] = [];
  const asked: EngineBench['asked'] = [];
  const decide = given.decide === undefined ? () => choice() : given.decide;
  const later: Array<() => void> = [];
  const engine = openEngine({
    served: [SERVED],
    settings: { ...plainSettings, ...given.settings },
    limits: { ...RESPONDER_LIMITS, ...given.limits },
    leases: [],
    now: () => bench.clock,
    wallClock: () => bench.clock,
    later: (_delay, call) => void later.push(call),
    send: (_arrival, reply) => void sent.push(reply),
    ask(ask, client) {
      asked.push({ ...ask, client });
      if (decide !== null) later.push(() => engine.decided(ask, decide()));
    },
    note: (note) => void notes.push(note),
    keep: (_record, done) => done(),
  });
  const bench: EngineBench = {
    engine,
    sent,
    notes,
    asked,
    clock: 0,
    give(datagram, arrival = {}) {
      const before = sent.length;
      const bytes = datagram instanceof Uint8Array ? datagram : encodeMessage(datagram);
      engine.receive(bytes, { served: SERVED, role: 'dhcp', source: { address: '0.0.0.0', port: 68 }, ...arrival });
      for (const call of later.splice(0)) call();
      return sent.length - before;
    },
  };
  return bench;
}
