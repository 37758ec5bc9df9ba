/** What is held back is found anew only where something has changed: with the same outcome as if it were found anew everywhere. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Picture } from "../../src/core/picture.ts";
import { Growing, type GrowingPicture, type Held, LONG_MS } from "../../src/masking/picture/growing.ts";
import { LineReader } from "../../src/masking/picture/lines.ts";
import { Stands } from "../../src/masking/picture/stands.ts";
import { Screen } from "../../src/screen/screen.ts";
import { madeUpSecrets } from "../support/secrets.ts";

const COLS = 40;
const ROWS = 14;
const KNOWN = "purple mountain railway";

const { token } = madeUpSecrets();
const WORDS = [
	"plain",
	"word",
	"password:",
	token.slice(0, 12),
	"x9Qz",
	"│",
	"1234567",
	"purple mount",
	"  ",
];

const row = fc.integer({ min: 1, max: ROWS });
const text = fc
	.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 })
	.map((words) => words.join(" ").slice(0, COLS));
const write = fc.oneof(
	fc.tuple(row, text).map(([y, words]) => `\x1b[${y};1H\x1b[K${words}`),
	fc.tuple(row, fc.integer({ min: 1, max: COLS })).map(([y, x]) => `\x1b[${y};${x}H`),
	fc.tuple(row, text).map(([y, words]) => `\x1b[${y};20H${words.slice(0, 6)}`),
	fc.constantFrom("\x1b[?25l", "\x1b[?25h", "\x1b[14;1H\r\n", "\x1b[2J", "\x1b[3;3H\x1b[7m \x1b[0m"),
	text.map((words) => `\x1b[5;1H${words} ${words}`),
);
const steps = fc.array(fc.tuple(write, fc.constantFrom(0, 500, 1000, 1999, 2000, LONG_MS)), {
	minLength: 4,
	maxLength: 30,
});

test("what was held back in the picture before says what finding it anew says", () => {
	fc.assert(
		fc.property(steps, fc.boolean(), (all, isKnown) => {
			const values = isKnown ? [KNOWN] : [];
			const growing = new Growing(values);
			for (const picture of read(all))
				expect(plain(growing.find(picture))).toEqual(plain(new Growing(values).find(picture)));
		}),
		{ numRuns: 400 },
	);
});

/** Every picture, as it was drawn and once more some time later. */
function read(all: readonly (readonly [string, number])[]): GrowingPicture[] {
	const screen = new Screen({ cols: COLS, rows: ROWS }, { pictures: true });
	const [lines, stands] = [new LineReader(), new Stands()];
	let now = 0;
	return all.flatMap(([bytes, wait], index) => {
		screen.feed({ kind: "output", at: now, data: Buffer.from(bytes) });
		screen.tick(now + 1000);
		const taken = screen.takePictures();
		now += 1000 + wait;
		const last = taken.at(-1);
		const again: Picture[] = last === undefined || wait === 0 ? [] : [{ ...last, at: now }];
		return [...taken, ...again].map((picture) => {
			const { readings, lines: found } = lines.read(picture.rows, picture.cols);
			const isOver = index === all.length - 1;
			return { picture, readings, lines: found, stands: stands.of(readings, picture.at), isOver };
		});
	});
}

function plain({ lines, until }: Held): unknown {
	return { until, lines: [...lines].filter(([, ranges]) => ranges.length > 0).sort(([a], [b]) => a - b) };
}
