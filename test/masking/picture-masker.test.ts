import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type Picture, textOfRow } from "../../src/core/picture.ts";
import { createMaskMemory, type Masker } from "../../src/masking/masker.ts";
import { findReplacements } from "../../src/masking/picture/align.ts";
import { LONG_MS, SOON_MS } from "../../src/masking/picture/growing.ts";
import { PictureMasker } from "../../src/masking/picture/picture-masker.ts";
import { MOVING_EVERY_MS, PICTURE_EVERY_MS } from "../../src/screen/picture-pace.ts";
import { Screen } from "../../src/screen/screen.ts";
import { builtInMasker } from "../support/built-in-masker.ts";
import { madeUpSecrets } from "../support/secrets.ts";

const COLS = 60;
const ROWS = 12;
/** That left the screen and still tell how to read it. */
const ROWS_TOLD = 12;
let masker: Masker;
let pictures: PictureMasker;

beforeEach(() => {
	masker = builtInMasker();
	pictures = new PictureMasker({ masker, memory: createMaskMemory(), knownValues: [] });
});

/** What a terminal shows after these writes, each settled by itself `every` milliseconds after the one before. */
function show(writes: readonly string[], { every = PICTURE_EVERY_MS, cols = COLS } = {}): Picture[] {
	const screen = new Screen({ cols, rows: ROWS }, { pictures: true });
	return writes.flatMap((text, index) => {
		screen.feed({ kind: "output", at: index * every, data: Buffer.from(text) });
		screen.tick(index * every + 50);
		return screen.takePictures();
	});
}

/** The same, each with the lines that left the top of the screen for it. */
function showMoving(writes: readonly string[]): { picture: Picture; above: string[] }[] {
	const screen = new Screen({ cols: COLS, rows: ROWS }, { pictures: true });
	return writes.flatMap((text, index) => {
		const at = index * PICTURE_EVERY_MS;
		const data = Buffer.from(index === 0 ? `\x1b[?25l${text}` : text);
		const frames = [...screen.feed({ kind: "output", at, data }), ...screen.tick(at + 50)];
		const above = frames.flatMap(({ scrolled }) => scrolled.map((row) => row.text));
		return screen.takePictures().map((picture) => ({ picture, above }));
	});
}

function rowsOf(picture: Picture): string[] {
	return picture.rows.map(textOfRow);
}

function mask(all: readonly Picture[], above: readonly string[] = []): readonly Picture[] {
	const result = pictures.mask({ pictures: all, above });
	if (result.kind === "withheld") throw new Error("withheld");
	return result.pictures;
}

/** Eight characters in a row of a secret's variable part give it away; of what grows, four are shown. */
function leaks(shown: readonly Picture[], variable: string, most = 4): string[] {
	const text = shown.flatMap((picture) => [rowsOf(picture).join("\n"), rowsOf(picture).join("")]);
	const found: string[] = [];
	for (let at = 0; at + most + 1 <= variable.length; at += 1) {
		const part = variable.slice(at, at + most + 1);
		if (text.some((one) => one.includes(part))) found.push(part);
	}
	return found;
}

