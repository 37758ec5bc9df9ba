import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createTag } from "../../src/config/pseudonym-key.ts";
import { createLinearMatcher } from "../../src/masking/linear-matcher.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { type PrivacyRules, parsePrivacyFile } from "../../src/patterns/load-privacy.ts";
import { loadSecretRules } from "../../src/patterns/load-secrets.ts";

const builtin = loadSecretRules(fileURLToPath(new URL("../../patterns/secrets", import.meta.url)));
const tag = createTag(new Uint8Array(32).fill(5));
const load = (text: string, mayAllow = true): PrivacyRules =>
	parsePrivacyFile({ file: "privacy.yml", text }, { compile: createLinearMatcher, mayAllow });

function masked(privacy: PrivacyRules, text: string): string {
	const rules = [...builtin, ...privacy.rules];
	return createMasker({ rules, mode: "strict", tag, allow: privacy.allow }).maskText(text).text;
}

const list = (...lines: string[]) => `custom_patterns:\n${lines.map((line) => `  - ${line}\n`).join("")}`;

describe("a user's own patterns", () => {
	it("are masked with a literal replacement, or a pseudonym of their own", () => {
		const rules = load(
			list(
				"{ pattern: 'CORP-[0-9]{6}', replacement: '$& <employee>' }",
				"{ pattern: 'zeus|hera', name: 'Project names' }",
			),
		);
		const output = masked(rules, "CORP-123456 works on hera");
		expect(output).toMatch(/^\$& <employee> works on \[\[custom-project-names:[a-z2-7]{8}\]\]$/);
	});

	it("run in linear time, whatever they are", () => {
		const rules = load(
			list("{ pattern: '(a+)+$' }", "{ pattern: '.*[^A-Z]|[A-Z]' }", "{ pattern: '(x+x+)+y' }"),
		);
		const started = performance.now();
		masked(rules, `${"a".repeat(20_000)}b`);
		expect(performance.now() - started).toBeLessThan(20_000);
	});

	it("are refused with file, line and reason when they cannot be run in linear time or are wrong", () => {
		expect(() => load(list("{ pattern: 'ok' }", "{ pattern: '(?=a)b' }"))).toThrow(
			/privacy\.yml:3: look-around/,
		);
		expect(() => load(list("{ pattern: '(a)\\1' }"))).toThrow(/privacy\.yml:2: a back-reference/);
		expect(() => load(list("{ pattern: 'a*' }"))).toThrow(/matches the empty text/);
		expect(() => load(list("{ pattern: 'a(' }"))).toThrow(/privacy\.yml:2: .*missing closing/);
		expect(() => load(list("{ pattern: 'abc', replacement: 'abcd' }"))).toThrow(/replaced again/);
		expect(() => load(list("{ pattern: 'abc', examples: [xyz] }"))).toThrow(/does not match its example/);
		expect(() => load(list("{ pattern: 'abc', level: SOME }"))).toThrow(/level/);
		expect(() => load("patterns: []")).toThrow(/privacy\.yml:1/);
	});

	it("may be empty", () => {
		expect(load("")).toEqual({ rules: [], allow: [] });
		expect(load("custom_patterns:\nallow:\n")).toEqual({ rules: [], allow: [] });
	});
});

describe("what a user allows", () => {
	const privacy = load(
		"allow: ['me@corp.example.io', { pattern: 'team-[a-z]+@corp\\.example\\.io' }, { literal: 'x' }]",
	);

	it("is left alone", () => {
		const text = "mail me@corp.example.io or team-ops@corp.example.io";
		expect(masked(privacy, text)).toBe(text);
		expect(masked(privacy, "mail you@corp.example.io")).toContain("[[email:");
	});

	it("never covers what is certainly a secret", () => {
		const token = `ghp_${"aZ9".repeat(12)}`;
		const everything = load("allow: [{ pattern: '.*' }]");
		expect(masked(everything, `token ${token}`)).toContain("[[github-pat:");
	});

	it("is refused in a project's file", () => {
		expect(() => load("allow: [a]", false)).toThrow(/never take away/);
		expect(load(list("{ pattern: abc }"), false).rules).toHaveLength(1);
	});
});
