import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { TurnChange } from "../../src/core/change.ts";
import type { TerminalEvent } from "../../src/core/event.ts";
import type { Look } from "../../src/core/look.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";

const RULE = "─".repeat(60);
const BOX = `${RULE}\r\n❯ \r\n${RULE}\r\n  ? for shortcuts\r\n`;
let look: Look;
beforeAll(() => {
	look = loadLook(join(import.meta.dirname, "..", "..", "patterns", "claude-code"));
});

/** Each screen painted anew on a cleared terminal, a second apart; the last count that was reported. */
function recognise(screens: readonly string[]) {
	const source = createTurnSource(
		{
			command: ["claude"],
			cwd: "",
			startedAt: 0,
			cols: 60,
			rows: 30,
			attachment: "pty",
			wrapperPid: 0,
			transcripts: false,
		},
		look,
	);
	const events = screens.map(
		(text, index): TerminalEvent => ({
			kind: "output",
			at: index * 1000,
			data: Buffer.from(`\x1b[2J\x1b[H${text}`),
		}),
	);
	const changes: TurnChange[] = [
		...events.flatMap((event) => source.feed(event)),
		...source.end(99_000, false),
	];
	const counts = changes.flatMap((change) => (change.kind === "session" ? [change.recognition] : []));
	return counts.filter((count) => count !== undefined);
}

const TYPED = BOX.replace("❯ ", "❯ count the beds");
const BULLET = "\x1b[38;2;255;255;255m●\x1b[39m";
const ECHO = "\x1b[48;2;55;55;55m❯ count the beds\x1b[K\x1b[49m\r\n\r\n";

describe("the share of lines that nobody knows", () => {
	test("is nothing of a conversation that is understood", () => {
		const counts = recognise([
			BOX,
			TYPED,
			`${ECHO}${BULLET} There are seven.\r\n  All are full.\r\n\r\n${BOX}`,
		]);
		expect(counts.at(-1)).toEqual({ lines: 3, unclaimed: 0 });
	});

	test("is counted once, however often the turn is painted", () => {
		const answered = `${ECHO}${BULLET} There are seven.\r\n\r\n`;
		const drafts = ["a", "ab", "abc"].map((draft) => answered + BOX.replace("❯ ", `❯ ${draft}`));
		expect(recognise([BOX, TYPED, ...drafts]).at(-1)).toEqual({ lines: 2, unclaimed: 0 });
	});

	test("grows by rows at the margin that no pattern fits", () => {
		const odd = "⟪a look of next year⟫\r\n  with a second row\r\n\r\n";
		const counts = recognise([BOX, TYPED, `${ECHO}${BULLET} There are seven.\r\n\r\n${odd}${BOX}`]);
		expect(counts.at(-1)).toEqual({ lines: 4, unclaimed: 2 });
	});

	test("is everything where neither box nor dialog is known, once the screen said whose it is", () => {
		const strange = "  Claude Code v9.9.9\r\n\r\n⟪ count the beds ⟫\r\n⟪ There are seven. ⟫\r\n";
		expect(recognise([strange])).toEqual([{ lines: 3, unclaimed: 3 }]);
		expect(recognise(["usage: claude [options]\r\n"])).toEqual([]);
	});
});
