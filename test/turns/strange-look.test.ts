// A look that nobody knows: genuine sessions whose signs were replaced. Little may be read of them, but nothing wrong.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import type { Turn } from "../../src/core/turn.ts";
import { type CastRecording, readCast } from "../live/cast.ts";
import { readMeta, readTruth } from "../live/evidence.ts";
import { turnsOf } from "../live/replay.ts";
import { squeezed, wordsOf } from "../live/words.ts";
import { FIXTURES, testLook } from "../support/fixtures.ts";

const CASES = ["1.0.128/first-session", "2.1.197/imitates-the-screen", "2.1.330/parallel-tools"];
const SIGNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	"of answers and tools": { "●": "◉", "⏺": "◉" },
	"of prompts": { "❯": "▷" },
	"of results": { "⎿": "↳" },
	"of rules and frames": { "─": "┄", "╭": "┏", "╰": "┗" },
	"of everything": { "●": "◉", "⏺": "◉", "❯": "▷", "⎿": "↳", "─": "┄", "╭": "┏", "╰": "┗", "✻": "✜" },
};
/** What is read with more confidence than this is claimed to be so. */
const CLAIMED = 0.5;
const look = testLook();

function redrawn({ size, events }: CastRecording, signs: Readonly<Record<string, string>>): CastRecording {
	const decoder = new TextDecoder();
	const replace = (text: string) =>
		Object.entries(signs).reduce((all, [old, sign]) => all.replaceAll(old, sign), text);
	const redraw = (event: TerminalEvent): TerminalEvent =>
		event.kind === "output" ? { ...event, data: Buffer.from(replace(decoder.decode(event.data))) } : event;
	return { size, events: events.map(redraw) };
}

function claimedAnswers(turns: readonly Turn[]): string[] {
	const items = turns.flatMap((turn) => turn.items);
	return items.flatMap((item) =>
		item.kind === "assistant" && (item.confidence ?? 1) > CLAIMED ? [item.text] : [],
	);
}

describe.each(CASES)("%s", (name) => {
	const folder = join(FIXTURES, name);
	const truth = readTruth(folder).turns;
	const meta = readMeta(folder);
	const sent = truth.map((turn) => squeezed(turn.prompt.text));
	const written = wordsOf(
		truth.flatMap((turn) => turn.items.map((item) => (item.kind === "assistant" ? item.text : ""))).join(" "),
	);

	it.each(Object.entries(SIGNS))(
		"with other signs %s gives no turn that nobody asked for",
		(_what, signs) => {
			const recording = redrawn(readCast(join(folder, "session.cast")), signs);
			const turns = turnsOf({ recording, look, command: meta?.command ?? [], cwd: meta?.cwd ?? "" });
			const prompts = turns
				.filter((turn) => turn.prompt.kind !== "none")
				.map((turn) => squeezed(turn.prompt.text));
			expect(prompts.filter((prompt) => !sent.includes(prompt))).toEqual([]);
			const foreign = wordsOf(claimedAnswers(turns).join(" ")).filter((word) => !written.includes(word));
			expect(foreign).toEqual([]);
		},
	);
});
