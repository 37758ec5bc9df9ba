/** A line painted again at every key, in a window too narrow for it, and the recorder killed at every key. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import type { TurnChange } from "../../src/core/change.ts";
import type { Turn } from "../../src/core/turn.ts";
import type { SessionStart } from "../../src/core/wire.ts";
import { withoutCutOff, withoutUncertain } from "../../src/masking/hold-back.ts";
import { createMasker, createMaskMemory } from "../../src/masking/masker.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import { KINDS, makeSecret, type Secret } from "./kinds.ts";
import { Needles } from "./needles.ts";
import { Random } from "./random.ts";
import { rowsOf } from "./routes.ts";

const patterns = fileURLToPath(new URL("../../patterns/", import.meta.url));
const rules = loadSecretRules(`${patterns}secrets`);
const look = loadLook(`${patterns}claude-code`);
const masker = createMasker({ rules, mode: "strict", tag: createTag(new Uint8Array(32).fill(7)) });

const WIDTHS = [20, 23, 27, 31, 36, 42, 51, 63, 79];
/** As many repaints leave rows that could tell more than those before them. */
const KEPT_REPAINTS = 5;

function secretsOf(
	seed: number,
): { readonly secret: Secret; readonly line: string; readonly needles: Needles }[] {
	const random = new Random(seed);
	return KINDS.map((kind) => {
		const secret = makeSecret(kind, random);
		const needles = new Needles();
		needles.add(secret, secret.kind);
		return { secret, line: `> ${secret.said.replaceAll("\n", "\\n")}`, needles };
	});
}

/** What is in the store when the recorder is gone: the turn as it was saved last, or closed for it. */
function stored(turn: Turn, memory = createMaskMemory()): Buffer {
	const saved = [withoutUncertain(turn), withoutCutOff({ ...turn, status: "lost" })];
	return Buffer.from(JSON.stringify(saved.map((one) => masker.mask(one, memory).value)));
}

function turnOf(text: string): Turn {
	const items = [{ kind: "notice", text, source: "terminal" }] as const;
	return {
		seq: 1,
		prompt: { text: "", kind: "none" },
		startedAt: 0,
		status: "running",
		source: "terminal",
		items,
	};
}

/** The rows that each repaint leaves: all but the last one, over which the next repaint begins. */
function leftBy(line: string, width: number): string[] {
	return rowsOf(line, width).slice(0, -1);
}

test("no beginning of a secret is in what is stored, whatever the kind, the width and the key", () => {
	const leaks: string[] = [];
	for (const { secret, line, needles } of secretsOf(20_261_126)) {
		for (const width of WIDTHS) {
			for (let length = width; length <= line.length; length += 1) {
				const above: string[] = [];
				for (let before = Math.max(1, length - KEPT_REPAINTS); before < length; before += 1)
					above.push(...leftBy(line.slice(0, before), width));
				const rows = ["ok", ...above, ...rowsOf(line.slice(0, length), width)];
				const hits = needles.search(stored(turnOf(rows.join("\n"))));
				if (hits.length > 0) leaks.push(`${secret.kind} at ${width} columns, key ${length}`);
			}
		}
	}
	expect(leaks).toEqual([]);
}, 120_000);

test("nor when the rows come from a terminal, joined as it wrapped them", () => {
	const leaks: string[] = [];
	for (const [index, { secret, line, needles }] of secretsOf(4711).entries()) {
		const cols = WIDTHS[index % WIDTHS.length] ?? 20;
		const start: SessionStart = {
			command: ["bash"],
			cwd: "/",
			startedAt: 0,
			cols,
			rows: 12,
			attachment: "pty",
			wrapperPid: 1,
			childPid: 2,
			transcripts: false,
		};
		const source = createTurnSource(start, look);
		const memory = createMaskMemory();
		let newest: Turn | undefined;
		const take = (changes: readonly TurnChange[]) => {
			for (const change of changes) if (change.kind === "turn") newest = change.turn;
		};
		for (let length = 1; length <= line.length; length += 1) {
			const at = length * 80;
			source.feed({ kind: "output", at, data: Buffer.from(`\r\u001b[K${line.slice(0, length)}`) });
			take(source.tick(at + 40));
			if (newest === undefined) continue;
			const hits = needles.search(stored(newest, memory));
			if (hits.length > 0) leaks.push(`${secret.kind} at ${cols} columns, key ${length}`);
		}
	}
	expect(leaks).toEqual([]);
}, 120_000);

test("a repainted line is held back in all its rows, and what stood before it is not", () => {
	const rows = ["garden$ ls", "> key gho_aB3dE5gH", "> key gho_aB3dE5gH", "> key gho_aB3dE5gH7jK"];
	const { items } = withoutCutOff({ ...turnOf(rows.join("\n")), status: "lost" });
	expect(items[0]).toMatchObject({ text: "garden$ ls\n> key [[withheld: cut off]]" });
});
