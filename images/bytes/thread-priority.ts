/** How much of a busy processor a thread of this program gets beside the others. */
import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/**
 * For threads that answer DHCP, beside those that send files (sched(7): each step is a quarter more). Those are not made nicer instead:
 * under a flood late answers of TFTP are lost ones.
 */
export const ANSWERS = -10;

/**
 * Makes the calling thread nicer by so many steps; less than 0 hastens it. Linux alone has a niceness for each thread (setpriority(2),
 * C library/kernel differences), which threads that it starts inherit. False where it stays as it is: another system, or no right to
 * hasten, which root has, CAP_SYS_NICE, and RLIMIT_NICE (`LimitNICE=` of systemd).
 */
export function nicerThread(by: number): boolean {
  try {
    // `PID/task/TID`; absent elsewhere.
    const thread = Number(/\/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self'))?.[1]);
    setPriority(thread, Math.max(-20, Math.min(19, getPriority(thread) + by)));
    return true;
  } catch {
    return false;
  }
}
