import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestSnippet } from "../../src/store/snippet.ts";
import type { SearchHit } from "../../src/store/store.ts";
import { indexText, phrasesOf, wordsOf } from "../../src/store/words.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeTurn, STARTED_AT, temporaryStore } from "../support/stored-session.ts";

describe("search", () => {
	test("finds prompts, answers, thinking, tools, notices and permissions, and says which", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, [
			makeTurn(1, {
				prompt: { text: "please fix the quokka", kind: "prompt" },
				items: [
					answer("The wombat is fixed."),
					{ kind: "thinking", text: "maybe a numbat", source: "terminal" },
					{
						kind: "tool",
						name: "Bash",
						input: "ls bilby",
						output: "potoroo.txt",
						status: "ok",
						source: "terminal",
					},
					{ kind: "tool", name: "Read", input: { path: "dingo.md" }, status: "ok", source: "transcript" },
					{ kind: "notice", text: "kookaburra limit", source: "terminal" },
					{ kind: "permission", question: "Create echidna?", tool: "Write", options: [], source: "terminal" },
				],
			}),
		]);
		const kindOf = (word: string) =>
			scene.store.search([word]).map((hit) => [hit.kind, hit.sessionId, hit.turnSeq]);
		expect(kindOf("quokka")).toEqual([["prompt", id, 1]]);
		expect(kindOf("wombat")).toEqual([["assistant", id, 1]]);
		expect(kindOf("numbat")).toEqual([["thinking", id, 1]]);
		expect(kindOf("bilby")).toEqual([["tool", id, 1]]);
		expect(kindOf("potoroo")).toEqual([["tool", id, 1]]);
		expect(kindOf("dingo")).toEqual([["tool", id, 1]]);
		expect(kindOf("kookaburra")).toEqual([["notice", id, 1]]);
		expect(kindOf("echidna")).toEqual([["permission", id, 1]]);
	});

	test("a prompt ranks above an answer, and an answer above a tool's output, for the same words", () => {
		using scene = temporaryStore();
		addSession(scene, {}, [
			makeTurn(1, {
				items: [
					{ kind: "tool", name: "Bash", output: "retry the upload", status: "ok", source: "terminal" },
					answer("retry the upload"),
				],
			}),
			makeTurn(2, { prompt: { text: "retry the upload", kind: "prompt" } }),
		]);
		expect(scene.store.search(["upload"]).map((hit) => hit.kind)).toEqual(["prompt", "assistant", "tool"]);
	});

	test.each([
		["case and accents do not matter", "CAFÉ au lait", "cafe", "CAFÉ"],
		["the last word may be the beginning of one", "authentication", "authen", "authentication"],
		["part of an identifier is found", "see src/user_profile.ts", "profile", "profile"],
		["a phrase keeps its order", "open the door", "the door", "the door"],
		["part of a Japanese sentence is found", "認証のバグを直してください", "バグ", "バグ"],
		["a path is a phrase", "in src/store/words.ts we", "store/words", "store/words"],
	])("%s", (_title, text, asked, highlighted) => {
		using scene = temporaryStore();
		addSession(scene, {}, [makeTurn(1, { items: [answer(text)] })]);
		const [hit] = scene.store.search([asked]);
		expect(hit === undefined ? [] : highlightedParts(hit)).toEqual([highlighted]);
	});

	test("all words must be there, in any order", () => {
		using scene = temporaryStore();
		addSession(scene, {}, [makeTurn(1, { items: [answer("red green blue"), answer("red yellow")] })]);
		expect(scene.store.search(["blue", "red"]).map((hit) => hit.snippet.text)).toEqual(["red green blue"]);
	});

	test("nothing a person can type is a syntax error", () => {
		using scene = temporaryStore();
		addSession(scene, {}, [makeTurn(1)]);
		for (const word of ['"', "AND", "NOT", "a*", "(", "col:x", "NEAR(a b)", "^a", "-", "", "\u0000", "'; --"])
			expect(Array.isArray(scene.store.search([word, "x"]))).toBe(true);
		fc.assert(
			fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 4 }), (words) => {
				expect(Array.isArray(scene.store.search(words))).toBe(true);
			}),
			{ numRuns: 200 },
		);
	});

	test("any word of any stored text finds that text", () => {
		using scene = temporaryStore();
		const id = addSession(scene);
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", minLength: 3, maxLength: 80 }), fc.nat(), (text, pick) => {
				const words = wordsOf(text).filter((word) => /[a-z0-9]/.test(word.folded));
				const word = words[pick % Math.max(1, words.length)];
				if (word === undefined) return;
				scene.store.saveTurn(id, markMasked(makeTurn(1, { items: [answer(text)] })));
				const hits = scene.store.search([text.slice(word.start, word.end)]);
				expect(hits.some((hit) => hit.kind === "assistant")).toBe(true);
			}),
			{ numRuns: 150 },
		);
	});

	test("text that was replaced is no longer found, its replacement is", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, [makeTurn(1, { items: [answer("first draft"), answer("tail")] })]);
		scene.store.saveTurn(id, markMasked(makeTurn(1, { items: [answer("final version")] })));
		expect(scene.store.search(["draft"])).toEqual([]);
		expect(scene.store.search(["tail"])).toEqual([]);
		expect(scene.store.search(["final"])).toHaveLength(1);
	});

	test("a running turn's settled items are found at once, the growing one as soon as it has settled", () => {
		using scene = temporaryStore();
		const id = addSession(scene);
		const save = (status: "running" | "complete", ...texts: string[]) =>
			scene.store.saveTurn(id, markMasked(makeTurn(1, { status, items: texts.map(answer) })));
		save("running", "alpha", "beta");
		expect([scene.store.search(["alpha"]).length, scene.store.search(["beta"]).length]).toEqual([1, 0]);
		save("running", "alpha", "beta", "gamma");
		expect([scene.store.search(["beta"]).length, scene.store.search(["gamma"]).length]).toEqual([1, 0]);
		save("complete", "alpha", "beta", "gamma");
		expect(scene.store.search(["gamma"])).toHaveLength(1);
		save("running", "alpha", "beta", "gamma ray");
		save("running", "alpha");
		expect([scene.store.search(["alpha"]).length, scene.store.search(["gamma"]).length]).toEqual([1, 0]);
	});

	test("what was growing when its recorder vanished is found once the session is closed as lost", () => {
		using scene = temporaryStore();
		addSession(scene, {}, [makeTurn(1, { status: "running", items: [answer("unfinished symphony")] })]);
		expect(scene.store.search(["symphony"])).toHaveLength(0);
		scene.store.closeAbandoned(() => false);
		expect(scene.store.search(["symphony"])).toHaveLength(1);
	});

	test("filters keep to a directory and to a time", () => {
		using scene = temporaryStore();
		const inside = addSession(scene, { cwd: "/w/app/lib" }, [makeTurn(1)]);
		const beside = addSession(scene, { cwd: "/w/app-two" }, [makeTurn(5)]);
		const found = (filter: object) => scene.store.search(["question"], filter).map((hit) => hit.sessionId);
		expect(found({ cwd: "/w/app" })).toEqual([inside]);
		expect(found({ cwd: "/w/app/" })).toEqual([inside]);
		expect(found({ cwd: "/" }).sort()).toEqual([inside, beside].sort());
		expect(found({ since: STARTED_AT + 5000 })).toEqual([beside]);
		expect(found({ cwd: "/w/app", since: STARTED_AT + 5000 })).toEqual([]);
		expect(found({ limit: 1 })).toHaveLength(1);
	});
});

