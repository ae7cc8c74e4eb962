/** Who runs the command, for what is recorded of who let something go. */
import { userInfo } from 'node:os';
import process from 'node:process';

/** The user's name; `uid 1000` where the system has none for it, as in containers. */
export function currentUser(ask: () => { readonly username: string } = userInfo): string {
  const number = process.getuid?.();
  const otherwise = number === undefined ? 'unknown' : `uid ${number}`;
  try {
    return ask().username || otherwise;
  } catch {
    return otherwise;
  }
}
