/**
 * The exchange with one client as a reducer: (state, event) -> (state, effects). Decisions take time and come from `BootDecider`; the
 * state keeps the newest question of each port until then, and the choice for the length of one exchange, so that the offer and
 * the reply on 4011 say the same. It may be lost at any time: the client asks again.
 */
import { type Answer, answer } from './answer.ts';
import type { BootClient } from './client.ts';
import type { BootChoice } from './decider.ts';
import type { Reason } from './reasons.ts';
import type { BootRequest } from './request.ts';

/** Times are milliseconds of any clock that never goes back. */
export type ExchangeEvent =
  | { readonly kind: 'request'; readonly request: BootRequest; readonly at: number }
  | { readonly kind: 'decided'; readonly choice: BootChoice; readonly epoch: number; readonly at: number }
  | { readonly kind: 'failed'; readonly text: string; readonly epoch: number }
  /** What the decision was made from has changed: the image was delivered, the device cleared, the site edited. */
  | { readonly kind: 'forget' };

export type ExchangeEffect =
  /** `epoch` comes back with the decision. */
  | { readonly kind: 'ask'; readonly client: BootClient; readonly ownAddress: string; readonly epoch: number }
  | { readonly kind: 'send'; readonly request: BootRequest; readonly answer: Extract<Answer, { kind: 'reply' }> }
  /** For the log and `pxe why`; `text` is the decision's own. */
  | { readonly kind: 'note'; readonly request: BootRequest; readonly reason: Reason; readonly text: string };

export interface ExchangeState {
  readonly waiting: ReadonlyArray<{ readonly request: BootRequest; readonly at: number }>;
  /** One more after each `forget`: a decision of an earlier epoch was made from what is no longer so. */
  readonly epoch: number;
  /** When the decision was last asked for that has not come yet. */
  readonly asked: number | null;
  readonly decided: { readonly choice: BootChoice; readonly at: number } | null;
  /** Whom question and decision are about. */
  readonly about: BootClient | null;
}

export const newExchange: ExchangeState = { waiting: [], epoch: 0, asked: null, decided: null, about: null };

export interface ExchangeTimes {
  /** How long a choice holds; firmware asks for 4 + 8 + 16 + 32 s (PXE 2.1). */
  readonly choiceHolds: number;
  /** A question that is older gets no answer: on 4011 a client waits for 1 + 2 + 3 + 4 s. */
  readonly questionHolds: number;
  /** After this a decision that has not come is asked for again. */
  readonly askAgain: number;
}

export const EXCHANGE_TIMES: ExchangeTimes = { choiceHolds: 60_000, questionHolds: 10_000, askAgain: 5_000 };

export interface Step {
  readonly state: ExchangeState;
  readonly effects: readonly ExchangeEffect[];
}

/** One step. Throws nothing; changes nothing that it was given. */
export function advance(state: ExchangeState, event: ExchangeEvent, times: ExchangeTimes = EXCHANGE_TIMES): Step {
  if (event.kind === 'request') return onRequest(state, event.request, event.at, times);
  if (event.kind === 'forget') return { state: { ...newExchange, epoch: state.epoch + 1 }, effects: [] };
  if (state.asked === null || event.epoch !== state.epoch) return { state, effects: [] };
  if (event.kind === 'decided') return onDecided(state, event.choice, event.at, times);
  const effects = state.waiting.map(
    ({ request }): ExchangeEffect => ({ kind: 'note', request, reason: 'decisionFailed', text: event.text }),
  );
  return { state: { ...state, waiting: [], asked: null }, effects };
}

function onRequest(before: ExchangeState, request: BootRequest, at: number, times: ExchangeTimes): Step {
  const { about } = before;
  const other = about !== null && !decidedAlike(about, request.client);
  const state = other ? { ...newExchange, epoch: before.epoch + 1 } : before;
  const { decided } = state;
  if (decided !== null && at - decided.at < times.choiceHolds) {
    return { state, effects: answered(request, decided.choice) };
  }
  const asking = state.asked !== null && at - state.asked < times.askAgain;
  const others = state.waiting.filter((waiting) => waiting.request.port !== request.port);
  const waiting = [...others, { request, at }];
  const note: ExchangeEffect = { kind: 'note', request, reason: 'waiting', text: '' };
  return {
    state: { ...state, waiting, asked: asking ? state.asked : at, decided: null, about: request.client },
    effects: asking
      ? [note]
      : [{ kind: 'ask', client: request.client, ownAddress: request.ownAddress, epoch: state.epoch }, note],
  };
}

/**
 * Whether one decision serves both. One MAC address may be two computers with the same dock or adapter, or one whose firmware was
 * set to another mode, or whose boot program asks again.
 */
function decidedAlike(a: BootClient, b: BootClient): boolean {
  return (
    a.guid === b.guid &&
    a.firmware === b.firmware &&
    a.architecture.name === b.architecture.name &&
    a.ipxeHttp === b.ipxeHttp
  );
}

function onDecided(state: ExchangeState, choice: BootChoice, at: number, times: ExchangeTimes): Step {
  const effects = state.waiting.flatMap((waiting): readonly ExchangeEffect[] =>
    at - waiting.at < times.questionHolds
      ? answered(waiting.request, choice)
      : [{ kind: 'note', request: waiting.request, reason: 'tooLate', text: choice.why.text }],
  );
  return { state: { ...state, waiting: [], asked: null, decided: { choice, at } }, effects };
}

function answered(request: BootRequest, choice: BootChoice): readonly ExchangeEffect[] {
  const found = answer(request, choice);
  const note: ExchangeEffect = { kind: 'note', request, reason: found.reason, text: choice.why.text };
  return found.kind === 'reply' ? [{ kind: 'send', request, answer: found }, note] : [note];
}
