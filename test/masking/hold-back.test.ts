import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import type { Turn } from "../../src/core/turn.ts";
import { uncertainFrom, withoutCutOff, withoutUncertain } from "../../src/masking/hold-back.ts";
import { createMasker, createMaskMemory } from "../../src/masking/masker.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";
import { KINDS, makeSecret } from "../leaks/kinds.ts";
import { Needles } from "../leaks/needles.ts";
import { Random } from "../leaks/random.ts";

const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
const masker = createMasker({ rules, mode: "strict", tag: createTag(new Uint8Array(32).fill(3)) });

function turnOf(text: string, status: Turn["status"] = "running"): Turn {
	const items = [{ kind: "assistant", text, source: "terminal" }] as const;
	return { seq: 1, prompt: { text: "go", kind: "prompt" }, startedAt: 0, status, source: "terminal", items };
}

function textOf(turn: Turn): string {
	const [item] = turn.items;
	return item !== undefined && "text" in item ? item.text : "";
}

describe("a text that still grows", () => {
	test.each(KINDS.map((kind) => [kind.name, kind] as const))(
		"never gives away a beginning of a secret, however far it has come: %s",
		(name, kind) => {
			const secret = makeSecret(kind, new Random(name.length));
			const needles = new Needles();
			needles.add(secret, name);
			const text = `I have it: ${secret.said}\nand that is all.`;
			for (let length = 1; length <= text.length; length += 1) {
				for (const turn of [
					withoutUncertain(turnOf(text.slice(0, length))),
					withoutCutOff(turnOf(text.slice(0, length), "lost")),
				]) {
					const { value } = masker.mask(turn);
					expect(needles.search(Buffer.from(JSON.stringify(value))), textOf(value)).toEqual([]);
				}
			}
		},
		60_000,
	);

	test("goes on being told word by word", () => {
		expect(textOf(withoutUncertain(turnOf("The garden rests in wintertime")))).toBe("The garden rests in");
		expect(textOf(withoutUncertain(turnOf("line 1;\nline 2;")))).toBe("line 1;\nline 2;");
	});

	test("is held back over the rows that a window broke it into, and over frames", () => {
		const rows = ["│ key: abcdefghijklmnop │", "│ qrstuvwxyz0123456789a │", "│ bcd │"];
		expect(uncertainFrom(rows.join("\n"))).toBe(7);
	});

	test("is held back from where a value in quotation marks, a card or a known value begins", () => {
		expect(uncertainFrom('password = "correct horse bat')).toBeLessThanOrEqual(11);
		expect(uncertainFrom("pay with 4111 1111 1111 11")).toBeLessThanOrEqual(9);
		expect(uncertainFrom("say blue giraffe te", ["blue giraffe teapot"])).toBe(4);
	});

	test("loses only an end, whatever it is", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
				const from = uncertainFrom(text);
				expect(from).toBeGreaterThanOrEqual(0);
				expect(from).toBeLessThanOrEqual(text.length);
			}),
		);
	});
});

describe("a text that was cut off", () => {
	test("says that its end is withheld", () => {
		expect(textOf(withoutCutOff(turnOf("the key is ghp_aB3dE5gH", "lost")))).toBe(
			"the key is [[withheld: cut off]]",
		);
		expect(textOf(withoutCutOff(turnOf("it was the end.", "lost")))).toBe("it was the end.");
	});
});

describe("pieces of a secret that was seen whole", () => {
	const token = ["ghp", "_aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5"].join("");

	test("are masked wherever they stand, before it and after it, in every string of a value", () => {
		const value = { a: `> ${token.slice(0, 20)}`, b: `export T=${token}`, c: `… ${token.slice(12, 25)} …` };
		const masked = JSON.stringify(masker.mask(value).value);
		for (let at = 0; at + 8 <= token.length; at += 1) expect(masked).not.toContain(token.slice(at, at + 8));
	});

	test("are masked in what comes later, with the same memory", () => {
		const memory = createMaskMemory();
		masker.mask(`a ${token}`, memory);
		expect(masker.mask(`cut ${token.slice(5, 20)}`, memory).value).toMatch(
			/^cut \[\[github-pat:[a-z2-7]{8}\]\]$/,
		);
		expect(masker.mask(`cut ${token.slice(5, 20)}`).value).toContain(token.slice(5, 20));
	});

	test("are not looked for among ordinary words: a password made of one does not take it out of the text", () => {
		const memory = createMaskMemory();
		masker.mask({ password: "watermelon1" }, memory);
		expect(masker.mask("a watermelon is a fruit", memory).value).toBe("a watermelon is a fruit");
	});

	test("on the other side of a blank, where a row was taken for a line of words, go with it", () => {
		const { text } = masker.maskText(`key ${token} 03AVxYxgszJE and more`);
		expect(text).not.toContain("03AVxYxg");
		expect(text).toContain(" and more");
	});
});
