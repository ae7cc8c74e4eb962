/** The live table and the id that joins DHCP, TFTP and HTTP of one start. */
import { describe, expect, test } from 'vitest';
import { openBoots } from '../../../../src/app/network-boot/live-boots.ts';
import { type ServeEvent, shownClient, type TransferEvent } from '../../../../src/app/network-boot/live-event.ts';
import {
  LIVE_LIMIT,
  type LiveMachine,
  type LiveMachines,
  noteEvent,
} from '../../../../src/app/network-boot/live-machines.ts';
import { liveTable } from '../../../../src/app/network-boot/live-table.ts';
import { asked, transfer } from './serve-events.ts';

const client = '525400123456';

/** The table after events that come a second apart. */
function after(events: readonly ServeEvent[]): LiveMachines {
  const machines = new Map<string, LiveMachine>();
  for (const [i, event] of events.entries()) {
    noteEvent(machines, { at: i * 1000, event, boot: null }, 'client' in event ? event.client : null);
  }
  return machines;
}

test('a computer is shown as people write it', () => {
  expect(shownClient(client)).toBe('52:54:00:12:34:56');
  expect(shownClient('g4c4c454400424a108057c7c04f4e3258')).toBe('4c4c4544-0042-4a10-8057-c7c04f4e3258');
  expect(shownClient('odd')).toBe('odd');
});

describe('one boot', () => {
  test('has one id from the question to the image, also where only the address tells whose file it is', () => {
    const boots = openBoots('run');
    const first = boots.idOf(asked({ client, address: null }), 0);
    expect(first).toBe('run-1');
    expect(boots.idOf(transfer({ client, address: '10.0.0.7', fileClass: 'loader' }), 1000)).toBe(first);
    expect(boots.idOf(transfer({ client: null, address: '10.0.0.7', fileClass: 'bcd' }), 2000)).toBe(first);
    expect(boots.clientAt('10.0.0.7', 2000)).toBe(client);
    // iPXE started by the firmware asks again: the same start.
    expect(boots.idOf(asked({ client }), 3000)).toBe(first);
  });

  test('ends with the delivered image, or with silence', () => {
    const boots = openBoots('run');
    boots.idOf(asked({ client }), 0);
    boots.idOf(transfer({ client, fileClass: 'bootImage', phase: 'finished', outcome: 'delivered' }), 1000);
    expect(boots.idOf(asked({ client }), 2000)).toBe('run-2');
    expect(boots.idOf(asked({ client }), 3000)).toBe('run-2');
    expect(boots.idOf(asked({ client }), 200_000)).toBe('run-3');
  });

  test('of nobody has no id, and an address is forgotten with time', () => {
    const boots = openBoots('run');
    expect(boots.idOf(transfer({ client: null, address: '10.0.0.9' }), 0)).toBeNull();
    expect(boots.idOf({ kind: 'rival', address: '10.0.0.1', text: 'x' }, 0)).toBeNull();
    boots.idOf(transfer({ client, address: '10.0.0.9' }), 0);
    expect(boots.clientAt('10.0.0.9', 31 * 60_000)).toBeNull();
  });

  test('strangers do not fill the memory: the one silent longest is forgotten', () => {
    const boots = openBoots('run', { computers: 2 });
    for (const mac of ['000000000001', '000000000002', '000000000003']) boots.idOf(asked({ client: mac }), 0);
    expect(boots.idOf(asked({ client: '000000000003' }), 1)).toBe('run-3');
    expect(boots.idOf(asked({ client: '000000000001' }), 1)).toBe('run-4');
  });
});

describe('a computer in the table', () => {
  const states = (events: readonly ServeEvent[]) => after(events).get(client);

  test('asks, loads, has booted', () => {
    expect(states([asked({ reason: 'waiting' })])).toMatchObject({ state: 'asking' });
    expect(states([asked({ answered: true, reason: 'offered', text: 'required' })])).toMatchObject({
      state: 'offered',
      reason: 'required',
    });
    const half: Partial<TransferEvent> = { phase: 'progress', bytes: 50_000_000, size: 100_000_000, seconds: 2 };
    expect(states([asked({}), transfer(half)])).toMatchObject({ state: 'loading', file: 'boot.wim', rate: 25e6 });
    const whole = transfer({ phase: 'finished', outcome: 'delivered', bytes: 100, size: 100, fileClass: 'bootImage' });
    expect(states([asked({}), whole])).toMatchObject({ state: 'booted' });
  });

  test('that got nothing says why; a broken transfer says how it ended; the probe of EDK2 changes nothing', () => {
    expect(states([asked({ answered: false, reason: 'nothingDeployed', text: '' })])).toMatchObject({
      state: 'refused',
      reason: 'nothingDeployed',
    });
    expect(states([transfer({ phase: 'finished', outcome: 'timeout' })])).toMatchObject({
      state: 'broken',
      reason: 'timeout',
    });
    const before = states([asked({ answered: true, reason: 'offered' })]);
    const probed = states([
      asked({ answered: true, reason: 'offered' }),
      transfer({ phase: 'finished', outcome: 'probed' }),
    ]);
    expect(probed?.state).toBe(before?.state);
  });

  test('of which there are too many: the oldest leave', () => {
    const events = Array.from({ length: LIVE_LIMIT + 5 }, (_, i) =>
      asked({ client: i.toString(16).padStart(12, '0') }),
    );
    const machines = after(events);
    expect(machines.size).toBe(LIVE_LIMIT);
    expect(machines.has('000000000000')).toBe(false);
  });
});

describe('the table as text', () => {
  test('shows who loads first, cut to the terminal, with the rest counted', () => {
    const machines = after([
      asked({ client: '000000000001', answered: false, reason: 'nothingDeployed', text: '' }),
      transfer({ client: '000000000002', phase: 'progress', bytes: 30e6, size: 60e6, seconds: 1, address: '10.0.0.2' }),
      asked({ client: '000000000003', answered: true, reason: 'offered', text: 'required: ABC20001' }),
    ]);
    const lines = liveTable(machines, 200, 10);
    expect(lines[0]).toMatch(/^COMPUTER +ADDRESS +STATE +FILE +DONE +MB\/s +REASON$/);
    expect(lines[1]).toMatch(/^00:00:00:00:00:02 +10\.0\.0\.2 +loading +boot\.wim +50 % +30$/);
    expect(lines[2]).toMatch(/^00:00:00:00:00:03 +offered +required: ABC20001$/);
    expect(lines[3]).toMatch(/refused +nothingDeployed$/);
    expect(liveTable(machines, 200, 3).at(-1)).toBe('and 2 more');
    expect(liveTable(machines, 20, 10).every((line) => line.length <= 20)).toBe(true);
    expect(liveTable(new Map(), 80, 24)).toEqual([]);
  });

  test('never lets through what steers a terminal', () => {
    const evil = '\u001b[2Jx\u009b31m\u202eboot\r\nlie';
    const lines = liveTable(after([asked({ reason: 'x', text: evil }), transfer({ file: `b/i/c/${evil}` })]), 300, 24);
    expect(lines.join('|')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
