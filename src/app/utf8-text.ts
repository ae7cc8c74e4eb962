/** Text files of the user: UTF-8 and nothing else. A misread byte would be a wrong password, found out at the machine. */

/**
 * The text of a file, without its mark; undefined when the bytes are not UTF-8, or hold NUL as UTF-16 does, which PowerShell 5
 * writes with `>`.
 */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** What to do about a file that is not. */
export const saveAsUtf8 = 'Save it as UTF-8; in Windows PowerShell: Set-Content -Encoding utf8.';
