/** Rules about what is loaded, by TFTP and HTTP. */
import type { Attempt } from './attempt.ts';
import { type Finding, finding } from './findings.ts';
import { silent } from './lines.ts';
import type { Rule } from './rules-dhcp.ts';
import { endOf, optionValue, type SeenTransfer } from './tftp-seen.ts';
import { bytesText, quoted, timeText } from './words.ts';

/** A computer that loaded something and asks for nothing this long has stopped, milliseconds. */
const STOPPED = 5000;
/** Bytes: smaller files are there soon enough in any way. */
const LARGE = 4e6;
/** Fewer blocks say nothing about losses. */
const ENOUGH_BLOCKS = 200;

/** The name that the offer or reply gave, else that of the first transfer. */
export function loaderName({ replies, selection, transfers }: Attempt): string | null {
  const named = [...replies.map(({ offer }) => offer.file), selection.boot?.file ?? ''].find((file) => file !== '');
  return named ?? transfers[0]?.name ?? null;
}

/** Whether a file is what a boot manager may do without: policies, fonts, texts (boot-chain 4). */
export const isOptional = (name: string): boolean =>
  /\.(p7b|ttf|mui|stl|pol|ini|sys)$/i.test(name) || /SecureBoot|CIPolicies/i.test(name);

const isLoader = (attempt: Attempt, { name }: SeenTransfer): boolean => sameName(loaderName(attempt) ?? '', name);
const plainName = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
const sameName = (one: string, other: string): boolean => plainName(one) === plainName(other);

/** Each transfer by itself. */
const transfers: Rule = (attempt) => {
  const found: Finding[] = [];
  const ended = new Set(
    attempt.transfers.filter((one) => endOf(one) === 'complete').map(({ name }) => plainName(name)),
  );
  const told = new Set<string>();
  for (const transfer of attempt.transfers) {
    const { name, server, serverError, clientError, bytes, granted, asked } = transfer;
    const what = `${quoted(name)} from ${server}`;
    const end = endOf(transfer);
    // What worked at another try is no fault, and one fault of one file is told once.
    if (end !== 'complete' && end !== 'probed' && (ended.has(plainName(name)) || told.has(`${end} ${plainName(name)}`)))
      continue;
    told.add(`${end} ${plainName(name)}`);
    const sizeAsked = optionValue(asked, 'tsize') !== null;
    if (end === 'unanswered')
      found.push(finding('tftpUnanswered', `${what} was asked for ${transfer.requests} times without an answer`));
    else if (end === 'unheard')
      found.push(finding('tftpUnheard', `${what}: the server answered and the client did not react`));
    else if (end === 'missing' && isLoader(attempt, transfer))
      found.push(finding('loaderMissing', `${what}, the boot file of the offer, is not there`));
    else if (end === 'refused')
      found.push(
        finding('transferRefused', `${what}: error ${serverError?.code} ${quoted(serverError?.message ?? '')}`),
      );
    else if (end === 'stopped' && attempt.quiet >= STOPPED)
      found.push(finding('transferStopped', `${what} stopped after ${bytesText(bytes)}`));
    else if (end === 'aborted') found.push(aborted(transfer, what, clientError));
    if (sizeAsked && transfer.answered && serverError === null && optionValue(granted, 'tsize') === null) {
      found.push(finding('sizeMissing', `${server} does not tell the size of ${quoted(name)}`));
    }
    found.push(...quality(transfer, what));
  }
  return found;
};

function aborted({ asked, granted, bytes }: SeenTransfer, what: string, error: SeenTransfer['clientError']): Finding {
  const more = (granted ?? []).filter(({ name, value }) => {
    const own = optionValue(asked, name.toLowerCase());
    const text = asked.some((option) => option.name.toLowerCase() === name.toLowerCase());
    return !text || (own !== null && ['blksize', 'windowsize'].includes(name.toLowerCase()) && Number(value) > own);
  });
  if (bytes === 0 && more.length > 0) {
    return finding(
      'optionUnasked',
      `${what}: the server grants ${more.map(({ name, value }) => `${name} ${value}`).join(', ')}, which was not asked for`,
    );
  }
  return finding(
    'transferAborted',
    `${what} was ended by the client after ${bytesText(bytes)}: error ${error?.code} ${quoted(error?.message ?? '')}`,
  );
}

function quality(
  { blocks, repeated, bytes, started, ended, granted, fragmented }: SeenTransfer,
  what: string,
): Finding[] {
  const found: Finding[] = [];
  if (blocks >= ENOUGH_BLOCKS && repeated > blocks / 100)
    found.push(finding('lossy', `${what}: ${repeated} of ${blocks} blocks were sent again`));
  if (fragmented)
    found.push(
      finding('fragments', `${what}: blocks of ${optionValue(granted, 'blksize') ?? 512} bytes are sent in pieces`),
    );
  const rate = bytes / Math.max(1, ended - started) / 1000;
  if (bytes > LARGE && rate < 10 && (optionValue(granted, 'windowsize') ?? 1) === 1) {
    found.push(finding('slow', `${what}: ${rate.toFixed(1)} MB/s with a window of one block`));
  }
  return found;
}

