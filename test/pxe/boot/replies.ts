/** Replies as their receiver reads them. */
import { answer, type BootChoice } from '../../../pxe/boot/index.ts';
import { bootFile, decodeMessage, latin1, rawOption, readOption } from '../../../pxe/dhcp/index.ts';
import { choice, request, type Wanted } from './samples.ts';

export const hex = (data: Uint8Array | undefined) =>
  data === undefined ? undefined : Buffer.from(data).toString('hex');

export function reply(wanted: Wanted, made: BootChoice = choice()) {
  const found = answer(request(wanted), made);
  if (found.kind === 'silence') throw new Error(found.reason);
  // What is judged is what goes onto the wire.
  const message = decodeMessage(found.datagram);
  return {
    ...found,
    message,
    codes: message.options.map(({ code }) => code),
    file: readOption(message, bootFile),
    header: latin1(message.file),
    pxe: hex(rawOption(message, 43)),
    type: rawOption(message, 53)?.[0],
  };
}

export const silence = (wanted: Wanted, made: BootChoice) => {
  const found = answer(request(wanted), made);
  return found.kind === 'silence' ? found.reason : `a reply: ${found.reason}`;
};
