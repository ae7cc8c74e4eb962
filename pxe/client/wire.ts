/** What a client needs of the outside: datagrams and time. Tests put loss, repetition and reordering between. */

export interface Endpoint {
  readonly address: string;
  readonly port: number;
  send(bytes: Uint8Array, port: number, address: string): void;
  close(): void;
}

export type Receive = (bytes: Uint8Array, source: { readonly address: string; readonly port: number }) => void;

export interface Wire {
  /** Opens a UDP port; 0 takes any. EnvironmentError (`PXE_CLIENT_SOCKET`). */
  open(
    at: { readonly address: string; readonly port: number; readonly broadcast?: boolean },
    receive: Receive,
  ): Promise<Endpoint>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Calls once after so many milliseconds, unless it is cancelled by what it returns. */
  after(milliseconds: number, call: () => void): () => void;
}
