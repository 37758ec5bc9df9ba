import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";

const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
const masker = createMasker({ rules, mode: "moderate", tag: createTag(new Uint8Array(32).fill(3)) });
const token = `ghp_${"k3Jx9QmZ7p".repeat(4)}`.slice(0, 40);

function streamed(text: string, cuts: readonly number[]): string {
	const stream = masker.stream();
	let output = "";
	let from = 0;
	for (const cut of [...cuts].sort((a, b) => a - b)) {
		output += stream.feed(text.slice(from, cut));
		from = cut;
	}
	return output + stream.feed(text.slice(from)) + stream.flush();
}

/** About as much is masked at once: a cut lies near. */
const PART = 49_152;

describe("masking a stream", () => {
	const filler = Array.from({ length: 900 }, (_, i) => `line ${i} of a log that says little`).join("\n");
	const text = `${filler}\nGITHUB=${token}\n${filler}\n  │ x ${token.slice(0, 20)} │\n  │ ${token.slice(20)} │\n${filler}`;

	it("gives the same bytes for any chunking", () => {
		const whole = streamed(text, []);
		fc.assert(
			fc.property(fc.array(fc.nat(text.length), { maxLength: 40 }), (cuts) => {
				expect(streamed(text, cuts)).toBe(whole);
			}),
			{ numRuns: 15 },
		);
	});

	it("masks a secret wherever the parts are cut, and changes nothing else", () => {
		for (let shift = 0; shift < 60; shift += 7) {
			const before = `${"x".repeat(PART - 70 + shift)}\n`;
			const input = `${before}token ${token} end\n${filler}\n`;
			const output = streamed(input, []);
			expect(output).not.toContain(token.slice(0, 8));
			expect(output.replace(/\[\[github-pat:[a-z2-7]{8}\]\]/, token)).toBe(input);
		}
	});

	it("reads a secret that is broken over the rows at a cut as one, on both sides of it", () => {
		for (let rows = 0; rows < 12; rows += 1) {
			const before = `${"a row that says little\n".repeat(Math.ceil(PART / 23) - rows)}`;
			const broken = `  │ x ${token.slice(0, 20)} │\n  │ ${token.slice(20)} │\n`;
			const output = streamed(before + broken.repeat(6) + filler, []);
			for (let at = 4; at + 8 <= token.length; at += 1) expect(output).not.toContain(token.slice(at, at + 8));
		}
	});

	it("withholds a word that never ends, rather than let it pass", () => {
		const output = streamed("Q".repeat(70_000), []);
		expect(output).toContain("[[withheld: a word without an end]]");
		expect(output.length).toBeLessThan(10_000);
	});

	it("counts every secret once", () => {
		const stream = masker.stream();
		stream.feed(`${filler}\n`.repeat(3));
		stream.feed(`a ${token}\n${filler}\nb ${token}\n`);
		stream.flush();
		expect(stream.counts).toEqual({ "github-pat": 2 });
	});
});
