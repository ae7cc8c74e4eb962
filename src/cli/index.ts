/** Public face of `src/cli`. */
export { askPasswordAt } from './ask-password.ts';
export { main, type Terminal } from './main.ts';
export { standardInput } from './standard-input.ts';
