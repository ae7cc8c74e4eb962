/** An event as one record of the log: level, a sentence, and fields. Sinks turn it into a line; none of them knows events. */
import type { LogFields, LogLevel } from '../../core/index.ts';
import { shownClient, type AskedEvent, type ServeEvent, type TimedEvent, type TransferEvent } from './live-event.ts';
import { shortFile } from './live-machines.ts';
import { megabytes } from './live-table.ts';

export interface LogRecord {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly level: LogLevel;
  /** Stable word for programs: `asked`, `started`, `progress`, `finished`, `refused`, `rival`, or a notice's code. */
  readonly event: string;
  readonly message: string;
  readonly boot: string | null;
  readonly fields: LogFields;
}

/** The record of an event. */
export function recordOf({ at, event, boot }: TimedEvent): LogRecord {
  return { at, boot, ...partsOf(event) };
}

type Parts = Pick<LogRecord, 'level' | 'event' | 'message' | 'fields'>;

function partsOf(event: ServeEvent): Parts {
  switch (event.kind) {
    case 'asked':
      return asked(event);
    case 'transfer':
      return transferred(event);
    case 'refused': {
      const message = `${who(event)} asked for ${JSON.stringify(event.file)} by ${event.protocol}: ${event.reason}`;
      const { protocol, file, reason } = event;
      return { level: 'debug', event: 'refused', message, fields: { ...named(event), protocol, file, reason } };
    }
    case 'rival':
      return {
        level: 'warning',
        event: 'rival',
        message: `another server answers boot clients here: ${event.text}`,
        fields: { ip: event.address, text: event.text },
      };
    default:
      return { level: event.level, event: event.code, message: event.text, fields: event.fields ?? {} };
  }
}

function asked(event: AskedEvent): Parts {
  const { firmware, architecture, stage, answered, reason, text, guid, file, relay, left } = event;
  const kind = firmware === 'ipxe' ? `iPXE, ${architecture ?? ''}` : (architecture ?? '');
  const words = [reason, ...(text === '' ? [] : [text]), ...(file === null ? [] : [file])].join(': ');
  return {
    level: reason === 'waiting' ? 'debug' : 'info',
    event: 'asked',
    message: `${who(event)}${kind === '' ? '' : ` (${kind})`} ${stage}: ${words}`,
    fields: { ...named(event), guid, firmware, architecture, stage, answered, reason, text, file, relay, left },
  };
}

/** Levels: the probe that EDK2 breaks off is normal, and files of boot managers come by the dozen. */
function transferred(event: TransferEvent): Parts {
  const { phase, protocol, file, fileClass, bytes, size, seconds, outcome, detail } = event;
  const rate = seconds > 0 ? bytes / seconds : 0;
  const fields = {
    ...named(event),
    protocol,
    file,
    class: fileClass,
    bytes,
    size,
    seconds: Number(seconds.toFixed(3)),
    mbPerSecond: Number((rate / 1e6).toFixed(2)),
    outcome,
    ...detail,
  };
  const name = shortFile(file);
  if (phase !== 'finished') {
    const done = size > 0 ? `, ${Math.floor((100 * bytes) / size)} %` : '';
    const message = `${who(event)} ${phase === 'started' ? 'loads' : 'is loading'} ${name} by ${protocol}${done}`;
    return { level: 'debug', event: phase, message, fields };
  }
  // EDK2 asks for the size and breaks off; the transfer comes next.
  if (outcome === 'probed') {
    return {
      level: 'info',
      event: 'finished',
      message: `${who(event)} asked for the size of ${name} by ${protocol}`,
      fields,
    };
  }
  const amounts = `${bytes} of ${size} bytes in ${seconds.toFixed(2)} s, ${megabytes(rate)} MB/s`;
  const good = outcome === 'delivered' || outcome === 'unconfirmed';
  const message = `${who(event)} ${name} by ${protocol}: ${outcome ?? 'ended'}, ${amounts}`;
  return { level: good ? 'info' : 'warning', event: 'finished', message, fields };
}

interface Named {
  readonly client: string | null;
  readonly address: string | null;
}

function who({ client, address }: Named): string {
  const name = client === null ? null : shownClient(client);
  if (name === null) return address ?? 'a client';
  return address === null ? name : `${name} at ${address}`;
}

function named({ client, address }: Named): LogFields {
  const mac = client !== null && !client.startsWith('g') ? shownClient(client) : null;
  const guid = client?.startsWith('g') === true ? { guid: shownClient(client) } : {};
  return { ip: address, mac, ...guid };
}
