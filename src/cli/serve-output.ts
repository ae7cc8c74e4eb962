/** Where the events of serving are shown: live table or plain lines on stderr, JSON lines on stdout, log files. */
import { cmtraceLine, jsonLine, type LogRecord, plainLine, recordOf, type ServeHost } from '../app/index.ts';
import { liveScreen, type ScreenOutput } from './live-screen.ts';
import { openLogFile, type LogFile } from './serve-log-file.ts';

export interface ServeOutputOptions {
  readonly json: boolean;
  readonly verbose: boolean;
  /** File of JSON lines; `-`: on stderr, in place of plain lines. */
  readonly log?: string;
  /** File that CMTrace shows. */
  readonly cmtrace?: string;
}

export interface ServeOutput {
  readonly told: ServeHost['told'];
  /** Log files go on in those that have their names now. */
  reopen(): void;
  close(): Promise<void>;
}

export interface OutputPlaces {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ScreenOutput;
}

/** Throws as `openLogFile`. */
export function openServeOutput(options: ServeOutputOptions, places: OutputPlaces): ServeOutput {
  const { json, verbose, log, cmtrace } = options;
  const { stdout, stderr } = places;
  const table = stderr.isTTY === true && !json && log !== '-' ? liveScreen(stderr) : undefined;
  const say = (text: string): void => {
    if (table) table.line(text);
    else stderr.write(`${text}\n`);
  };
  const open = (path: string | undefined, form: (record: LogRecord) => string) => {
    if (path === undefined) return undefined;
    const file = openLogFile(path, (error) => say(`warning: the log ${path} ends here: ${error.message}`));
    return { file, form };
  };
  const files: { file: LogFile; form: (record: LogRecord) => string }[] = [];
  for (const opened of [open(log === '-' ? undefined : log, jsonLine), open(cmtrace, cmtraceLine)]) {
    if (opened) files.push(opened);
  }

  return {
    told(event, machines) {
      table?.update(machines);
      const record = recordOf(event);
      const wanted = verbose || record.level !== 'debug';
      if (wanted) for (const { file, form } of files) file.line(form(record));
      if (json && (verbose || record.event !== 'progress')) stdout.write(`${jsonLine(record)}\n`);
      if (log === '-' && wanted) stderr.write(`${jsonLine(record)}\n`);
      else if (!json && (table === undefined || verbose ? wanted : aboveTable(record))) say(plainLine(record));
    },
    reopen() {
      for (const { file } of files) file.reopen();
    },
    async close() {
      table?.end();
      for (const { file } of files) await file.close();
    },
  };
}

/** What the table does not show: everything but questions and the many small files of a boot. */
function aboveTable({ level, event, fields }: LogRecord): boolean {
  if (level === 'debug') return false;
  if (level !== 'info') return true;
  if (event === 'asked') return false;
  return event !== 'finished' || fields['class'] === 'bootImage' || fields['class'] === 'imageFile';
}
