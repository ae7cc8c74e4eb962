/** Port numbers of network boot as the use cases take them. */
import * as z from 'zod';

const last = 65_535;

/** A port to listen on: 0 is any that is free. */
export const ownPort = z.int().min(0).max(last);

/** A port where somebody else is: 0 is nobody's. */
export const peerPort = z.int().min(1).max(last);
