/** A window that changes its size at every moment, in the middle of a line that holds a secret too. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import type { TurnChange } from "../../src/core/change.ts";
import { TORN_LINE } from "../../src/core/torn-line.ts";
import type { Turn } from "../../src/core/turn.ts";
import { withoutUncertain } from "../../src/masking/hold-back.ts";
import { createMasker, createMaskMemory } from "../../src/masking/masker.ts";
import { withheld } from "../../src/masking/placeholder.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import { makeText } from "../faults/text.ts";
import { Random } from "./random.ts";

const patterns = fileURLToPath(new URL("../../patterns/", import.meta.url));
const rules = loadSecretRules(`${patterns}secrets`);
const look = loadLook(`${patterns}claude-code`);
const masker = createMasker({ rules, mode: "strict", tag: createTag(new Uint8Array(32).fill(7)) });

const SESSIONS = 40;
const LINES = 40;
/** Where the text falls silent for a moment. */
const PARTS = /(?<silence>\u001f)|(?<end>\n)/u;

interface Played {
	/** As it was told last while it ran, and at its end. */
	readonly turns: readonly Turn[];
}

/** The parts of the text, and up to so many sizes after each. */
function play(parts: readonly string[], random: Random, most: (part: string) => number): Played {
	const source = createTurnSource(
		{
			command: ["bash"],
			cwd: "/",
			startedAt: 0,
			cols: 80,
			rows: 24,
			attachment: "pty",
			wrapperPid: 1,
			childPid: 2,
			transcripts: false,
		},
		look,
	);
	let newest: Turn | undefined;
	const take = (changes: readonly TurnChange[]) => {
		for (const change of changes) if (change.kind === "turn") newest = change.turn;
	};
	let at = 0;
	for (const part of parts) {
		take(source.feed({ kind: "output", at, data: Buffer.from(part) }));
		for (let resizes = random.between(0, most(part)); resizes > 0; resizes -= 1) {
			at += 1;
			const size = { cols: random.between(30, 200), rows: random.between(5, 60) };
			take(source.feed({ kind: "resize", at, ...size }));
		}
		at += random.between(0, 25);
		take(source.tick(at));
	}
	const running = newest;
	take(source.end(at + 1000, false));
	return { turns: [running, newest].filter((turn) => turn !== undefined) };
}

const textOf = (turn: Turn | undefined) =>
	(turn?.items ?? []).map((item) => (item.kind === "notice" ? item.text : "")).join("\n");

test("no part of a secret is in what is stored, wherever in its line the window changed", () => {
	const leaks: number[] = [];
	for (let seed = 0; seed < SESSIONS; seed += 1) {
		const random = new Random(seed);
		const { text, needles } = makeText(random, { lines: LINES });
		const parts = text.split(PARTS).filter((part) => part !== undefined && part !== "" && part !== "\u001f");
		const spoken = parts.map((part) => part.replace("\n", "\r\n"));
		const { turns } = play(spoken, random, (part) => (part === "\r\n" ? 12 : 4));
		const memory = createMaskMemory();
		const stored = turns.flatMap((turn) => [withoutUncertain(turn), turn]);
		const bytes = Buffer.from(JSON.stringify(stored.map((turn) => masker.mask(turn, memory).value)));
		if (needles.search(bytes).length > 0) leaks.push(seed);
	}
	expect(leaks).toEqual([]);
}, 60_000);

test("every line is told once, whatever the sizes between them", () => {
	for (let seed = 0; seed < SESSIONS; seed += 1) {
		const random = new Random(seed);
		const lines = Array.from({ length: LINES }, (_, index) =>
			`${index}: ${"moss and stone ".repeat(random.between(1, 9))}`.trim(),
		);
		const { turns } = play(
			lines.map((line) => `${line}\r\n`),
			random,
			() => 12,
		);
		expect({ seed, lines: textOf(turns.at(-1)).split("\n") }).toEqual({ seed, lines });
	}
}, 60_000);

test("a line that was written on after the window had cut it is withheld whole", () => {
	const source = play(["key: 0123456789 and more", "\r\n"], new Random(1), () => 0);
	expect(textOf(source.turns.at(-1))).toBe("key: 0123456789 and more");
	expect(TORN_LINE).toBe(withheld("cut off"));
});
