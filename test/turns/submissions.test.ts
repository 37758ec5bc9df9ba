import { describe, expect, it } from "vitest";
import { Submissions } from "../../src/turns/submissions.ts";

function having(...drafts: readonly string[]): Submissions {
	const submissions = new Submissions();
	for (const draft of drafts) submissions.noteDraft(draft);
	return submissions;
}

describe("what an echo on the screen was when it was sent", () => {
	it("is the text of the box, though the echo is rendered Markdown", () => {
		const typed = "Please use **bold** and `code`, then:\n- one\n- two";
		expect(having(typed).find("Please use bold and code, then: • one • two")).toBe(typed);
	});

	it("is nothing when nobody sent it", () => {
		expect(having("hello").find("Bash(rm -rf /)")).toBeUndefined();
	});

	it("is the newest of drafts that read the same", () => {
		expect(having("do it!", "do it?").find("do it")).toBe("do it?");
	});

	it("is nothing again when its Enter is heard of only after the echo", () => {
		const submissions = having("go on");
		submissions.consume("go on");
		submissions.noteEnter({ text: "go on", pastes: [] }, undefined);
		expect(submissions.find("go on")).toBeUndefined();
		submissions.noteEnter({ text: "go on", pastes: [] }, "go on");
		expect(submissions.find("go on")).toBe("go on");
	});

	it("tells prompts of signs alone apart", () => {
		expect(having("?", "...").find("?")).toBe("?");
		expect(having("?").find("!")).toBeUndefined();
	});

	it("has the pastes in it that the box shows as marks", () => {
		const submissions = having("Count [Pasted text #1 +2 lines] and [Pasted text #2]");
		submissions.noteEnter({ text: undefined, pastes: ["a\nb\nc", "d"] }, undefined);
		expect(submissions.find("Count [Pasted text #1 +2 lines] and [Pasted text #2]")).toBeUndefined();
		expect(submissions.find("Count a b c and d")).toBe("Count a\nb\nc and d");
	});

	it("keeps a mark that no paste explains", () => {
		const submissions = having("[Pasted text #3 +2 lines]");
		submissions.noteEnter({ text: undefined, pastes: [] }, undefined);
		expect(submissions.find("[Pasted text #3 +2 lines]")).toBe("[Pasted text #3 +2 lines]");
	});

	it("is found by its end when its beginning is above the screen", () => {
		expect(having("a long prompt\nthat ends here").findEnding("that ends here")).toBe(
			"a long prompt\nthat ends here",
		);
		expect(having("anything").findEnding("  ")).toBeUndefined();
	});

	it("is used up by the turn it became", () => {
		const submissions = having("continue");
		submissions.consume("continue");
		expect(submissions.find("continue")).toBeUndefined();
	});

	it("is remembered through many half-typed drafts", () => {
		const submissions = having("the first of two in the queue");
		for (let length = 1; length <= 40; length++) submissions.noteDraft("x".repeat(length));
		expect(submissions.find("the first of two in the queue")).toBe("the first of two in the queue");
	});
});
