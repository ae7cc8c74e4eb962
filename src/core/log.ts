/** Logging is an interface that is given in, never imported; library code is silent without one. */

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  write(level: LogLevel, message: string, fields?: LogFields): void;
}

/** Drops everything. */
export const silentLog: Log = { write: () => undefined };
