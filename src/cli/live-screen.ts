/** The live table at the bottom of a terminal, with lines that scroll by above it. */
import { liveTable, type LiveMachines } from '../app/index.ts';
import type { ProgressOutput } from './progress-line.ts';

export interface ScreenOutput extends ProgressOutput {
  readonly rows?: number;
}

export interface LiveScreen {
  /** A line above the table; stays. */
  line(text: string): void;
  update(machines: LiveMachines): void;
  /** The table stays as it is; what follows comes below it. */
  end(): void;
}

/** Milliseconds between two drawings. */
const pause = 250;

/** Texts must be free of control characters; `liveTable` and the lines of the log are. */
export function liveScreen(output: ScreenOutput): LiveScreen {
  let machines: LiveMachines = new Map();
  let drawn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const erase = (): void => {
    if (drawn > 0) output.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const draw = (): void => {
    timer = undefined;
    const { columns = 0, rows = 0 } = output;
    // The last column wraps on some terminals, and a table higher than the screen could not be erased.
    const lines = liveTable(machines, (columns > 0 ? columns : 80) - 1, Math.min((rows > 0 ? rows : 24) - 2, 40));
    erase();
    if (lines.length > 0) output.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const soon = (): void => {
    timer ??= setTimeout(draw, pause);
  };

  return {
    line(text) {
      erase();
      // A line of progress may stand there.
      output.write(`\r\x1b[K${text}\n`);
      soon();
    },
    update(now) {
      machines = now;
      soon();
    },
    end() {
      clearTimeout(timer);
      draw();
      drawn = 0;
    },
  };
}