describe("a picture's secrets", () => {
	test("are covered in their cells, and nothing moves", () => {
		const { token } = madeUpSecrets();
		const [plain] = show([`before \x1b[31m${token}\x1b[0m now\r\n\r\nand`]);
		const [masked] = mask([plain as Picture]);
		const [row = "", , below] = rowsOf(masked as Picture);
		expect(row).toHaveLength(`before ${token} now`.length);
		expect(row.startsWith("before [[github-")).toBe(true);
		expect(row.endsWith("• now")).toBe(true);
		expect(below).toBe("and");
		expect((masked as Picture).rows[0]?.runs.map(({ paint }) => paint.fg)).toEqual(
			(plain as Picture).rows[0]?.runs.map(({ paint }) => paint.fg),
		);
	});

	test.each([
		["over a wrapped row", (secret: string) => `${"x".repeat(COLS - 12)} ${secret} end\r\n`],
		["in a box, broken by the program", (secret: string) => boxed(secret)],
		["in colours, letter by letter", (secret: string) => `${coloured(secret)} end\r\n`],
		["out of order, by moves of the cursor", (secret: string) => `${shuffled(secret)}\r\n end`],
	])("are covered %s", (_name, draw) => {
		for (const secret of Object.values(madeUpSecrets())) {
			const shown = mask(show([draw(secret)]));
			expect(leaks(shown, secret.slice(8), 7)).toEqual([]);
		}
	});

	test("show no more than four characters while they are typed, key by key", () => {
		for (const secret of Object.values(madeUpSecrets())) {
			const keys = ["$ export KEY=", ...secret, " ", "\r\n$ "];
			for (const stretch of inStretches(show(keys), 4))
				expect(leaks(mask(stretch), secret.slice(secret.search(/[A-Z0-9]/)))).toEqual([]);
		}
	});

	test("show no more than four characters while they are streamed, in any pieces", () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 40 }),
				fc.integer(),
				(sizes, seed) => {
					for (const secret of Object.values(madeUpSecrets(seed))) {
						pictures = new PictureMasker({ masker, memory: createMaskMemory(), knownValues: [] });
						const shown = show(
							pieces(`The key is this one: ${secret} and so on.\r\n\r\nThat was it.`, sizes),
						);
						for (const stretch of inStretches(shown, 5))
							expect(leaks(mask(stretch), secret.slice(secret.search(/[A-Z0-9]/)))).toEqual([]);
					}
				},
			),
			{ numRuns: 30 },
		);
	});

	test("are held back at a cursor for as long as it stands there", () => {
		const token = madeUpSecrets().token.slice(10, 22);
		const [typed] = show([`$ ${token}`]);
		mask([typed as Picture]);
		const [later] = mask([{ ...(typed as Picture), at: LONG_MS * 10 }]);
		expect(leaks([later as Picture], token)).toEqual([]);
		expect(rowsOf(later as Picture)[0]).toBe(`$ ${token.slice(0, 4)}${"•".repeat(8)}`);
	});

	test("that are known are held back where they are typed over other text, too", () => {
		const known = "purple mountain railway";
		pictures = new PictureMasker({ masker, memory: createMaskMemory(), knownValues: [known] });
		const shown = show([`${"x".repeat(12)} ${"y".repeat(20)} end\r\n\r\nbelow`, "\x1b[1;1HSay purple mount"]);
		const last = mask(shown).at(-1) as Picture;
		expect(rowsOf(last)[0]).toBe(`Say purp•• ${"•".repeat(22)} end`);
	});

	test("that are known are held back from their first letters on", () => {
		const known = "purple mountain railway";
		pictures = new PictureMasker({ masker, memory: createMaskMemory(), knownValues: [known] });
		const [typed] = show(["Say purple mount"]);
		expect(rowsOf(mask([typed as Picture])[0] as Picture)[0]).toBe("Say purp•• •••••");
	});

	test("make it a gap when they cannot be masked", () => {
		const broken: Masker = {
			...masker,
			mask: (value) => ({ ...masker.mask(value), counts: { withheld: 1 } }),
		};
		pictures = new PictureMasker({ masker: broken, memory: createMaskMemory(), knownValues: [] });
		expect(pictures.mask({ pictures: show(["anything"]), above: [] })).toEqual({ kind: "withheld" });
	});
});

describe("what is held back", () => {
	test("is shown when it has stood there for a while, or something follows", () => {
		const [one, two] = show(["\x1b[?25lready to listen", "\r\n\r\nnext"], { every: MOVING_EVERY_MS });
		expect(rowsOf(mask([one as Picture])[0] as Picture)[0]).toBe("ready to list••");
		const result = pictures.mask({ pictures: [{ ...(one as Picture), at: SOON_MS }], above: [] });
		expect(result.kind === "masked" && rowsOf(result.pictures[0] as Picture)[0]).toBe("ready to listen");
		expect(rowsOf(mask([{ ...(two as Picture), at: SOON_MS + 1 }])[0] as Picture)[2]).toBe("next");
	});

	test("says when that will be", () => {
		const [one] = show(["\x1b[?25llisten"]);
		const result = pictures.mask({ pictures: [one as Picture], above: [] });
		expect(result.kind === "masked" && result.holdsUntil).toBe(SOON_MS);
	});
});

