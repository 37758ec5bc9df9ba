import type { Line } from "./line.ts";

/**
 * Lines that left the top of the main screen, oldest first: a larger window takes them back, a wrapped one among them may
 * continue on the screen. No window has more rows than this.
 */
export const HISTORY_LINES = 1000;

/** A ring: the oldest line gives its place to the newest. */
export class History {
	#lines: Line[] = [];
	#first = 0;

	get length(): number {
		return this.#lines.length;
	}

	/** The line that had to go for it, if one had to. */
	push(line: Line): Line | undefined {
		if (this.#lines.length < HISTORY_LINES) {
			this.#lines.push(line);
			return undefined;
		}
		const oldest = this.#lines[this.#first];
		this.#lines[this.#first] = line;
		this.#first = (this.#first + 1) % HISTORY_LINES;
		return oldest;
	}

	toArray(): Line[] {
		return [...this.#lines.slice(this.#first), ...this.#lines.slice(0, this.#first)];
	}

	/** The last of these lines, as many as are kept. */
	replace(lines: readonly Line[]): void {
		this.#lines = lines.slice(-HISTORY_LINES);
		this.#first = 0;
	}
}
