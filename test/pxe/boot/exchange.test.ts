/** The exchange with one client: decisions that come late, twice, never, or after what they were made from has changed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  advance,
  type ExchangeEvent,
  type ExchangeState,
  EXCHANGE_TIMES,
  newExchange,
} from '../../../pxe/boot/index.ts';
import { choice, request, second } from './samples.ts';

const discover = request({ arch: 7 });
const bootServer = request(second({ arch: 7 }));
const asks = (at: number, which = discover): ExchangeEvent => ({ kind: 'request', request: which, at });
const decided = (at: number, epoch = 0, made = choice()): ExchangeEvent => ({
  kind: 'decided',
  choice: made,
  epoch,
  at,
});

/** Effects of each event in turn, in short words. */
function play(events: readonly ExchangeEvent[]): string[][] {
  let state: ExchangeState = newExchange;
  return events.map((event) => {
    const step = advance(state, event);
    state = step.state;
    return step.effects.map((effect) => (effect.kind === 'note' ? effect.reason : effect.kind));
  });
}

describe('the exchange', () => {
  test('asks once, answers when the decision comes, and 4011 at once from the same decision', () => {
    expect(play([asks(0), decided(20), asks(3000, bootServer)])).toEqual([
      ['ask', 'waiting'],
      ['send', 'redirected'],
      ['send', 'acknowledged'],
    ]);
  });

  test('the newest question of each port waits; repeated ones ask for no second decision', () => {
    const later = request({ arch: 7, header: { xid: 7 } });
    const events = [asks(0), asks(1000, later), asks(2000, bootServer), decided(2500)];
    expect(play(events)).toEqual([
      ['ask', 'waiting'],
      ['waiting'],
      ['waiting'],
      ['send', 'redirected', 'send', 'acknowledged'],
    ]);
    const state = events.slice(0, 3).reduce((before, event) => advance(before, event).state, newExchange);
    const sent = advance(state, decided(2500)).effects.flatMap((effect) =>
      effect.kind === 'send' ? [effect.answer.message.xid] : [],
    );
    expect(sent).toEqual([7, 0xcafe0001]);
  });

  test('a decision that does not come is asked for again; one that comes too late is kept for the next question', () => {
    expect(
      play([asks(0), asks(EXCHANGE_TIMES.askAgain), decided(EXCHANGE_TIMES.askAgain + 10_000), asks(16_000)]),
    ).toEqual([['ask', 'waiting'], ['ask', 'waiting'], ['tooLate'], ['send', 'redirected']]);
  });

  test('a decision that failed is named, and the next question asks anew', () => {
    expect(play([asks(0), { kind: 'failed', text: 'no store', epoch: 0 }, asks(100)])).toEqual([
      ['ask', 'waiting'],
      ['decisionFailed'],
      ['ask', 'waiting'],
    ]);
  });

  test('a choice holds for one exchange', () => {
    const { choiceHolds } = EXCHANGE_TIMES;
    expect(play([asks(0), decided(0), asks(choiceHolds - 1), asks(choiceHolds)])).toEqual([
      ['ask', 'waiting'],
      ['send', 'redirected'],
      ['send', 'redirected'],
      ['ask', 'waiting'],
    ]);
  });

  test('after a change the earlier decision counts no more, not even one that was on its way', () => {
    expect(
      play([asks(0), { kind: 'forget' }, asks(10), decided(20, 0), decided(30, 1, choice({ purpose: 'none' }))]),
    ).toEqual([['ask', 'waiting'], [], ['ask', 'waiting'], [], ['nothingDeployed']]);
  });

  test('another computer behind the same MAC address, or another firmware of the same, gets a decision of its own', () => {
    const guid = (last: number) => ({
      code: 97,
      data: Uint8Array.from([0, ...Array.from({ length: 15 }, () => 1), last]),
    });
    const laptop = request({ arch: 7, options: [guid(1)] });
    const nextLaptop = request({ arch: 7, options: [guid(2)] });
    expect([laptop.client.mac, laptop.client.guid === nextLaptop.client.guid]).toEqual([nextLaptop.client.mac, false]);
    const arm = request({ arch: 11, options: [guid(2)] });
    expect(
      play([
        asks(0, laptop),
        decided(20),
        asks(30, nextLaptop),
        decided(40),
        decided(50, 1),
        asks(60, arm),
        decided(70, 2),
      ]),
    ).toEqual([
      ['ask', 'waiting'],
      ['send', 'redirected'],
      ['ask', 'waiting'],
      // The first laptop's, doubled: not for this one.
      [],
      ['send', 'redirected'],
      ['ask', 'waiting'],
      ['send', 'redirected'],
    ]);
    // Nor does a question that waited get what was decided about another.
    expect(play([asks(0, laptop), asks(10, nextLaptop), decided(20), decided(30, 1)])).toEqual([
      ['ask', 'waiting'],
      ['ask', 'waiting'],
      [],
      ['send', 'redirected'],
    ]);
  });

  test('a decision nobody asked for changes nothing', () => {
    expect(advance(newExchange, decided(0))).toEqual({ state: newExchange, effects: [] });
  });

  test('whatever the order: a question makes at most one reply, and an exchange stays small', () => {
    const event = fc.oneof(
      fc.constantFrom('discover', 'bootServer').map((which) => ({ which })),
      fc.constantFrom('decided', 'failed', 'forget').map((which) => ({ which })),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(20_000), fc.nat(2)), { maxLength: 40 }), (steps) => {
        let state: ExchangeState = newExchange;
        let at = 0;
        let questions = 0;
        let replies = 0;
        for (const [{ which }, delay, epoch] of steps) {
          at += delay;
          if (which === 'discover' || which === 'bootServer') questions += 1;
          const made: ExchangeEvent =
            which === 'discover' || which === 'bootServer'
              ? asks(at, which === 'discover' ? discover : bootServer)
              : which === 'decided'
                ? decided(at, epoch)
                : which === 'failed'
                  ? { kind: 'failed', text: '', epoch }
                  : { kind: 'forget' };
          const step = advance(state, made);
          state = step.state;
          replies += step.effects.filter(({ kind }) => kind === 'send').length;
          expect(replies).toBeLessThanOrEqual(questions);
          expect(state.waiting.length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });
});
