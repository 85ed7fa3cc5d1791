/**
 * The answer of a provider to Terraform's question for its schema, with fewer types in it.
 *
 * The AWS provider describes 1,700 types of resources and data sources, and Terraform reads them all at each call: a second
 * of processor time where a configuration has twenty. The message is Protocol Buffers (`GetProviderSchema.Response` of
 * tfplugin5.proto): its fields 2 and 3 are maps, an entry a type, and an entry's field 1 is the type's name.
 */

/** The maps of the message, by field: resources, data sources. */
const MAPS_OF_TYPES: ReadonlySet<number> = new Set([2, 3]);
const NAME = 1;

/** How a field is written. Terraform's messages have no other kinds. */
const VARINT = 0;
const BYTES = 2;

interface Field {
  readonly number: number;
  /** Its bytes; empty for a number. */
  readonly content: Buffer;
  /** Where it begins in the message, and where the next one does. */
  readonly start: number;
  readonly end: number;
}

/** The message without the types that `isKept` refuses. All else is copied byte for byte. */
export function withTypes(message: Buffer, isKept: (type: string) => boolean): Buffer {
  const kept: Buffer[] = [];
  for (const { number, content, start, end } of fieldsOf(message)) {
    if (!MAPS_OF_TYPES.has(number) || isKept(nameOf(content))) {
      kept.push(message.subarray(start, end));
    }
  }
  return Buffer.concat(kept);
}

function nameOf(entry: Buffer): string {
  for (const { number, content } of fieldsOf(entry)) {
    if (number === NAME) {
      return content.toString("utf8");
    }
  }
  return "";
}

function* fieldsOf(message: Buffer): Generator<Field> {
  for (let start = 0; start < message.length;) {
    const [tag, afterTag] = varint(message, start);
    const [value, afterValue] = varint(message, afterTag);
    const kind = tag & 7;
    if (kind !== VARINT && kind !== BYTES) {
      throw new Error(`a field of kind ${kind} in a provider's schema`);
    }
    const end = kind === BYTES ? afterValue + value : afterValue;
    yield { number: tag >>> 3, content: message.subarray(afterValue, end), start, end };
    start = end;
  }
}

/** The number at a place, and the place behind it: seven bits a byte, the lowest first. */
function varint(message: Buffer, at: number): [value: number, next: number] {
  let value = 0;
  for (let scale = 1, next = at; next < message.length; scale *= 128) {
    const byte = message[next++] as number;
    value += (byte & 127) * scale;
    if (byte < 128) {
      return [value, next];
    }
  }
  throw new Error("a provider's schema ends in the middle of a number");
}