describe("pictures of one stretch, and those of one after the other", () => {
	const line = fc.oneof(
		fc.constantFrom("", "password:", "Authorization: Bearer", "● Bash(env)", "  ⎿  done", "-".repeat(20)),
		fc.integer().map((seed) => madeUpSecrets(seed).token),
		fc.integer().map((seed) => `AWS_KEY=${madeUpSecrets(seed).aws}`),
		fc.lorem({ maxCount: 6 }),
	);
	/** Screens that are painted anew, and screens in which some rows are. */
	const screens = fc
		.array(
			fc.record({
				lines: fc.array(line, { maxLength: ROWS - 1 }),
				from: fc.nat({ max: ROWS - 2 }),
				isAnew: fc.boolean(),
			}),
			{ minLength: 1, maxLength: 8 },
		)
		.map((all) =>
			all.map(({ lines, from, isAnew }) =>
				isAnew
					? `\x1b[?25l\x1b[H\x1b[2J${lines.join("\r\n")}\r\n`
					: `\x1b[?25l${lines
							.slice(0, ROWS - 1 - from)
							.slice(0, 3)
							.map((text, y) => `\x1b[${from + y + 1};1H\x1b[2K${text}`)
							.join("")}`,
			),
		);

	test.each([1, 2, 8])("say what masking each as a whole says, %i at a time", (size) => {
		fc.assert(
			fc.property(screens, (writes) => {
				const all = show(writes);
				pictures = new PictureMasker({ masker, memory: createMaskMemory(), knownValues: [] });
				for (const stretch of inStretches(all, size)) {
					const shown = mask(stretch);
					expect(stretch.flatMap((picture, at) => disagreements(picture, shown[at] as Picture))).toEqual([]);
				}
			}),
			{ numRuns: 60 },
		);
	});

	/** What is printed line by line moves up, and off the screen; a token may be broken over lines, and stand below its name. */
	const printed = fc.array(
		fc.array(
			fc.oneof(
				{ weight: 3, arbitrary: line },
				fc
					.record({ seed: fc.integer(), width: fc.integer({ min: 12, max: 30 }) })
					.map(({ seed, width }) =>
						madeUpSecrets(seed).token.replace(new RegExp(`.{${width}}`, "gu"), "$&\r\n"),
					),
			),
			{ minLength: 1, maxLength: 5 },
		),
		{ minLength: 4, maxLength: 12 },
	);

	test("that moved up say what masking each with what left it says", () => {
		fc.assert(
			fc.property(printed, (writes) => {
				pictures = new PictureMasker({ masker, memory: createMaskMemory(), knownValues: [] });
				let left: readonly string[] = [];
				for (const { picture, above } of showMoving(writes.map((lines) => `${lines.join("\r\n")}\r\n`))) {
					left = [...left, ...above];
					const [shown] = mask([picture], above);
					expect(disagreements(picture, shown as Picture, left.slice(-ROWS_TOLD))).toEqual([]);
				}
			}),
			{ numRuns: 40 },
		);
	});

	test("that moved up are read with what has just left them", () => {
		const words = "words\r\n";
		const shown = showMoving([words.repeat(11), `password:\r\nhunter2Blue9x\r\n${words.repeat(10)}`]);
		const [first, second] = shown.map(({ picture, above }) => rowsOf(mask([picture], above)[0] as Picture));
		expect(first).not.toContain("password:");
		expect(second?.[0]).toMatch(/^\[\[[a-z-]+/u);
	});

	test("are masked as a whole soon after the last of them", () => {
		const before = Array.from({ length: 8 }, (_, row) => `row ${row}`).join("\r\n");
		const [first, second] = show([`\x1b[?25l${before}`, "\x1b[9;1Hmore words here, and then some"]);
		const asked: number[] = [];
		const counting: Masker = {
			...masker,
			mask: (value, memory) => {
				if (Array.isArray(value)) asked.push(value.length);
				return masker.mask(value, memory);
			},
		};
		pictures = new PictureMasker({ masker: counting, memory: createMaskMemory(), knownValues: [] });
		mask([first as Picture]);
		const result = pictures.mask({ pictures: [second as Picture], above: [] });
		const due = (first as Picture).at + SOON_MS;
		expect(result.kind === "masked" && result.holdsUntil).toBe(due);
		mask([{ ...(second as Picture), at: due }]);
		mask([{ ...(second as Picture), at: due + 1 }]);
		// The rows that say something: those below the last of them are blank.
		expect(asked).toEqual([8, expect.any(Number), 9]);
		expect(asked[1]).toBeLessThan(8);
	});
});

/** Rows that say more than the picture masked as a whole, each with its masked form. */
function disagreements(picture: Picture, shown: Picture, above: readonly string[] = []): string[][] {
	const whole = masker.mask([...above, ...rowsOf(picture)]).value.slice(above.length);
	return rowsOf(shown).flatMap((text, y) =>
		agrees(text, rowsOf(picture)[y] ?? "", whole[y] ?? "") ? [] : [[text, whole[y] ?? ""]],
	);
}

/** What the masked form covers is covered; what is shown beside it is the row itself. More may be covered, never less. */
function agrees(shown: string, plain: string, masked: string): boolean {
	const over = findReplacements(plain, masked) ?? [{ start: 0, end: plain.length }];
	const isHidden = over.every(
		({ start, end }) => start === end || shown.slice(start, end) !== plain.slice(start, end),
	);
	// A place of one cell has room for the first sign of what stands for it.
	return isHidden && (/\[|•/u.test(shown) || shown === plain);
}

function inStretches(all: readonly Picture[], size: number): Picture[][] {
	const stretches: Picture[][] = [];
	for (let at = 0; at < all.length; at += size) stretches.push(all.slice(at, at + size));
	return stretches;
}

function pieces(text: string, sizes: readonly number[]): string[] {
	const cut: string[] = [];
	for (let at = 0, i = 0; at < text.length; i += 1) {
		const size = sizes[i % sizes.length] ?? 1;
		cut.push(text.slice(at, at + size));
		at += size;
	}
	return cut;
}

function boxed(secret: string): string {
	const width = 30;
	const rows = pieces(`key ${secret}`, [width]).map((part) => `│ ${part.padEnd(width)} │\r\n`);
	return `╭${"─".repeat(width + 2)}╮\r\n${rows.join("")}╰${"─".repeat(width + 2)}╯\r\n`;
}

function coloured(secret: string): string {
	return Array.from(secret, (letter, index) => `\x1b[3${1 + (index % 6)}m${letter}\x1b[0m`).join("");
}

function shuffled(secret: string): string {
	const letters = Array.from(secret.slice(0, COLS - 1), (letter, index) => `\x1b[1;${index + 1}H${letter}`);
	return letters.sort((a, b) => a.length * 7 + a.charCodeAt(4) - (b.length * 7 + b.charCodeAt(4))).join("");
}
