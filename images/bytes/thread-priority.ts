/** How much of a busy processor a thread of this program gets beside the others. */
import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Threads that send files yield to those that answer: a third of a busy processor (sched(7): 1.25 for each step of niceness). */
export const SENDS = 5;
/** Threads that answer DHCP, where the system lets us: root, CAP_SYS_NICE, or RLIMIT_NICE (`LimitNICE=` of systemd). */
export const ANSWERS = -5;

/**
 * Makes the calling thread nicer by so many steps; less than 0 hastens it. Linux alone has a niceness for each thread (setpriority(2),
 * C library/kernel differences). False where it stays as it is: another system, or no right to hasten.
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
