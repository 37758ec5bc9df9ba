import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Typing } from "../../src/turns/typing.ts";
import { holds } from "../support/laws.ts";

const encoder = new TextEncoder();

function type(...chunks: readonly string[]) {
	const typing = new Typing();
	const keys = chunks.flatMap((chunk) => typing.feed(encoder.encode(chunk)));
	return { keys: keys.map((key) => key.kind), typed: typing.typed };
}

const ENTER = ["\r", "\u001b[13u", "\u001b[13;1u", "\u001bOM"];
const NEWLINES = ["\n", "\u001b\r", "\u001b[13;2u", "\u001b[27;2;13~"];
const REPORTS = [
	"\u001b[12;40R",
	"\u001b[I",
	"\u001b[O",
	"\u001b[<35;20;10M",
	"\u001b[?62;c",
	"\u001bP>|term\u001b\\",
	"\u001b]11;rgb:1e/1e/1e\u0007",
];

describe("the line as it was typed", () => {
	it("is its text, with what was erased gone", () => {
		expect(type("helo\u007flo").typed.text).toBe("hello");
	});

	it("is unknown once a cursor or history key was pressed", () => {
		expect(type("hello", "\u001b[A").typed.text).toBeUndefined();
		expect(type("hello", "\u001b[D", "x").typed.text).toBeUndefined();
	});

	it("begins anew after Ctrl-U and Ctrl-C", () => {
		expect(type("no\u0015yes").typed.text).toBe("yes");
		expect(type("no\u0003yes").typed.text).toBe("yes");
	});

	it.each(NEWLINES)("goes on in a new line after %j", (key) => {
		const { keys, typed } = type("a", key, "b");
		expect(typed.text).toBe("a\nb");
		expect(keys).not.toContain("enter");
	});

	it("goes on in a new line after a backslash and Enter, and the backslash is gone", () => {
		const { keys, typed } = type("first\\", "\r", "second");
		expect(typed.text).toBe("first\nsecond");
		expect(keys).not.toContain("enter");
	});

	it.each(ENTER)("is sent with %j", (key) => {
		expect(type("hi", key).keys).toEqual(["other", "other", "enter"].slice(-type("hi", key).keys.length));
		expect(type(key).keys).toEqual(["enter"]);
	});

	it.each(REPORTS)("does not change when the terminal reports %j", (report) => {
		expect(type("a", report, "b")).toEqual({ keys: type("a", "b").keys, typed: type("ab").typed });
	});

	it("has characters that arrive in two reads", () => {
		const typing = new Typing();
		const bytes = encoder.encode("é🌻");
		for (const byte of bytes) typing.feed(new Uint8Array([byte]));
		expect(typing.typed.text).toBe("é🌻");
	});
});

describe("pastes", () => {
	it("are kept in their order, with every kind of line end as one", () => {
		const { typed } = type("see \u001b[200~one\r\ntwo\rthree\u001b[201~ and \u001b[200~four\u001b[201~");
		expect(typed.pastes).toEqual(["one\ntwo\nthree", "four"]);
		expect(typed.text).toBe("see one\ntwo\nthree and four");
	});

	it("send nothing, whatever keys they look like", () => {
		expect(type("\u001b[200~yes\r1\u001b\u001b[201~").keys).toEqual([]);
	});

	it("are the same however they are cut into reads", () => {
		const input = "ab\u001b[200~one\rtwo\u001b[201~c\u001b[13u";
		holds(
			fc.property(fc.integer({ min: 7, max: input.length - 1 }), (at) => {
				const [before, after] = [input.slice(0, at), input.slice(at)];
				const isInsideSequence = /\u001b(?:\[\d*)?$/u.test(before);
				if (!isInsideSequence) expect(type(before, after).typed).toEqual(type(input).typed);
			}),
			{ runs: 30 },
		);
	});
});

describe("keys that answer a dialog", () => {
	it("are digits and Esc", () => {
		const typing = new Typing();
		expect(typing.feed(encoder.encode("2"))).toEqual([{ kind: "digit", digit: 2 }]);
		expect(typing.feed(encoder.encode("\u001b"))).toEqual([{ kind: "escape" }]);
		expect(typing.feed(encoder.encode("\u001b[27u"))).toEqual([{ kind: "escape" }]);
	});
});
