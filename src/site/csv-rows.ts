/**
 * CSV text to records with their lines. A text without quotes is cut at its line ends, which takes a tenth of the time and lets a
 * line that was read before be known by its text; any other goes through the CSV package.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { siteCode } from './codes.ts';

export interface CsvProblem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint?: string;
  readonly line: number;
  readonly column: number;
}

export interface Row {
  /** Equal for rows with equal cells, under the same separator. */
  readonly key: string;
  readonly cells: () => readonly string[];
  readonly line: number;
}

/** A mistake of a line; a CSV file has no columns that a person counts. */
export function csvProblem(line: number, message: string, hint?: string): CsvProblem {
  const rest = hint === undefined ? {} : { hint };
  return { code: siteCode.SITE_CSV, severity: 'error', message, line, column: 1, ...rest };
}

/** `;` where the first line has one before any comma, as spreadsheets write it in many countries. */
export function separatorOf(text: string): ';' | ',' {
  return /^[^\n,]*;/.test(text) ? ';' : ',';
}

/**
 * The records with the line of each; a file that is no CSV gives one problem. Line ends of all forms are the same, in cells, too:
 * editors and version control mix them.
 */
export function rowsOf(text: string): { rows: Row[]; problems: CsvProblem[] } {
  const even = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  return even.includes('"') ? parsedRows(even) : { rows: plainRows(even), problems: [] };
}

function plainRows(text: string): Row[] {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return;
      rows.push({ key: line, cells: () => line.split(separator).map((cell) => cell.trim()), line: index + 1 });
    });
  return rows;
}

/** As the package reads it; line ends are `\n`. */
export function parsedRows(text: string): { rows: Row[]; problems: CsvProblem[] } {
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    // The package counts the lines up to the end of a record; a record begins after those that its quotes hold.
    return {
      rows: parsed.map(({ record, info }) => ({
        key: JSON.stringify(record),
        cells: () => record,
        line: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0),
      })),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as unknown as { lines?: number }).lines ?? 1;
    return { rows: [], problems: [csvProblem(line, `not CSV: ${error.message.split('\n')[0] ?? ''}`)] };
  }
}
