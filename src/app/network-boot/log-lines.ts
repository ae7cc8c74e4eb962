/** A record of the log as one line: JSON, CMTrace's form, or plain words. No line holds a line break or a control character. */
import type { LogLevel } from '../../core/index.ts';
import { visible } from './live-table.ts';
import type { LogRecord } from './log-record.ts';

/** One JSON object: `time` in UTC, `level`, `event`, `message`, `boot`, then the fields of the event. */
export function jsonLine({ at, level, event, message, boot, fields }: LogRecord): string {
  const object = { time: new Date(at).toISOString(), level, event, message, boot, ...fields };
  // JSON lets C1 controls and marks of direction through; terminals obey them.
  return JSON.stringify(object).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i).toString(16).padStart(4, '0'))
    .map((code) => `\\u${code}`)
    .join('');
}

const cmtraceType: Readonly<Record<LogLevel, 1 | 2 | 3>> = { debug: 1, info: 1, warning: 2, error: 3 };

/**
 * A line that CMTrace and OneTrace show in columns (peers 4.2): the time is UTC with the offset +000, as OneTrace writes it,
 * so that a line never depends on the time zone. The end mark inside a message is broken up; nothing can be escaped there.
 */
export function cmtraceLine({ at, level, event, message, boot, fields }: LogRecord): string {
  const [date = '', time = ''] = new Date(at).toISOString().slice(0, 23).split('T');
  const [year, month, day] = date.split('-');
  const shown = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
  const more = shown.length === 0 ? '' : ` | ${shown.map(([key, value]) => `${key}=${String(value)}`).join(' ')}`;
  const text = visible(`${message}${more}`).replaceAll(']LOG]!>', ']LOG] !>');
  const place = `context="${attribute(boot ?? '')}" type="${cmtraceType[level]}" thread="1" file="${attribute(event)}:1"`;
  return `<![LOG[${text}]LOG]!><time="${time}+000" date="${month}-${day}-${year}" component="osdkit" ${place}>`;
}

function attribute(text: string): string {
  return visible(text).replaceAll(/["<>]/g, '?');
}

/** For people: the time of the day in UTC, the level where it is not `info`, the sentence. */
export function plainLine({ at, level, message }: LogRecord): string {
  const time = new Date(at).toISOString().slice(11, 19);
  const word = level === 'info' || level === 'debug' ? '' : `${level}: `;
  return visible(`${time} ${word}${message}`);
}
