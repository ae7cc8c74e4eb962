/**
 * The only carrier of passwords and keys: prints as dots in logs, JSON, templates and inspection, so that a secret shows
 * only where `reveal` is called.
 */
const dots = '••••••';

export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  /** The value itself; call it only where it is used. */
  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return dots;
  }

  toJSON(): string {
    return dots;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return dots;
  }
}
