// What cannot be masked is withheld with the reason, never passed on.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { createLinearMatcher } from "../../src/masking/linear-matcher.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { parsePrivacyMode } from "../../src/masking/privacy-mode.ts";
import { parsePrivacyFile } from "../../src/patterns/load-privacy.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";
import type { SecretRule } from "../../src/patterns/secret-rule.ts";

const rules = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
const tag = () => "aaaaaaaa";
const masker = createMasker({ rules, mode: "strict", tag });
const TOKEN = ["ghp", "_aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5"].join("");

function rule(changes: Partial<SecretRule>): SecretRule {
	return {
		id: "made-up",
		description: "a rule of this test",
		level: "MAXIMUM",
		keywords: ["a"],
		matcher: { find: () => undefined },
		source: "a",
		before: 64,
		after: 512,
		origin: "builtin",
		...changes,
	};
}

test("a rule that errs withholds the text, in a stream and in a value, too", () => {
	const find = () => {
		throw new Error(`saw ${TOKEN}`);
	};
	const failing = createMasker({ rules: [rule({ id: "broken", matcher: { find } })], mode: "strict", tag });
	expect(failing.maskText("a secret").text).toBe("[[withheld: rule broken failed]]");
	expect(failing.mask({ rows: ["a", "b"] }).value).toEqual({
		rows: ["[[withheld: rule broken failed]]", "[[withheld: rule broken failed]]"],
	});
	const stream = failing.stream();
	expect(stream.feed("a secret\n") + stream.flush()).toBe("[[withheld: rule broken failed]]\n");
});

test("a text that costs more than its length allows is withheld", () => {
	const matcher = { find: () => undefined };
	const many = Array.from({ length: 3000 }, (_, index) =>
		rule({ id: `rule-${index}`, keywords: [], matcher }),
	);
	const costly = createMasker({ rules: many, mode: "strict", tag });
	expect(costly.maskText("a".repeat(3000)).text).toBe("[[withheld: over budget]]");
});

test("bytes that are no UTF-8 hide no secret: between its characters, before it or cut in two", () => {
	const decode = (bytes: Buffer) => new TextDecoder("utf-8").decode(bytes);
	const half = Math.floor(TOKEN.length / 2);
	for (const broken of [[0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98], [0x80, 0x80]]) {
		const inside = Buffer.concat([
			Buffer.from(TOKEN.slice(0, half)),
			Buffer.from(broken),
			Buffer.from(TOKEN.slice(half)),
		]);
		const before = Buffer.concat([Buffer.from(broken), Buffer.from(TOKEN)]);
		for (const bytes of [inside, before]) {
			const { text } = masker.maskText(`see ${decode(bytes)} there`);
			for (let at = 4; at + 8 <= TOKEN.length; at += 1) expect(text).not.toContain(TOKEN.slice(at, at + 8));
		}
	}
});

test("a word without an end is not held for ever: it is withheld", () => {
	const stream = masker.stream();
	const output = stream.feed("x1".repeat(100_000)) + stream.flush();
	expect(output).toContain("[[withheld: a word without an end]]");
	expect(output).not.toContain("x1x1x1x1");
});

test("an unknown mode masks everything, and is known as unknown", () => {
	for (const word of ["paranoid", "none", "off", "Minimal!"])
		expect(parsePrivacyMode(word)).toEqual({ mode: "strict", known: false });
	expect(parsePrivacyMode(" Moderate ")).toEqual({ mode: "moderate", known: true });
	expect(parsePrivacyMode(undefined)).toEqual({ mode: "strict", known: true });
});

test("what a person allows never opens the way for a known value or a sure token", () => {
	const { allow } = parsePrivacyFile(
		{ file: "privacy.yml", text: "allow: [{ pattern: '(?s).*' }, { literal: 'blue giraffe teapot' }]\n" },
		{ compile: createLinearMatcher, mayAllow: true },
	);
	const knownValues = [{ name: "X", value: "blue giraffe teapot" }];
	const open = createMasker({ rules, mode: "strict", tag, allow, knownValues });
	expect(open.maskText(`${TOKEN} and blue giraffe teapot`).text).toBe(
		"[[github-pat:aaaaaaaa]] and [[known-value:aaaaaaaa]]",
	);
});

test("one bad entry stops the whole file, whatever else is in it", () => {
	const load = (text: string) =>
		parsePrivacyFile({ file: "privacy.yml", text }, { compile: createLinearMatcher, mayAllow: true });
	const good = "  - { pattern: 'EMU-[0-9]', description: bird, replacement: <bird>, level: LOW }\n";
	expect(load(`custom_patterns:\n${good}`).rules).toHaveLength(1);
	for (const bad of [
		"  - { pattern: '(' }\n",
		"  - { patern: 'x' }\n",
		"  - 5\n",
		"  - { pattern: 'x', level: low }\n",
	])
		expect(() => load(`custom_patterns:\n${good}${bad}`)).toThrow(/privacy\.yml:3: /);
	for (const bad of [
		"allow: [{ pattern: '(' }]\n",
		"allow: [{ regex: x }]\n",
		"custom_patterns: {}\n",
		"other: 1\n",
		"a: [\n",
	])
		expect(() => load(bad)).toThrow(/privacy\.yml:\d+: /);
});
