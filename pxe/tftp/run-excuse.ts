/** What of ours a client may have met that had enough, or seems to be gone: said with the end of its transfer. Pure. */
import type { ServedOutcome } from '../content/index.ts';

/** A read that takes longer is worth a word, ms. */
const SLOW_READ = 1000;
/** Ends that say that the client did something, or nothing. */
const ofClients: ReadonlySet<ServedOutcome> = new Set([
  'unconfirmed',
  'aborted',
  'no-answer',
  'gave-up',
  'unreachable',
]);

/** `reading`: for how long a chunk is awaited, ms. `unsent`: what the system said when it last did not send, or nothing. */
export function excuse(outcome: ServedOutcome, reading: number, unsent: string): string {
  if (!ofClients.has(outcome)) return '';
  if (unsent !== '') return `; this computer could not send: ${unsent}`;
  return reading < SLOW_READ ? '' : `; the file was being read for ${Math.floor(reading / 1000)} s`;
}
