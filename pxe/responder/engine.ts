/**
 * What a datagram leads to, without sockets, clocks and threads: these are given. Decode, admit, classify, step the exchange of the
 * client, and carry out what the step asks for.
 */
import { FormatError } from '../../src/core/index.ts';
import {
  advance,
  type BootRequest,
  type BootSettings,
  classify,
  clientKey,
  type ExchangeEvent,
  type Reason,
  type Received,
} from '../boot/index.ts';
import { addressSet, type DhcpMessage, decodeMessage, NO_ADDRESS } from '../dhcp/index.ts';
import { openAdmission, openWindow } from './admission.ts';
import { countQuestion, isCopy, type Kept, noteQuestion, openExchanges } from './exchanges.ts';
import { openAddressGiver } from './give-address.ts';
import { noteOf, senderOf } from './note-of.ts';
import { openNotes } from './notes.ts';
import { openTally } from './tally.ts';
import type { Arrival, Engine, EngineSurroundings, Outgoing } from './engine-types.ts';
import type { ResponderSettings } from './types.ts';

const PORT = { dhcp: 67, bootServer: 4011 } as const;

export function openEngine(around: EngineSurroundings): Engine {
  const { limits } = around;
  const exchanges = openExchanges(limits.exchanges, limits.exchangeHolds);
  const tally = openTally();
  const note = openNotes(limits.notes, (one) => around.note(one));
  const inAll = openWindow(limits.datagrams);
  const bySource = openWindow(limits.sourceDatagrams);
  let decisionsOpen = 0;
  const admission = openAdmission(limits, () => decisionsOpen);
  const own = new Set(around.served.map(({ address }) => address));
  // A loopback has no MAC address; programs that ask there are no question of ours.
  const macs = new Map(
    around.served
      .filter(({ mac }) => mac !== '00:00:00:00:00:00')
      .map(({ name, mac }) => [name, Buffer.from(mac.replaceAll(':', ''), 'hex')]),
  );
  const byAddress = new Map(around.served.map((served) => [served.address, served]));
  let delayed = 0;
  const addresses = openAddressGiver(around, () => settings.boot.relays, transmit);
  let settings = configured(around.settings);

  function receive(datagram: Uint8Array, arrival: Arrival): void {
    const at = around.now();
    tally.received();
    take(datagram, arrival, at);
    tally.handled(around.now() - at);
  }

  /** Relays speak for many, and so do programs of this computer, such as simulated clients; nobody else can use its address. */
  function take(datagram: Uint8Array, arrival: Arrival, at: number): void {
    const { source, role, served } = arrival;
    if (!inAll.take(at)) return drop(arrival, 'busy', '', at, null);
    // It says that no answer is wanted (RFC 768), and Node refuses to send one there.
    if (source.port === 0) return drop(arrival, 'malformedDatagram', 'source port 0', at, null);
    const many = source.address === NO_ADDRESS || own.has(source.address) || settings.boot.relays.has(source.address);
    if (!many && !bySource.take(at, source.address)) return drop(arrival, 'tooOften', source.address, at, null);
    const message = decoded(datagram, arrival, at);
    if (message === undefined) return;
    if (isOwnQuestion(message, arrival)) return drop(arrival, 'notRequest', 'a question of this server', at, null);
    const received: Received = { message, port: PORT[role], source, ownAddress: served.address };
    const found = classify(received, settings.boot);
    if (found.kind === 'request') return question(found.request, arrival, at);
    const given = addresses.takes(arrival, message, found.reason) ? addresses.answer(arrival, message, null) : null;
    drop(arrival, given?.reason ?? found.reason, given?.text ?? found.text, at, message);
  }

  function decoded(datagram: Uint8Array, arrival: Arrival, at: number): DhcpMessage | undefined {
    // Replies of servers, and our own that come back, need no reading.
    if (datagram[0] !== 1) {
      drop(arrival, 'notRequest', `first byte ${datagram[0] ?? 'none'}`, at, null);
      return undefined;
    }
    try {
      return decodeMessage(datagram);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      drop(arrival, 'malformedDatagram', error.message, at, null);
      return undefined;
    }
  }

  /** Broadcasts come back to the computer that sent them. */
  function isOwnQuestion({ chaddr }: DhcpMessage, { served }: Arrival): boolean {
    return macs.get(served.name)?.equals(chaddr.subarray(0, 6)) === true;
  }

  function drop(arrival: Arrival, reason: Reason, text: string, at: number, message: DhcpMessage | null): void {
    tally.result('none', 'none', reason);
    const made = () => noteOf(arrival, { reason, text, message });
    note(reason, () => senderOf(arrival, message), made, at);
  }

  function question(request: BootRequest, arrival: Arrival, at: number): void {
    const name = clientKey(request.client);
    const key = keyOf(name, request.ownAddress);
    const kept = exchanges.get(key);
    if (kept !== undefined && isCopy(kept, request, at)) return result(request, arrival, 'duplicate', '', at);
    if (kept === undefined && !admission.admit(key, request.stage === 'bootServer', at)) {
      return result(request, arrival, 'busy', '', at);
    }
    const one = kept ?? exchanges.add(key, at);
    if (countQuestion(one, at) > limits.clientQuestions) return result(request, arrival, 'tooOften', name, at);
    noteQuestion(one, request);
    if (kept !== undefined) exchanges.touch(kept, at);
    step(one, { kind: 'request', request, at }, at);
  }

  function step(one: Kept, event: ExchangeEvent, at: number): void {
    const { state, effects } = advance(one.state, event);
    one.state = state;
    /** The reply that the next note is about. */
    let reply: DhcpMessage | null = null;
    for (const effect of effects) {
      if (effect.kind === 'ask') {
        decisionsOpen += 1;
        around.ask({ key: one.key, epoch: effect.epoch }, effect.client, effect.ownAddress);
        continue;
      }
      const { request } = effect;
      const arrival = arrivalOf(request);
      if (arrival === undefined) continue;
      if (effect.kind === 'send') {
        reply = effect.answer.message;
        if (!addresses.on(arrival))
          sendOut(request, arrival, { datagram: effect.answer.datagram, ...effect.answer.to });
        continue;
      }
      if (effect.reason !== 'waiting' && addresses.on(arrival)) addresses.answer(arrival, request.message, reply);
      result(request, arrival, effect.reason, effect.text, at, reply);
      reply = null;
    }
  }

  /** Where a question came in that waited for a decision. */
  function arrivalOf({ ownAddress, port, source }: BootRequest): Arrival | undefined {
    const served = byAddress.get(ownAddress);
    return served === undefined ? undefined : { served, role: port === PORT.dhcp ? 'dhcp' : 'bootServer', source };
  }

  function sendOut(request: BootRequest, arrival: Arrival, outgoing: Outgoing): void {
    if (request.stage !== 'discover' || settings.delay === 0) return transmit(arrival, outgoing);
    if (delayed >= limits.delayed) return tally.sendError();
    delayed += 1;
    around.later(settings.delay, () => {
      delayed -= 1;
      transmit(arrival, outgoing);
    });
  }

  function transmit(arrival: Arrival, outgoing: Outgoing): void {
    tally.sent();
    around.send(arrival, outgoing);
  }

  function result(
    request: BootRequest,
    arrival: Arrival,
    reason: Reason,
    text: string,
    at: number,
    reply: DhcpMessage | null = null,
  ): void {
    // iPXE may name any of 65,536 architectures: a stranger must not make rows.
    const { name, served } = request.client.architecture;
    tally.result(request.stage, served ? name : 'other', reason);
    const made = () => noteOf(arrival, { reason, text, message: request.message, request, reply });
    note(reason, () => senderOf(arrival, request.message), made, at);
  }

  return {
    receive,
    decided({ key, epoch }, made) {
      decisionsOpen = Math.max(0, decisionsOpen - 1);
      const one = exchanges.get(key);
      if (one === undefined) return;
      const at = around.now();
      step(
        one,
        'failed' in made ? { kind: 'failed', text: made.failed, epoch } : { kind: 'decided', choice: made, epoch, at },
        at,
      );
    },
    forget(client) {
      for (const address of own) {
        const key = keyOf(client, address);
        const one = exchanges.get(key);
        if (one !== undefined) step(one, { kind: 'forget' }, around.now());
      }
    },
    forgetAll() {
      for (const [, one] of exchanges.all()) step(one, { kind: 'forget' }, around.now());
    },
    reconfigure(changed) {
      settings = configured(changed);
      addresses.reconfigure(changed);
    },
    expire: () => exchanges.expire(around.now()),
    sendFailed: () => tally.sendError(),
    counts: () => ({
      ...tally.counts(),
      exchanges: exchanges.size(),
      decisionsOpen,
      leases: addresses.active(),
    }),
  };
}

const keyOf = (client: string, ownAddress: string): string => `${client} ${ownAddress}`;

function configured({ mode, relays, ignoredMacs, delay }: ResponderSettings) {
  const boot: BootSettings = { mode, relays: addressSet(relays), ignoredMacs: new Set(ignoredMacs) };
  return { boot, delay };
}
