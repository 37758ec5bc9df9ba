/** Replay with keys: n or space, p, g and G for the ends, q. Draws on the terminal's other screen and gives it back. */
import type { ReadStream, WriteStream } from "node:tty";

export interface Pages {
	readonly count: number;
	/** `number` from 1. */
	readonly render: (number: number) => string;
}

interface Terminal {
	readonly input: ReadStream;
	readonly output: WriteStream;
}

const OTHER_SCREEN = "\u001b[?1049h";
const OWN_SCREEN = "\u001b[?1049l";
const CLEARED = "\u001b[H\u001b[2J";
const KEYS = "n next · p previous · g first · G last · q quit";

/** Where a key leads; nothing to quit. Pure. */
export function afterKey(key: string, number: number, count: number): number | undefined {
	switch (key) {
		case "q":
		case "\u0003":
			return undefined;
		case "n":
		case " ":
		case "\u001b[C":
			return Math.min(count, number + 1);
		case "p":
		case "\u001b[D":
			return Math.max(1, number - 1);
		case "g":
			return 1;
		case "G":
			return count;
		default:
			return number;
	}
}

export function stepThrough(pages: Pages, from: number, { input, output }: Terminal): Promise<void> {
	let number = from;
	const draw = () => {
		const text = `${pages.render(number)}\n${KEYS}`;
		output.write(CLEARED + text.replaceAll("\n", "\r\n"));
	};
	input.setRawMode(true);
	output.write(OTHER_SCREEN);
	draw();
	return new Promise((resolve) => {
		input.on("data", (bytes) => {
			const next = afterKey(bytes.toString("latin1"), number, pages.count);
			if (next !== undefined) {
				number = next;
				draw();
				return;
			}
			output.write(OWN_SCREEN);
			input.setRawMode(false);
			input.pause();
			resolve();
		});
	});
}
