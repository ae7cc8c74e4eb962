/** An explanation as text for people. */
import type { Exchange, Explanation } from './explain.ts';
import type { Finding } from './findings.ts';

/** The text; ends without a line break. */
export function explanationText({ exchanges, findings, otherClients, packets }: Explanation): string {
  const parts = exchanges.map(exchangeText);
  if (exchanges.length === 0)
    parts.push(
      packets === 0
        ? 'Nothing came.'
        : `No computer asked for a boot in ${packets} ${packets === 1 ? 'packet' : 'packets'}.`,
    );
  if (otherClients > 0)
    parts.push(
      `${otherClients} other ${otherClients === 1 ? 'computer' : 'computers'} spoke DHCP without asking for a boot.`,
    );
  parts.push(...findings.map(findingText));
  return parts.join('\n\n');
}

function exchangeText({ computer, who, lines, findings, outcome }: Exchange): string {
  const width = Math.max(0, ...lines.map(({ at }) => seconds(at).length));
  return [
    `${computer}: ${who}`,
    ...lines.map(({ at, number, text }) => `  ${seconds(at).padStart(width)}  ${`#${number}`.padEnd(6)} ${text}`),
    `  => ${outcome}`,
    ...findings.map((found) => indented(findingText(found))),
  ].join('\n');
}

const MARKS = { error: 'WRONG', warning: 'CAREFUL', note: 'NOTE' } as const;

const findingText = ({ severity, code, text, mend }: Finding): string =>
  `${MARKS[severity]} (${code}): ${text}\n  ${mend}`;
const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(3)} s`;
