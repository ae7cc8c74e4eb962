/** Turns what came over a VM's serial port into lines: firmware mixes its terminal codes into everything printed. */

/** First words of each line our boot programs print; tests look at these lines alone. */
export const SAMPLE_LINE = 'osdkit-sample:';

const ESCAPE = '\u001b';

// ECMA-48, each as it stands behind ESC. EDK2's terminal driver sends colours, clears and cursor moves this way.
const CURSOR_MOVE = /^\[[0-9;]*[Hf]/;
const OTHER_SEQUENCE = /^(?:\[[0-?]*[ -/]*[@-~]|[@-Z\\^_=>78c])/;

function withoutTerminalCodes(raw: string): string {
  const [first = '', ...rest] = raw.split(ESCAPE);
  return first + rest.map((part) => part.replace(CURSOR_MOVE, '\n').replace(OTHER_SEQUENCE, '')).join('');
}

/**
 * Lines of a serial stream without terminal codes. A cursor move starts a new line: SeaBIOS and EDK2 move instead of
 * sending a line feed after clearing the screen.
 */
export function serialLines(raw: string): string[] {
  return withoutTerminalCodes(raw)
    .split(/[\r\n]+/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** The lines our boot programs printed, from their first word on, in the order in which they came. */
export function sampleLines(raw: string): string[] {
  return serialLines(raw).flatMap((line) => {
    const start = line.indexOf(SAMPLE_LINE);
    return start < 0 ? [] : [line.slice(start)];
  });
}
