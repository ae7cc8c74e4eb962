/** Mutations of registry hives and boot configuration stores: read, judged, edited. */
import { checkBcd, describeBcd, editBcd, libraryElement, readBcd } from '../../../images/bcd/index.ts';
import { checkHive, editHive, newValue, parseHive, treeOf } from '../../../images/hive/index.ts';
import type { Parser } from '../parser.ts';

const checksumAt = 508;

/** The checksum of the base block (boot-chain.md 8). */
function* repaired(bytes: Uint8Array) {
  if (bytes.length < 512) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let sum = 0;
  for (let offset = 0; offset < checksumAt; offset += 4) sum ^= view.getInt32(offset, true);
  const value = Buffer.alloc(4);
  value.writeInt32LE(sum === 0 ? 1 : sum === -1 ? -2 : sum);
  yield { at: checksumAt, bytes: value };
}
const repair = () => repaired;

/** An edit either is refused, or its result reads back with the change in it. */
function edit(bytes: Uint8Array): void {
  const editor = editHive(bytes);
  const first = editor.key('')?.subkeys()[0]?.name;
  editor.createKey('osdkit fuzz\\below');
  editor.setValue('osdkit fuzz\\below', newValue.string('value', 'text'.repeat(2000)));
  if (first !== undefined && !first.includes('\\')) editor.deleteKey(first);
  const value = parseHive(editor.bytes()).root.find('osdkit fuzz\\below')?.value('value')?.asString();
  if (value !== 'text'.repeat(2000)) throw new Error('the edited hive does not hold what was set');
}

const made = '{6f736b64-6974-4000-8000-66757a7a2121}';
const title = { kind: 'string', text: 'a title of the fuzzer' } as const;

/** The same of a store: an object of its own, a title for every other, one object less. */
function editStore(bytes: Uint8Array): void {
  const editor = editBcd(bytes);
  const [first, ...others] = editor.store().objects.map(({ id }) => id);
  editor.createObject(made, 0x10200003);
  for (const id of [...others, made]) editor.setElement(id, libraryElement.description, title);
  if (first !== undefined) editor.deleteObject(first);
  const { objects } = readBcd(editor.bytes());
  const told = objects.map(({ id, elements }) => {
    const value = elements.find((element) => element.id === libraryElement.description)?.value;
    return `${id} ${value?.kind === 'string' ? value.text : value?.kind}`;
  });
  const meant = [...others, made].map((id) => `${id} ${title.text}`);
  if (told.toSorted().join('\n') !== meant.toSorted().join('\n')) {
    throw new Error('the edited store does not hold what was set');
  }
}

export const registryParsers: readonly Parser[] = [
  {
    name: 'hive',
    repair,
    exercise(bytes) {
      checkHive(bytes);
      treeOf(parseHive(bytes).root);
    },
  },
  { name: 'hive-edit', repair, exercise: edit, inputCodes: ['HIVE_EDIT', 'HIVE_DIRTY'] },
  {
    name: 'bcd',
    repair,
    exercise(bytes) {
      checkBcd(bytes, { exists: () => true, firmware: 'uefi' });
      describeBcd(readBcd(bytes));
    },
  },
  { name: 'bcd-edit', repair, exercise: editStore, inputCodes: ['HIVE_DIRTY'] },
];
