/** A log file that grows by lines: appended to, opened anew on SIGHUP for those who rotate logs, never in the way of serving. */
import { createWriteStream, openSync, type WriteStream } from 'node:fs';
import { toOsdkitError } from '../core/index.ts';

export interface LogFile {
  line(text: string): void;
  /** Goes on in the file that has the name now. */
  reopen(): void;
  close(): Promise<void>;
}

/** Bytes that wait for a slow disk; lines beyond them are dropped, and their number is told in the file. */
const longestQueue = 16 * 1024 * 1024;

/**
 * Opens or makes the file. Throws EnvironmentError and InputError as the system does; what goes wrong later is told once to
 * `failed` and ends the log alone.
 */
export function openLogFile(path: string, failed: (error: Error) => void): LogFile {
  let stream: WriteStream | undefined;
  let dropped = 0;
  const begin = (): void => {
    // Opened at once: between a rename and a lazy opening lines would go to the wrong file.
    const made = createWriteStream(path, { fd: openSync(path, 'a') });
    made.on('error', (error) => {
      if (stream !== made) return;
      stream = undefined;
      failed(error);
    });
    stream = made;
  };
  try {
    begin();
  } catch (error) {
    throw toOsdkitError(error, `writing the log ${path}`);
  }
  return {
    line(text) {
      if (stream === undefined) return;
      if (stream.writableLength > longestQueue) {
        dropped++;
        return;
      }
      if (dropped > 0) stream.write(`${JSON.stringify({ level: 'warning', event: 'dropped', dropped })}\n`);
      dropped = 0;
      stream.write(`${text}\n`);
    },
    reopen() {
      stream?.end();
      try {
        begin();
      } catch (error) {
        stream = undefined;
        failed(toOsdkitError(error, `writing the log ${path}`));
      }
    },
    async close() {
      const last = stream;
      stream = undefined;
      if (last !== undefined) await new Promise<void>((resolve) => last.end(resolve));
    },
  };
}
