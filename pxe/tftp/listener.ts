/**
 * Requests: who may ask, what the name means, which thread sends it. Sockets, clocks and the owner are arguments; all
 * transfers of the server are known here, by the address and port of their clients.
 */
import { findRoute, openSticky, openVersions, type ServedFile } from '../content/index.ts';
import { openGate } from './caps.ts';
import type { Asked, Listener, ListenerSettings, OpenQuestion, Question, Running } from './listener-types.ts';
import { wireError } from './packet.ts';
import { errorPacket, judgeRequest } from './request.ts';
import { openTellings, type RefusalKind } from './tellings.ts';

/** Questions to the owner that are open at once: behind that requests wait for the client's next try. */
const MOST_QUESTIONS = 512;
/** So long an answer is waited for, ms. No client is so patient; without an end, lost answers would add up to the most. */
const QUESTION_LIMIT = 30_000;
/** What is shown of a name, characters. */
const SHOWN_NAME = 255;

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** A listener with nothing to serve. Throws InputError (`TFTP_LIMITS`) for caps that let nothing through. */
export function openListener(settings: ListenerSettings): Listener {
  const { now, send } = settings;
  const gate = openGate(settings.caps);
  const sticky = openSticky();
  const versions = openVersions({ version: 0, routes: [] }, settings.released);
  const tellings = openTellings(settings.refused);
  const loads = Array.from({ length: settings.threads }, () => 0);
  /** By the client's address and port. */
  const byKey = new Map<string, Running | 'asked'>();
  /** Until their threads have done with them. */
  const running = new Map<number, Running>();
  /** Those of them that nobody has answered, the oldest first. */
  const unanswered = new Set<Running>();
  /** The oldest first. */
  const questions = new Map<number, OpenQuestion>();
  let transfers = 0;
  let asked = 0;
  let drained: (() => void) | null = null;

  function refuse(kind: RefusalKind, address: string, name = '', reason: string = kind): void {
    tellings.refused(kind, { address, name: name.slice(0, SHOWN_NAME), reason }, now());
  }

  function forgetQuestions(): void {
    for (const [number, { askedAt, key, held }] of questions) {
      if (now() - askedAt < QUESTION_LIMIT) return;
      questions.delete(number);
      byKey.delete(key);
      held.release();
    }
  }

  function datagram(bytes: Uint8Array, address: string, port: number): void {
    // Nothing can be sent to port 0.
    if (drained !== null || port === 0) return;
    if (questions.size > 0) forgetQuestions();
    if (gate.request(address, now()) === 'too-fast') return refuse('too-fast', address);
    const judgement = judgeRequest(bytes);
    if (judgement.kind === 'dropped') return refuse('no-request', address, '', judgement.reason);
    if (judgement.kind === 'refused') {
      send(judgement.bytes, port, address);
      return refuse('bad-request', address, '', judgement.reason);
    }
    const key = `${address}:${port}`;
    const before = byKey.get(key);
    if (before === 'asked') return;
    if (before !== undefined) {
      const { thread, transfer } = before;
      if (same(before.bytes, bytes)) return settings.order(thread, { kind: 'again', transfer });
      settings.order(thread, { kind: 'superseded', transfer });
      byKey.delete(key);
    }
    look({ key, bytes: bytes.slice(), address, port, request: judgement.request, name: judgement.name });
  }

  function look({ key, bytes, address, port, request, name }: Question): void {
    const about = { key, bytes, address, port, request, name };
    const at = now();
    const found = findRoute(versions.current, name, sticky.of(address, at));
    if (found === null) return notFound(about);
    if (found.folder !== null) sticky.note(address, found.folder, at);
    if (found.content !== 'made') return begin({ ...about, found, held: versions.hold() }, found.content);
    if (found.client === null) return notFound(about);
    if (questions.size >= MOST_QUESTIONS) return refuse('too-many-questions', address, request.name);
    byKey.set(about.key, 'asked');
    questions.set(++asked, { ...about, found, held: versions.hold(), askedAt: at });
    settings.make(asked, found.name, found.client);
  }

  function notFound({ port, address, request }: Question): void {
    send(errorPacket(wireError.notFound, 'no such file'), port, address);
    refuse('not-found', address, request.name);
  }

  function begin(about: Asked, file: ServedFile, heard = false): void {
    const { address, port, request, found, held } = about;
    const full = gate.counts().unanswered >= settings.caps.unanswered;
    if (full && !heard) {
      // Answers may wait at other sockets that a busy thread has not come to.
      byKey.set(about.key, 'asked');
      return settings.behind(() => {
        byKey.delete(about.key);
        if (drained === null) begin(about, file, true);
        else held.release();
      });
    }
    if (full) evict();
    const admission = gate.begin(address);
    if (admission !== 'admitted') {
      held.release();
      return refuse(admission, address, request.name);
    }
    const thread = loads.indexOf(Math.min(...loads));
    const transfer = ++transfers;
    const run: Running = { ...about, transfer, thread, answered: false, counted: true };
    loads[thread] = (loads[thread] ?? 0) + 1;
    running.set(transfer, run);
    unanswered.add(run);
    byKey.set(about.key, run);
    const { name: route, client } = found;
    const active = running.size;
    settings.order(thread, { kind: 'start', order: { transfer, address, port, request, route, client, file, active } });
  }

  /** A stranger's requests under many names must not keep out those who answer within milliseconds. */
  function evict(): void {
    const [oldest] = unanswered;
    if (oldest === undefined) return;
    uncount(oldest);
    forget(oldest);
    cancel(oldest, 'too many clients that do not answer');
  }

  function uncount(run: Running): void {
    if (run.counted) gate.end(run.address, run.answered);
    run.counted = false;
    unanswered.delete(run);
  }

  function cancel({ thread, transfer }: Running, message: string): void {
    settings.order(thread, { kind: 'cancel', transfer, message });
  }

  function forget(run: Running): void {
    if (byKey.get(run.key) === run) byKey.delete(run.key);
  }

  function ended(run: Running): void {
    running.delete(run.transfer);
    loads[run.thread] = (loads[run.thread] ?? 1) - 1;
    uncount(run);
    forget(run);
    run.held.release();
    if (running.size === 0) drained?.();
  }

  return {
    datagram,
    publish: (table) => versions.publish(table),
    made(number, file) {
      const about = questions.get(number);
      if (about === undefined) return;
      questions.delete(number);
      byKey.delete(about.key);
      if (file !== null && drained === null) return begin(about, file);
      about.held.release();
      if (drained === null) notFound(about);
    },
    news({ kind, transfer }) {
      const run = running.get(transfer);
      if (run === undefined) return;
      if (kind === 'ended') return ended(run);
      if (kind === 'restart') {
        uncount(run);
        forget(run);
        return drained === null ? look(run) : undefined;
      }
      if (!run.counted || run.answered) return;
      run.answered = true;
      unanswered.delete(run);
      gate.answered();
    },
    drain(ms, done) {
      let over = false;
      drained = () => {
        if (over) return;
        over = true;
        clearTimeout(timer);
        done();
      };
      const timer = setTimeout(() => {
        for (const run of running.values()) cancel(run, 'the server stops');
        if (running.size === 0) drained?.();
      }, ms);
      if (running.size === 0) drained();
    },
    counts: () => ({ ...gate.counts(), refused: tellings.counts() }),
  };
}
