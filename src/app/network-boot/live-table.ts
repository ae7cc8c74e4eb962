/** The live table as lines of text: one a computer, those that load first. Nothing in it is as a client wrote it. */
import { shownClient } from './live-event.ts';
import type { LiveMachine, LiveMachines, MachineState } from './live-machines.ts';

const order: readonly MachineState[] = ['loading', 'offered', 'asking', 'broken', 'refused', 'booted'];

/** At most `rows` lines of at most `columns` characters; none without computers. */
export function liveTable(machines: LiveMachines, columns: number, rows: number): string[] {
  const all = [...machines.values()].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.at - a.at);
  if (all.length === 0 || rows < 3) return [];
  const shown = all.slice(0, all.length > rows - 1 ? rows - 2 : rows - 1);
  const cells = [['COMPUTER', 'ADDRESS', 'STATE', 'FILE', 'DONE', 'MB/s', 'REASON'], ...shown.map(cellsOf)];
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  if (shown.length < all.length) lines.push(`and ${all.length - shown.length} more`);
  return lines.map((line) => visible(line).slice(0, Math.max(1, columns)).trimEnd());
}

function cellsOf(machine: LiveMachine): string[] {
  const { client, address, state, file, bytes, size, rate, reason } = machine;
  const done = size > 0 ? `${Math.floor((100 * bytes) / size)} %` : '';
  const speed = rate > 0 ? megabytes(rate) : '';
  return [shownClient(client), address ?? '', state, file ?? '', done, speed, reason].map(visible);
}

/** Bytes a second as MB/s (10^6 bytes). */
export function megabytes(rate: number): string {
  return (rate / 1e6).toFixed(rate < 1e7 ? 1 : 0);
}

/** Text for one line of a terminal or a log: characters that steer it, and those that turn or hide text, as `?`. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '?');
}
