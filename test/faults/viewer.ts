/** Who sits at a terminal and looks: every byte, and when it was seen. */
import { forkPty, type PtyChild } from "../../src/terminal/native-pty.ts";
import { OrderedWriter } from "../../src/terminal/ordered-writer.ts";
import { PtyReader } from "../../src/terminal/pty-reader.ts";

export interface ViewerOptions {
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly cols: number;
	readonly rows: number;
}

interface Seen {
	/** Milliseconds of the monotonic clock. */
	readonly at: number;
	readonly bytes: Uint8Array;
}

export class Viewer {
	readonly ended: Promise<void>;
	readonly #child: PtyChild;
	readonly #master: PtyReader;
	readonly #keys: OrderedWriter;
	#seen: Seen[] = [];

	constructor({ argv, env, cols, rows }: ViewerOptions) {
		const [file = "", ...args] = argv;
		this.#child = forkPty({ file, args, env, size: { cols, rows } });
		this.#keys = new OrderedWriter({ fd: this.#child.fd });
		this.#master = new PtyReader(this.#child.fd, (bytes) => {
			this.#seen.push({ at: monotonic(), bytes: Buffer.from(bytes) });
		});
		this.ended = Promise.all([this.#child.exited, this.#master.ended]).then(() => this.#master.close());
	}

	get bytes(): Buffer {
		return Buffer.concat(this.#seen.map(({ bytes }) => bytes));
	}

	/** When the byte at this place of `bytes` was seen. */
	timesAt(places: readonly number[]): number[] {
		const times: number[] = [];
		let chunk = 0;
		let end = this.#seen[0]?.bytes.length ?? 0;
		for (const place of places) {
			while (place >= end && chunk + 1 < this.#seen.length) {
				chunk += 1;
				end += this.#seen[chunk]?.bytes.length ?? 0;
			}
			times.push(this.#seen[chunk]?.at ?? 0);
		}
		return times;
	}

	type(keys: string): void {
		this.#keys.write(Buffer.from(keys));
	}

	resize(cols: number, rows: number): void {
		try {
			this.#child.resize({ cols, rows });
		} catch {
			// It is gone.
		}
	}

	closeWindow(): void {
		this.#master.close();
	}
}

/** The clock that nothing sets: the same as in the notes of the wrapped command. */
export function monotonic(): number {
	return Number(process.hrtime.bigint()) / 1e6;
}
