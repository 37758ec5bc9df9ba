import { describe, expect, it } from "vitest";
import { missedBars } from "../live/bar.ts";
import type { Exported, ExportedItem, ExportedTurn } from "../live/exported.ts";
import type { Decision } from "../live/play.ts";
import { type Evidence, score } from "../live/score.ts";
import { truthTurns } from "../live/truth.ts";
import { assistantLine, textBlock, toolResult, toolUse, transcript, userLine } from "./transcript-lines.ts";

const TRUTH = truthTurns(
	transcript(
		userLine("How is the **garden**?"),
		assistantLine([textBlock("It is *green* and:\n\n- wet\n- warm\n\n```sh\nls\n```")]),
		userLine("Count the beds"),
		assistantLine([toolUse("t1", "Bash", { command: "wc -l beds.txt" })]),
		userLine([toolResult("t1", "3")]),
		assistantLine([toolUse("t2", "Read", { file_path: "/home/garden/plan.md" })]),
		userLine([toolResult("t2", "plan")]),
		assistantLine([textBlock("Three beds.")]),
		userLine("Tell me a story"),
		assistantLine([textBlock("Once upon a")]),
		userLine([textBlock("[Request interrupted by user]")]),
	),
);
const DECISION: Decision = {
	tool: "Bash",
	question: "Do you want to proceed?",
	options: ["Yes", "No"],
	choice: "Yes",
};
const PERMISSION: ExportedItem = {
	kind: "permission",
	question: DECISION.question,
	tool: "Bash",
	choice: "Yes",
};

function turn(text: string, items: readonly ExportedItem[], status = "complete"): ExportedTurn {
	return { prompt: { text, kind: "prompt" }, status, items: [...items] };
}

function say(text: string): ExportedItem {
	return { kind: "assistant", text };
}

const PERFECT: readonly ExportedTurn[] = [
	turn("How is the **garden**?", [say("It is green and:\n\n- wet\n- warm\n\n  ls")]),
	turn("Count the beds", [
		PERMISSION,
		{ kind: "tool", name: "Bash", input: "wc -l beds.txt" },
		say("Three beds."),
	]),
	turn("Tell me a story", [say("Once upon a")], "interrupted"),
];

function judged(turns: readonly ExportedTurn[], change: Partial<Evidence> = {}) {
	const exported: Exported = {
		version: 1,
		session: { id: "s", agent: "claude-code", status: "complete" },
		turns: [...turns],
	};
	return score({
		truth: TRUTH,
		exported,
		submitted: [],
		decisions: [DECISION],
		interrupted: [],
		rowsSeen: ["● Bash(wc -l beds.txt)", "  Read 1 file (ctrl+o to expand)"],
		...change,
	});
}

function replaced(index: number, change: (old: ExportedTurn) => ExportedTurn): ExportedTurn[] {
	return PERFECT.map((old, at) => (at === index ? change(old) : old));
}