describe("snippets", () => {
	test("a long text is cut around the place that has most of the words", () => {
		const text = `red ${"filler ".repeat(60)}here red and green meet ${"filler ".repeat(60)}`;
		const snippet = bestSnippet([text], phrasesOf(["green", "red"]));
		expect(snippet.text.startsWith("…")).toBe(true);
		expect(snippet.text.endsWith("…")).toBe(true);
		expect(snippet.highlights.map(([from, to]) => snippet.text.slice(from, to))).toEqual(["red", "green"]);
	});

	test("line breaks become blanks and the ranges still fit", () => {
		const snippet = bestSnippet(["a\n\n   b\tneedle\n c"], phrasesOf(["needle"]));
		expect(snippet).toEqual({ text: "a b needle c", highlights: [[4, 10]] });
	});

	test("for any text the highlighted parts fold to what was asked, and no character is cut in half", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", maxLength: 900 }), fc.nat(), (text, pick) => {
				const words = wordsOf(text);
				const word = words[pick % Math.max(1, words.length)];
				if (word === undefined) return;
				const snippet = bestSnippet([text], [{ words: [word.folded], isPrefix: false }]);
				const folded = snippet.highlights.map(([from, to]) =>
					wordsOf(snippet.text.slice(from, to))
						.map((word) => word.folded)
						.join(" "),
				);
				expect(folded.length).toBeGreaterThan(0);
				for (const part of folded) expect(part.split(" ")).toContain(word.folded);
				if (text.isWellFormed()) expect(snippet.text.isWellFormed()).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});
});

function highlightedParts(hit: SearchHit): string[] {
	return hit.snippet.highlights.map(([from, to]) => hit.snippet.text.slice(from, to));
}

test("plain text goes into the index as it is, and its words are the same as those that were taken out of it", () => {
	fc.assert(
		fc.property(
			fc.array(
				fc.oneof(
					fc.string(),
					fc.stringMatching(/^[a-zA-Z0-9]{50,80}$/u),
					fc.constantFrom(" ", "_", ".", "\u0000"),
				),
				{
					maxLength: 6,
				},
			),
			(pieces) => {
				const text = pieces.join("");
				const words = (
					indexText(text)
						.toLowerCase()
						.match(/[a-z0-9]+/gu) ?? []
				).join(" ");
				expect(words).toBe(
					wordsOf(text)
						.map(({ folded }) => folded)
						.join(" "),
				);
			},
		),
	);
});
