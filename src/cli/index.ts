/** Public face of `src/cli`. */
export { main, type Terminal } from './main.ts';
