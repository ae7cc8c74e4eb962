/**
 * Real firmware against reference servers (../shared/captures, extracted with the payloads of DATA left out): given
 * the packets of the client, ours sends what the reference sent. `dnsmasq` has no windows. The order of options in an
 * OACK is free.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  blockRange,
  defaultLimits,
  judgeRequest,
  readPacket,
  reduceTransfer,
  startTransfer,
  type Step,
  wireNumber,
  writePacket,
} from '../../../pxe/tftp/index.ts';

type Line = readonly ['>' | '<', string];

function exchangesOf(name: string): Line[][] {
  const text = readFileSync(new URL(`exchanges/${name}.txt`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n\n')
    .map((exchange) => exchange.split('\n').map((line): Line => [line[0] === '>' ? '>' : '<', line.slice(2)]));
}

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

/** Size of the file: as the OACK said, else as many bytes as came. */
function sizeOf(exchange: readonly Line[]): number {
  let size = 0;
  for (const [, text] of exchange) {
    const data = /^DATA \d+ (\d+)$/.exec(text);
    if (data !== null) size += Number(data[1]);
    else if (text.startsWith('0006')) {
      const tsize = /tsize\0(\d+)/i.exec(Buffer.from(text, 'hex').toString('latin1'));
      if (tsize !== null) return Number(tsize[1]);
    }
  }
  return size;
}

/** A line as the text files have it, options sorted. */
function canonical(text: string): string {
  if (!text.startsWith('0006')) return text;
  const packet = readPacket(bytesOf(text));
  if (packet.kind !== 'oack') throw new Error(text);
  return `OACK ${packet.options
    .map(({ name, value }) => `${name} ${value}`)
    .sort()
    .join(' ')}`;
}

function replay(exchange: readonly Line[], windows: boolean) {
  const size = sizeOf(exchange);
  const limits = { ...defaultLimits, maxWindow: windows ? 64 : 1 };
  const ours: Line[] = [];
  let step: Step | null = null;
  let at = 0;
  for (const [from, text] of exchange) {
    if (from === '<') continue;
    ours.push(['>', text]);
    at += 1;
    if (step === null) {
      const judgement = judgeRequest(bytesOf(text));
      if (judgement.kind !== 'read') throw new Error(judgement.kind);
      step = startTransfer({ request: judgement.request, size, limits, active: 1, seed: 1, at });
    } else {
      step = reduceTransfer(step.transfer, { kind: 'packet', packet: readPacket(bytesOf(text)), at });
    }
    const { blockSize, rollover } = step.transfer.agreement;
    for (const effect of step.effects) {
      if (effect.kind === 'packet') ours.push(['<', Buffer.from(effect.bytes).toString('hex')]);
      if (effect.kind !== 'blocks') continue;
      for (let block = effect.first; block < effect.first + effect.count; block++) {
        ours.push(['<', `DATA ${wireNumber(block, rollover)} ${blockRange(block, blockSize, size).length}`]);
      }
    }
  }
  return { ours, outcome: step?.transfer.outcome };
}

describe.each([
  { name: 'ovmf-edk2-windowsize4', windows: true, files: 4, probes: 4 },
  { name: 'ovmf-edk2-proxydhcp-tftp', windows: false, files: 4, probes: 4 },
  { name: 'aavmf-edk2-proxydhcp-tftp', windows: false, files: 4, probes: 4 },
  { name: 'bios-ipxe-virtio-proxydhcp', windows: false, files: 1, probes: 0 },
  { name: 'ovmf-ipxerom-proxydhcp-tftp', windows: false, files: 1, probes: 0 },
])('$name', ({ name, windows, files, probes }) => {
  const exchanges = exchangesOf(name);
  const results = exchanges.map((exchange) => replay(exchange, windows));

  test('every packet of the server is ours, in its place', () => {
    for (const [index, exchange] of exchanges.entries()) {
      const format = (lines: readonly Line[]) => lines.map(([from, text]) => `${from} ${canonical(text)}`);
      expect(format(results[index]?.ours ?? []), `exchange ${index}`).toEqual(format(exchange));
    }
  });

  test('every file is delivered, every probe known as one', () => {
    const outcomes = results.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'delivered').length).toBe(files);
    expect(outcomes.filter((outcome) => outcome === 'probed').length).toBe(probes);
    expect(outcomes.length).toBe(files + probes);
  });

  test('the requests, and what else the client sends, are written as it wrote them', () => {
    for (const [from, text] of exchanges.flat()) {
      if (from !== '>') continue;
      expect(Buffer.from(writePacket(readPacket(bytesOf(text)))).toString('hex')).toBe(text);
    }
  });
});
