/** What the owner hears of each datagram, so that neither a flood nor ordinary DHCP traffic drowns it. */
import type { Reason } from '../boot/index.ts';
import { openWindow } from './admission.ts';
import type { BootNote } from './types.ts';

/** Said once a minute for one sender: they come with every datagram of computers that boot nothing, or of a flood. */
const SELDOM: ReadonlySet<Reason> = new Set<Reason>([
  'notRequest',
  'malformedDatagram',
  'malformed',
  'notBootClient',
  'noMessageType',
  'messageType',
  'addressRequest',
  'architectureMissing',
  'architectureNotServed',
  'noIdentity',
  'macIgnored',
  'relayNotAllowed',
  'otherServer',
  'sourceMismatch',
  'notOnThisPort',
  'duplicate',
  'tooOften',
  'busy',
  'addressGiven',
]);
const MINUTE = 60_000;
const SENDERS = 4096;

export type UncountedNote = Omit<BootNote, 'left'>;

/** Gives on at most `limit` notes a second, and makes no more. `waiting` is never one: the decision follows. */
export function openNotes(limit: number, give: (note: BootNote) => void) {
  const window = openWindow(limit);
  let said = new Set<string>();
  let since = 0;
  let left = 0;
  return (reason: Reason, sender: () => string, made: () => UncountedNote, at: number): void => {
    if (reason === 'waiting') return;
    if (SELDOM.has(reason)) {
      if (at - since >= MINUTE) {
        said = new Set();
        since = at;
      }
      const key = `${reason} ${sender()}`;
      if (said.has(key)) return;
      if (said.size >= SENDERS) {
        left += 1;
        return;
      }
      said.add(key);
    }
    if (!window.take(at)) {
      left += 1;
      return;
    }
    give({ ...made(), left });
    left = 0;
  };
}