/** What came behind the loader: nothing, or a boot manager that found what it needs? */
const chain: Rule = (attempt) => {
  const loader = attempt.transfers.find((one) => isLoader(attempt, one) && endOf(one) === 'complete');
  if (loader === undefined) return [];
  const behind = attempt.transfers.filter(
    ({ started, number }) => number > loader.number && started >= loader.ended - 1,
  );
  if (behind.length === 0 && attempt.httpRequests.length === 0) return stopsAfterLoader(attempt, loader);
  const complete = (pattern: RegExp): boolean =>
    behind.some((one) => pattern.test(one.name) && endOf(one) === 'complete');
  const tried = (pattern: RegExp): SeenTransfer[] => behind.filter(({ name }) => pattern.test(name));
  const store = tried(/(^|[\\/])BCD$/i);
  if (store.length > 0 && !complete(/(^|[\\/])BCD$/i) && store.every((one) => endOf(one) === 'missing')) {
    return [
      finding(
        'storeMissing',
        `the store is at none of ${[...new Set(store.map(({ name }) => quoted(name)))].join(', ')}`,
      ),
    ];
  }
  const missing = behind.filter(
    (one) => endOf(one) === 'missing' && /\.(wim|sdi|exe|efi)$/i.test(one.name) && !isOptional(one.name),
  );
  return missing.map(({ name, server }) => finding('fileMissing', `${quoted(name)} is not on ${server}`));
};

/** Firmware that goes on to its next boot option asks anew at once: no silence is needed to know that nothing was started. */
function stopsAfterLoader(
  { client, quiet, followed, firmwareGoesOn, plain }: Attempt,
  { name, bytes }: SeenTransfer,
): Finding[] {
  if ((quiet < STOPPED && !firmwareGoesOn) || plain.length > 0) return [];
  const then = followed
    ? `then the computer begins anew after ${timeText(quiet)}`
    : `then nothing for ${timeText(quiet)}`;
  const text = `${quoted(name)} was read in full (${bytesText(bytes)}), ${then}`;
  if (client?.firmware === 'uefi')
    return [finding('loaderRefused', `${text}: the firmware did not start it, or it crashed`)];
  return client?.firmware === 'ipxe' ? [] : [finding('loaderStops', text)];
}

/** HTTP Boot and what a boot manager reads over HTTP. */
const http: Rule = (attempt) => {
  const { chooser, selection, httpRequests, connections, quiet, acknowledged, client, transfers: byTftp } = attempt;
  const found: Finding[] = [];
  for (const connection of silent(connections)) {
    const where = `${connection.server}:${connection.serverPort}`;
    if (connection.refused) found.push(finding('httpRefused', `${where} refuses the connection`));
    else if (!connection.accepted) found.push(finding('httpUnanswered', `${where} does not answer`));
  }
  if (
    chooser === 'http' &&
    selection.boot !== null &&
    acknowledged &&
    connections.length === 0 &&
    httpRequests.length === 0 &&
    quiet >= STOPPED
  ) {
    found.push(
      finding(
        'httpNotAsked',
        `${quoted(selection.boot.file)} was offered and taken, and no connection followed for ${timeText(quiet)}`,
      ),
    );
  }
  const [first] = httpRequests;
  if (first === undefined) return found;
  const boots = httpRequests.filter(({ path, server }) => path === first.path && server === first.server);
  if (first.status !== null && first.status >= 400)
    found.push(finding('httpStatus', `${quoted(first.path)} from ${first.server}: HTTP ${first.status}`));
  const got = boots.filter(({ method }) => method === 'GET');
  const short = got.find(
    ({ status, length, bytes }) => status !== null && status < 300 && length !== null && bytes < length,
  );
  if (short && quiet >= STOPPED)
    found.push(
      finding('httpShort', `${quoted(short.path)}: ${bytesText(short.bytes)} of ${bytesText(short.length ?? 0)} came`),
    );
  if (chooser === 'http' && got.length === 0 && first.status === 200 && quiet >= STOPPED) {
    found.push(finding('httpStops', `the size of ${quoted(first.path)} was asked for, the file was not`));
  }
  const whole = got.find(
    ({ length, bytes, status }) => status === 200 && bytes > 0 && (length === null || bytes >= length),
  );
  const loader = whole !== undefined && /\.efi$/i.test(whole.path.split('?')[0] ?? '');
  const more = httpRequests.length > boots.length || byTftp.length > 0 || attempt.plain.length > 0;
  if (client?.firmware === 'uefiHttp' && whole && loader && !more && quiet >= STOPPED) {
    found.push(
      finding(
        'loaderRefused',
        `${quoted(whole.path)} was read in full (${bytesText(whole.bytes)}), then nothing for ${timeText(quiet)}: the firmware did not start it, or it crashed`,
      ),
    );
  }
  return found;
};

export const FILE_RULES: readonly Rule[] = [transfers, chain, http];
