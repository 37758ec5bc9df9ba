import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { whyNotWritable } from "../../src/wrap/disk-check.ts";
import { findCommand } from "../../src/wrap/find-command.ts";
import { parseInvocation } from "../../src/wrap/invocation.ts";
import { formatNesting, isAbove, parseNesting } from "../../src/wrap/nesting.ts";
import { type PlanFacts, planSession } from "../../src/wrap/plan.ts";
import { temporaryHome } from "../support/outside.ts";

describe("the first words", () => {
	it("belong to ctrace up to the command, and to the command from there on", () => {
		expect(parseInvocation(["--no-transcript", "claude", "--help", "--", "--version"])).toEqual({
			kind: "wrap",
			file: "claude",
			args: ["--help", "--", "--version"],
			transcripts: false,
		});
	});

	it.each([[[]], [["--help"]], [["--version"]], [["sessions", "list"]], [["--no-transcript", "help"]]])(
		"are ctrace's own: %j",
		(argv) => {
			expect(parseInvocation(argv)).toEqual({ kind: "own" });
		},
	);

	it("wrap a program that bears the name of a command of ours after --", () => {
		expect(parseInvocation(["--", "search", "x"])).toMatchObject({
			kind: "wrap",
			file: "search",
			args: ["x"],
		});
	});

	it("are git's own after git, but for the two that git has no use for", () => {
		expect(parseInvocation(["git", "install", "--yes"])).toEqual({ kind: "own" });
		expect(parseInvocation(["git", "uninstall"])).toEqual({ kind: "own" });
		for (const argv of [["git"], ["git", "commit"], ["--", "git", "install"]])
			expect(parseInvocation(argv)).toMatchObject({ kind: "wrap", file: "git" });
	});

	it("name an unknown option and the nearest right one", () => {
		expect(parseInvocation(["--no-transcripts", "claude"])).toEqual({
			kind: "mistake",
			message: "unknown option --no-transcripts before the command; did you mean --no-transcript?",
		});
	});

	it("ask for a command when there are only options", () => {
		expect(parseInvocation(["--no-transcript"]).kind).toBe("mistake");
		expect(parseInvocation(["--"]).kind).toBe("mistake");
	});
});

const AT_A_TERMINAL: PlanFacts = {
	env: {},
	name: "claude",
	args: [],
	isTerminal: { input: true, output: true, error: true },
	sameTerminal: true,
	nested: false,
	background: false,
	namesDescriptors: false,
	hasKeyboard: true,
};

describe("how a command is attached", () => {
	it("to a pseudo-terminal at a terminal", () => {
		expect(planSession(AT_A_TERMINAL)).toEqual({ attach: "pty", relayInput: false, relayError: false });
	});

	it("with its error output left where it goes", () => {
		const facts = { ...AT_A_TERMINAL, isTerminal: { input: true, output: true, error: false } };
		expect(planSession(facts)).toEqual({ attach: "pty", relayInput: false, relayError: true });
	});

	it("to a pipe when its output is one; the input is read along only for a printed answer", () => {
		const facts = { ...AT_A_TERMINAL, isTerminal: { input: false, output: false, error: true } };
		expect(planSession(facts)).toEqual({ attach: "pipe", relayInput: false });
		expect(planSession({ ...facts, args: ["-p", "x"] })).toEqual({ attach: "pipe", relayInput: true });
		expect(planSession({ ...facts, args: ["--", "-p"] })).toEqual({ attach: "pipe", relayInput: false });
		expect(planSession({ ...facts, name: "cat", args: ["-p"] })).toEqual({
			attach: "pipe",
			relayInput: false,
		});
	});

	it("to a pseudo-terminal with its input piped in, when it is Claude Code", () => {
		const facts = { ...AT_A_TERMINAL, isTerminal: { input: false, output: true, error: true } };
		expect(planSession(facts)).toMatchObject({ attach: "pty", relayInput: true });
		expect(planSession({ ...facts, name: "less" })).toMatchObject({ attach: "direct" });
		expect(planSession({ ...facts, hasKeyboard: false })).toMatchObject({ attach: "direct" });
	});

	it.each([
		["inside another ctrace", { nested: true }],
		["with CTRACE_OFF=1", { env: { CTRACE_OFF: "1" } }],
		["with CLAUDE_CODE_SKIP_PROMPT_HISTORY=1", { env: { CLAUDE_CODE_SKIP_PROMPT_HISTORY: "1" } }],
		["with --no-session-persistence", { args: ["--no-session-persistence", "-p", "x"] }],
	])("directly and without a word %s", (_name, change) => {
		// Inside another one it is that one's to say whether there is a record.
		const privacy = "nested" in change ? {} : { isPrivate: true };
		expect(planSession({ ...AT_A_TERMINAL, ...change })).toEqual({ attach: "direct", ...privacy });
	});

	it("directly, and said so, in the background of a terminal", () => {
		expect(planSession({ ...AT_A_TERMINAL, background: true })).toHaveProperty("notice");
	});

	it("is decided by what is set, not by what is there", () => {
		expect(planSession({ ...AT_A_TERMINAL, env: { CTRACE_OFF: "" } }).attach).toBe("pty");
		expect(planSession({ ...AT_A_TERMINAL, env: { CTRACE_OFF: "0" } }).attach).toBe("pty");
		expect(planSession({ ...AT_A_TERMINAL, args: ["--", "--no-session-persistence"] }).attach).toBe("pty");
	});
});

