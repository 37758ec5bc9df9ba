/** Numbers and texts as bytes: whole numbers from 0 up in groups of seven bits, the lowest first. */
import { Buffer } from "node:buffer";

const FIRST_BYTES = 4096;
/** Characters; their number is one byte. */
const SHORT = 64;

export class ByteWriter {
	#bytes = Buffer.allocUnsafe(FIRST_BYTES);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	/** A copy. */
	toBytes(): Uint8Array {
		return Uint8Array.prototype.slice.call(this.#bytes, 0, this.#length);
	}

	number(value: number): void {
		this.#need(8);
		let rest = value;
		while (rest >= 0x80) {
			this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
			rest = Math.floor(rest / 0x80);
		}
		this.#bytes[this.#length++] = rest;
	}

	text(text: string): void {
		if (text.length > SHORT || !this.#ascii(text)) this.#encoded(text);
	}

	/** Without a call out of JavaScript, which takes longer than so few characters; false, and nothing written, for any other text. */
	#ascii(text: string): boolean {
		const { length } = text;
		this.#need(1 + length);
		const bytes = this.#bytes;
		const start = this.#length + 1;
		for (let index = 0; index < length; index += 1) {
			const code = text.charCodeAt(index);
			if (code >= 0x80) return false;
			bytes[start + index] = code;
		}
		bytes[start - 1] = length;
		this.#length = start + length;
		return true;
	}

	#encoded(text: string): void {
		const size = Buffer.byteLength(text);
		this.number(size);
		this.#need(size);
		this.#length += this.#bytes.write(text, this.#length);
	}

	#need(more: number): void {
		if (this.#length + more <= this.#bytes.length) return;
		const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + more));
		this.#bytes.copy(larger, 0, 0, this.#length);
		this.#bytes = larger;
	}
}

export class ByteReader {
	readonly #bytes: Buffer;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	get isAtEnd(): boolean {
		return this.#at >= this.#bytes.length;
	}

	/** Throws `RangeError` where the bytes end. */
	number(): number {
		let value = 0;
		for (let scale = 1; ; scale *= 0x80) {
			const byte = this.#bytes.readUInt8(this.#at++);
			value += (byte & 0x7f) * scale;
			if (byte < 0x80) return value;
		}
	}

	text(): string {
		const size = this.number();
		if (this.#at + size > this.#bytes.length) throw new RangeError("a text beyond the end");
		this.#at += size;
		return this.#bytes.toString("utf8", this.#at - size, this.#at);
	}
}
