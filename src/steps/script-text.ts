/**
 * Inline scripts: plain text here; in the variable base64 of UTF-16LE with byte order mark (configmgr-formats 4.5).
 */

const MARK = '\uFEFF';

/** The variable's text. Empty for an empty script. */
export function scriptText(script: string): string {
  return script === '' ? '' : Buffer.from(MARK + script, 'utf16le').toString('base64');
}

/** The script in a variable's text; undefined when it is no such encoding, or not the one that `scriptText` writes. */
export function scriptFrom(text: string): string | undefined {
  if (text === '') return '';
  const decoded = Buffer.from(text, 'base64').toString('utf16le');
  const script = decoded.slice(MARK.length);
  return scriptText(script) === text && isWellFormed(decoded) ? script : undefined;
}

/** Whether every surrogate has its other half: others cannot be written into YAML or XML. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