describe("a session inside a session", () => {
	const parents: Readonly<Record<number, number>> = { 50: 40, 40: 30, 30: 1 };
	const system = { parentOf: (pid: number) => parents[pid], isAlive: (pid: number) => pid === 30 };

	it("is one only while its wrapper is really above", () => {
		expect(isAbove({ wrapperPid: 30, depth: 0 }, 50, system)).toBe(true);
		expect(isAbove({ wrapperPid: 77, depth: 0 }, 50, system)).toBe(false);
	});

	it("is believed when ancestors cannot be read but the wrapper lives", () => {
		const blind = { ...system, parentOf: () => undefined };
		expect(isAbove({ wrapperPid: 30, depth: 0 }, 50, blind)).toBe(true);
		expect(isAbove({ wrapperPid: 31, depth: 0 }, 50, blind)).toBe(false);
	});

	it("is marked in a way that can be read back, and in no other", () => {
		expect(parseNesting(formatNesting({ wrapperPid: 12, depth: 3 }))).toEqual({ wrapperPid: 12, depth: 3 });
		const recorded = { wrapperPid: 12, depth: 0, sessionId: "019b7c00-1111-7222-8333-444455556666" };
		expect(parseNesting(formatNesting(recorded))).toEqual(recorded);
		expect(parseNesting("yes")).toBeUndefined();
		expect(parseNesting(undefined)).toBeUndefined();
	});
});

describe("a command word", () => {
	const home = temporaryHome();
	const folder = (name: string) => {
		const path = join(home.path, name);
		mkdirSync(path, { recursive: true });
		return path;
	};
	const script = (path: string, text: string, mode = 0o755) => {
		writeFileSync(path, text);
		chmodSync(path, mode);
		return path;
	};
	const self = script(join(folder("self"), "ctrace.js"), "#!/usr/bin/env node\n");
	afterAll(() => home.remove());

	it("that is nowhere is said plainly, with the way to install Claude Code", () => {
		const found = findCommand({ word: "claude", path: folder("empty"), self });
		expect(found).toMatchObject({ kind: "missing", code: 127 });
		expect(JSON.stringify(found)).toContain("npm install -g @anthropic-ai/claude-code");
	});

	it("that looks like a command of ours is guessed", () => {
		const found = findCommand({ word: "sesions", path: folder("empty"), self });
		expect(JSON.stringify(found)).toContain("did you mean `ctrace sessions`?");
	});

	it("that is there but may not be run is 126, as in a shell", () => {
		const path = folder("forbidden");
		script(join(path, "tool"), "#!/bin/sh\n", 0o644);
		expect(findCommand({ word: "tool", path, self })).toMatchObject({ kind: "missing", code: 126 });
		expect(findCommand({ word: path, path, self })).toMatchObject({ kind: "missing", code: 126 });
	});

	it("keeps its name as it was typed", () => {
		const path = folder("plain");
		script(join(path, "tool"), "#!/bin/sh\n");
		expect(findCommand({ word: "tool", path, self })).toMatchObject({ kind: "found", file: "tool" });
	});

	it("does not stop at a link to ctrace itself, nor at a small script that calls it", () => {
		const [link, shim, real] = [folder("link"), folder("shim"), folder("real")];
		symlinkSync(self, join(link, "claude"));
		script(join(shim, "claude"), '#!/bin/sh\nexec ctrace claude "$@"\n');
		const genuine = script(join(real, "claude"), "#!/bin/sh\n");
		const path = [link, shim, real].join(":");
		expect(findCommand({ word: "claude", path, self })).toEqual({
			kind: "found",
			file: genuine,
			path: genuine,
		});
	});
});

describe("the place where sessions are kept", () => {
	const home = temporaryHome();
	afterAll(() => home.remove());

	it("need not exist yet, but must be possible", () => {
		expect(whyNotWritable(join(home.path, "a", "b"))).toBeUndefined();
		const file = join(home.path, "file");
		writeFileSync(file, "");
		expect(whyNotWritable(join(file, "ctrace"))).toMatch(/not a folder/);
		expect(whyNotWritable("/proc/ctrace")).toBeDefined();
	});
});