describe("the score", () => {
	it("gives full marks to an export that holds what was shown, and counts folded tools aside", () => {
		const result = judged(PERFECT);
		expect(missedBars(result)).toEqual([]);
		expect(result.misses).toEqual([]);
		expect(result.tools).toEqual({ found: 1, of: 1 });
		expect(result.allTools).toEqual({ found: 1, of: 2 });
	});

	it("forgives whitespace in a prompt and nothing else", () => {
		const spaced = replaced(0, (old) => ({
			...old,
			prompt: { kind: "prompt", text: " How is\n the **garden**? " },
		}));
		expect(judged(spaced).prompts).toEqual({ found: 3, of: 3 });
		const rendered = replaced(0, (old) => ({
			...old,
			prompt: { kind: "prompt", text: "How is the garden?" },
		}));
		expect(missedBars(judged(rendered))).toEqual(expect.arrayContaining(["prompts", "spurious", "recall"]));
	});

	it("asks for the right kind of prompt", () => {
		const shell = replaced(1, (old) => ({ ...old, prompt: { ...old.prompt, kind: "bash" } }));
		expect(missedBars(judged(shell))).toContain("prompts");
	});

	it("calls a turn spurious that nobody asked for, but not a command that was typed", () => {
		const menu: ExportedTurn = {
			prompt: { text: "/clear Start anew", kind: "slash" },
			status: "complete",
			items: [],
		};
		expect(judged([...PERFECT, menu]).spurious).toBe(1);
		const help: ExportedTurn = { ...menu, prompt: { text: "/help", kind: "slash" } };
		expect(judged([...PERFECT, help], { submitted: [{ text: "/help", kind: "slash" }] }).spurious).toBe(0);
	});

	it("tolerates notices before the first prompt and no conversation there", () => {
		const before: ExportedTurn = { prompt: { text: "", kind: "none" }, status: "complete", items: [] };
		expect(judged([{ ...before, items: [{ kind: "notice", text: "old" }] }, ...PERFECT]).spurious).toBe(0);
		expect(judged([{ ...before, items: [say("old answer")] }, ...PERFECT]).spurious).toBe(1);
	});

	it("lowers recall for lost words and precision for added ones", () => {
		const lost = judged(replaced(1, (old) => ({ ...old, items: [PERMISSION, say("Three")] })));
		expect(lost.recall).toBeLessThan(1);
		expect(lost.precision).toBe(1);
		const added = judged(replaced(2, (old) => ({ ...old, items: [say("Once upon a ✻ Worked for 3s")] })));
		expect(added.recall).toBe(1);
		expect(added.precision).toBeLessThan(1);
	});

	it("notices words in the wrong order and words torn apart", () => {
		const swapped = judged(replaced(2, (old) => ({ ...old, items: [say("upon Once a")] })));
		expect(swapped.recall).toBeLessThan(1);
		const torn = judged(replaced(2, (old) => ({ ...old, items: [say("Once up on a")] })));
		expect(torn.recall).toBeLessThan(1);
		expect(torn.precision).toBeLessThan(1);
	});

	it("wants the tool's own name and its input", () => {
		const input = "wc -l beds.txt";
		const renamed = replaced(1, (old) => ({ ...old, items: [{ kind: "tool", name: "Group", input }] }));
		expect(judged(renamed).tools.found).toBe(0);
		const empty = replaced(1, (old) => ({ ...old, items: [{ kind: "tool", name: "Bash", input: "" }] }));
		expect(judged(empty).tools.found).toBe(0);
	});

	it("wants each decision with its choice, and none that nobody took", () => {
		const wrong = replaced(1, (old) => ({ ...old, items: [{ ...PERMISSION, choice: "No" }] }));
		expect(judged(wrong).permissions).toEqual({ found: 0, of: 1 });
		const doubled = replaced(1, (old) => ({ ...old, items: [PERMISSION, PERMISSION] }));
		expect(judged(doubled).permissions).toEqual({ found: 1, of: 2 });
	});

	it("takes a dismissed dialog for one without a choice", () => {
		const { choice: _choice, ...dismissed } = DECISION;
		expect(judged(PERFECT, { decisions: [dismissed] }).permissions.found).toBe(0);
		const { choice: _taken, ...open } = PERMISSION;
		const turns = replaced(1, (old) => ({ ...old, items: [open] }));
		expect(judged(turns, { decisions: [dismissed] }).permissions).toEqual({ found: 1, of: 1 });
	});

	it("wants every interrupt and no false one", () => {
		const missed = replaced(2, (old) => ({ ...old, status: "complete" }));
		expect(judged(missed).interrupts).toEqual({ found: 0, of: 1 });
		const invented = replaced(0, (old) => ({ ...old, status: "interrupted" }));
		expect(judged(invented).interrupts).toEqual({ found: 1, of: 2 });
		expect(judged(PERFECT, { interrupted: ["Count the beds"] }).interrupts).toEqual({ found: 1, of: 2 });
	});
});
