/** Pure: a question and a choice to the reply, or to silence with its reason. The table of forms is boot-standards 2.7. */
import { LimitError } from '../../src/core/index.ts';
import { type DhcpMessage, discovery, encodeMessage, isAddress, type PxeOptions, pxeOptions } from '../dhcp/index.ts';
import type { BootChoice } from './decider.ts';
import { type Destination, destination } from './destination.ts';
import { chooseLoader } from './loaders.ts';
import { MENU_TYPE, menuOptions } from './menu.ts';
import type { Reason } from './reasons.ts';
import { type ReplyContent, replyMessage } from './reply.ts';
import type { BootRequest } from './request.ts';

export type Answer =
  | {
      readonly kind: 'reply';
      readonly reason: Reason;
      readonly message: DhcpMessage;
      readonly datagram: Uint8Array;
      readonly to: Destination;
      /** Our port that it must leave by: iPXE takes replies of a boot server from 4011 alone. */
      readonly fromPort: 67 | 4011;
    }
  | { readonly kind: 'silence'; readonly reason: Reason };

const silence = (reason: Reason): Answer => ({ kind: 'silence', reason });

/** Boot the file of this very packet: no menu, no further question. */
const BOOT_THIS: PxeOptions = { discoveryControl: discovery.bootThisFile };
/** One piece of an option; a menu must fit into it, and a name with its NUL. */
const OPTION_ROOM = 255;

/** The answer to a request for which `choice` was made. Throws nothing. */
export function answer(request: BootRequest, choice: BootChoice): Answer {
  const { firmware } = request.client;
  const loader = chooseLoader(firmware, choice);
  if (loader.kind === 'silence') return silence(loader.reason);
  const { file } = loader;
  // Firmware knows no other characters, and neither do old ROMs spaces at the ends.
  if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(file) || file.length >= OPTION_ROOM)
    return silence('fileNameUnfit');
  if (firmware === 'uefiHttp')
    return hasNumericHost(file) ? reply(request, 'offered', { file }) : silence('urlNotNumeric');
  if (loader.kind === 'menu' && choice.menu !== null) {
    return withMenu(request, file, menuOptions(choice.menu, request.ownAddress));
  }
  if (request.stage === 'bootServer' || request.stage === 'inform') return acknowledge(request, file);
  // UEFI is asked to come to 4011, which old firmware expects and boot managers read back (boot-standards 2.4).
  return firmware === 'uefi' ? reply(request, 'redirected', {}) : reply(request, 'offered', { file, pxe: BOOT_THIS });
}

function withMenu(request: BootRequest, file: string, menu: PxeOptions): Answer {
  if (request.bootItem === null) return reply(request, 'menuOffered', { pxe: menu });
  return request.bootItem.type === MENU_TYPE ? acknowledge(request, file) : silence('otherBootItem');
}

function acknowledge(request: BootRequest, file: string): Answer {
  const { bootItem } = request;
  return reply(request, 'acknowledged', { file, pxe: bootItem === null ? BOOT_THIS : { bootItem } });
}

function reply(request: BootRequest, reason: Reason, content: ReplyContent): Answer {
  if (!fitsOption(content)) return silence('replyTooLarge');
  const message = replyMessage(request, content);
  try {
    const datagram = encodeMessage(message, { maximumSize: request.client.maximumReply });
    return { kind: 'reply', reason, message, datagram, to: destination(request), fromPort: request.port };
  } catch (error) {
    if (error instanceof LimitError) return silence('replyTooLarge');
    throw error;
  }
}

/** Whether option 43 stays one piece. Texts of more than 240 bytes leave no room for the rest, and fit into no sub-option. */
function fitsOption({ pxe }: ReplyContent): boolean {
  if (pxe === undefined) return true;
  const texts = [pxe.prompt?.text ?? '', ...(pxe.menu ?? []).map(({ text }) => text)];
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  return length <= 240 && pxeOptions.encode(pxe).length <= OPTION_ROOM;
}

/** HTTP Boot works with and without DNS only so (boot-standards 2.6). */
function hasNumericHost(url: string): boolean {
  const host = /^https?:\/\/([^/:]+)(?::\d{1,5})?\/./.exec(url)?.[1];
  return host !== undefined && isAddress(host);
}
