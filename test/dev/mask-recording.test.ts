import { describe, expect, it } from "vitest";
import type { TerminalEvent } from "../../src/core/event.ts";
import { maskRecording } from "../../src/dev/mask-recording.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";

const masker = createMasker({
	rules: loadSecretRules("patterns/secrets"),
	mode: "strict",
	tag: () => "aaaaaaaa",
});
const size = { cols: 60, rows: 6 };
const encoder = new TextEncoder();
/** Made up in two halves, so that no scanner takes this file for a leak. */
const [HEAD, TAIL] = ["ghp_", "Zq8vB2nM4kL7xW1cR9tY3uP5sD6fG0hJ8aXe"];
const TOKEN = HEAD + TAIL;

function mask(...chunks: readonly (readonly ["output" | "input", string])[]) {
	const events = chunks.map(
		([kind, text], index): TerminalEvent => ({ kind, at: index * 100, data: encoder.encode(text) }),
	);
	const { lines, secrets } = maskRecording({ size, events }, masker);
	return { texts: lines.map((line) => line.data), secrets };
}

describe("a recording without its secrets", () => {
	it("is the recording itself when there are none", () => {
		expect(mask(["output", "hello \u001b[1mworld"], ["input", "x"])).toEqual({
			texts: ["hello \u001b[1mworld", "x"],
			secrets: 0,
		});
	});

	it("has an asterisk for every character of one, so that nothing moves", () => {
		const { texts, secrets } = mask(["output", `token: ${TOKEN} ok`]);
		expect(texts).toEqual([`token: ${"*".repeat(TOKEN.length)} ok`]);
		expect(secrets).toBeGreaterThan(0);
	});

	it("has none in the keys either, though they came one by one", () => {
		const { texts } = mask(...[...TOKEN].map((key) => ["input", key] as const), ["input", "\r"]);
		expect(texts.join("")).toBe(`${"*".repeat(TOKEN.length)}\r`);
	});

	it("has none that was drawn with colours and in two reads", () => {
		const { texts } = mask(
			["output", `\u001b[31m${HEAD}\u001b[0m${TAIL.slice(0, 9)}`],
			["output", TAIL.slice(9)],
		);
		expect(texts.join("")).not.toContain(TAIL.slice(0, 9));
		expect(texts.join("")).not.toContain(TAIL.slice(9));
		expect(texts[0]).toContain("\u001b[31m****\u001b[0m");
	});

	it("has none that the terminal wrapped over two rows", () => {
		const { texts } = mask(["output", `${"x".repeat(30)} ${TOKEN}`]);
		expect(texts.join("")).not.toContain(TAIL.slice(0, 12));
	});

	it("is refused as a whole when a secret can be seen and not be blanked", () => {
		const backwards = [...TOKEN]
			.map((char, index) => `\u001b[1;${index + 1}H${char}`)
			.reverse()
			.join("\u001b[3;1H and ");
		expect(() => mask(["output", backwards])).toThrow(/nothing was written/);
	});
});
