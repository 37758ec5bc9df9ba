/** Secrets broken over rows whose first rows leave the screen, scrolled away or painted over, while the rest still comes. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { textOfRow } from "../../src/core/picture.ts";
import type { RecordingChunk } from "../../src/core/recording.ts";
import type { SessionStart } from "../../src/core/wire.ts";
import { createMaskMemory } from "../../src/masking/masker.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { ScreenRecorder } from "../../src/recorder/screen-recorder.ts";
import { createTurnSource, type TurnSource } from "../../src/recorder/turn-source.ts";
import { decodeChunk } from "../../src/replay/decode.ts";
import { unpack } from "../../src/replay/pack.ts";
import { builtInMasker } from "../support/built-in-masker.ts";
import { KINDS, makeSecret, type Secret } from "./kinds.ts";
import { Needles } from "./needles.ts";
import { Random } from "./random.ts";
import { type Piece, rowsOf, streamed } from "./routes.ts";

const look = loadLook(fileURLToPath(new URL("../../patterns/claude-code", import.meta.url)));
const masker = builtInMasker();
const ROUNDS = 12;
const HEIGHTS = [6, 8, 12, 24];
const WIDTHS = [20, 26, 33, 41, 52, 64, 80];
/** Longer than the pace of pictures. */
const LOOKED_AT_MS = 2500;
const ESC = "\u001b";

interface Window {
	readonly rows: number;
	readonly cols: number;
}

/** What a recording of these writes holds, taken whenever there may be something new. */
function recorded(pieces: readonly Piece[], { rows, cols }: Window, random: Random): Buffer {
	const start: SessionStart = {
		command: ["bash"],
		cwd: "/",
		startedAt: 0,
		cols,
		rows,
		attachment: "pty",
		wrapperPid: 1,
		childPid: 2,
		transcripts: false,
	};
	const source = createTurnSource(start, look, { pictures: true });
	const recorder = new ScreenRecorder({ masker, memory: createMaskMemory(), knownValues: [] });
	let at = 0;
	for (const [text, pause] of pieces) {
		source.feed({ kind: "output", at, data: Buffer.from(text) });
		at += pause;
		source.tick(at);
		if (random.next() < 0.7) recorder.take(source.newOnScreen(), at);
	}
	return shownBy(recorder, source, at);
}

function shownBy(recorder: ScreenRecorder, source: TurnSource, at: number): Buffer {
	source.end(at + 5000, false);
	recorder.take(source.newOnScreen(), at + 5000, true);
	const chunks = new Map([...recorder.chunks(at), ...recorder.finish()].map((one) => [one.seq, one]));
	return Buffer.from([...chunks.values()].map(rowsIn).join("\n"));
}

function rowsIn(chunk: RecordingChunk): string {
	return decodeChunk(unpack(chunk))
		.flatMap((moment) => (moment.kind === "picture" ? [moment.picture.rows.map(textOfRow)] : []))
		.flatMap((rows) => [rows.join("\n"), rows.join("")])
		.join("\n");
}

/** So long nothing happens after a write: settled or not, pictured or not, masked as a whole again or not. */
const PAUSES = [0, 4, 30, 120, 600, 2500];

function paced(text: string, random: Random): Piece[] {
	return streamed(text, random).map(([piece]) => [piece, random.pick(PAUSES)]);
}

/** Broken by the program, pushed off the screen row by row; what pushes is written in pieces, too. */
function scrolledAway({ said }: Secret, { rows, cols }: Window, random: Random): Piece[] {
	const indent = " ".repeat(random.pick([0, 0, 2, 5]));
	const broken = rowsOf(said, cols - indent.length - random.pick([0, 0, 1])).map((row) => `${indent}${row}`);
	const after = Array.from({ length: random.between(1, rows) }, (_, index) => `step ${index} is done`);
	const before = Array.from({ length: random.between(0, rows) }, () => "the garden");
	return paced([...before, ...broken, "", ...after].join("\r\n"), random);
}

/** Shown whole for a while; then the first rows are painted over. */
function paintedOver({ said }: Secret, { rows, cols }: Window, random: Random): Piece[] {
	const broken = rowsOf(said, cols).slice(0, rows - 2);
	return [
		...paced(`${ESC}[2J${ESC}[H${broken.join("\r\n")}\r\n`, random),
		["", LOOKED_AT_MS],
		...paced(cover(random.between(1, Math.max(1, broken.length - 1))), random),
	];
}

/** What is known by its first rows, which are painted over before the last ones come. */
function comingLater({ said }: Secret, { cols }: Window, random: Random): Piece[] {
	const broken = rowsOf(said, cols);
	const seen = random.between(3, Math.max(3, broken.length - 1));
	const rest = broken.slice(seen).join("\r\n");
	return [
		...paced(`${ESC}[2J${ESC}[H${broken.slice(0, seen).join("\r\n")}\r\n`, random),
		["", LOOKED_AT_MS],
		[`${cover(random.between(1, seen - 1))}${ESC}[${seen + 1};1H`, 0],
		...paced(`${rest}\r\n`, random),
	];
}

function cover(rows: number): string {
	return Array.from({ length: rows }, (_, index) => `${ESC}[${index + 1};1H${ESC}[Kdone.`).join("");
}

/** Of a key in armour what is between its header and its end; that a row ended there tells nothing. */
function withoutRows({ value, isSecret }: Secret): Pick<Secret, "value" | "isSecret"> {
	const kept = [...value].map((character, index) => character !== "\n" && isSecret[index] === true);
	return value.includes("\n")
		? { value: [...value].filter((_, index) => kept[index]).join(""), isSecret: kept.filter(Boolean) }
		: { value, isSecret };
}

test.each([
	["scrolled away", scrolledAway],
	["painted over", paintedOver],
])(
	"no run of a secret is in a recording whose first rows were %s",
	(_name, write) => {
		const random = new Random(20_261_126);
		const leaks: string[] = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			for (const kind of KINDS) {
				const window = { rows: random.pick(HEIGHTS), cols: random.pick(WIDTHS) };
				const secret = makeSecret(kind, random);
				const needles = new Needles();
				needles.add(withoutRows(secret), kind.name);
				const shown = recorded(write(secret, window, random), window, random);
				const [hit] = needles.search(shown);
				if (hit !== undefined)
					leaks.push(
						`${round} ${kind.name} at ${window.cols}×${window.rows}: ${shown.toString("latin1", hit.offset - 30, hit.offset + 40)}`,
					);
			}
		}
		expect(leaks).toEqual([]);
	},
	120_000,
);

const LONG_KINDS = KINDS.filter(({ name }) =>
	["bearer", "anthropic", "google-oauth", "vault"].includes(name),
);

test("nor one whose last rows came when the first ones were painted over", () => {
	const random = new Random(20_261_127);
	const leaks: string[] = [];
	for (let round = 0; round < 6 * ROUNDS; round += 1) {
		const kind = random.pick(LONG_KINDS);
		const window = { rows: 24, cols: random.between(20, 26) };
		const secret = makeSecret(kind, random);
		const needles = new Needles();
		needles.add(secret, kind.name);
		const shown = recorded(comingLater(secret, window, random), window, random);
		const [hit] = needles.search(shown);
		if (hit !== undefined)
			leaks.push(`${round} ${kind.name}: ${shown.toString("latin1", hit.offset - 60, hit.offset + 60)}`);
	}
	expect(leaks).toEqual([]);
}, 120_000);
