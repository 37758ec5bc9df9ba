import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CtraceError } from "../../src/core/errors.ts";
import { checkRules } from "../../src/masking/rule-check.ts";
import { readPatternSources } from "../../src/patterns/compiled-file.ts";
import { compileSecretRules, loadSecretRules, parseSecretRules } from "../../src/patterns/load-secrets.ts";
import { expandExample } from "../../src/patterns/macros.ts";

function fileWith(text: string): string {
	const dir = mkdtempSync(join(tmpdir(), "ctrace-patterns-"));
	writeFileSync(join(dir, "bad.yml"), text);
	return dir;
}

function failure(text: string): CtraceError {
	try {
		loadSecretRules(fileWith(text));
	} catch (error) {
		if (error instanceof CtraceError) return error;
	}
	throw new Error("it loaded");
}

const rule = (extra: string) =>
	`- id: a\n  description: d\n  level: HIGH\n  keywords: [k]\n  examples: { match: [k] }\n- id: b\n  description: d\n  level: HIGH\n  keywords: [k]\n  ${extra}\n  examples: { match: [k] }\n`;

describe("the built-in patterns", () => {
	it("hold their own examples", () => {
		const folder = fileURLToPath(new URL("../../patterns/secrets", import.meta.url));
		const rules = parseSecretRules(readPatternSources(folder));
		expect(checkRules(rules, (example) => expandExample(example, Math.random))).toEqual([]);
	}, 60_000);
});

describe("the compiled patterns", () => {
	const good =
		"- id: a\n  description: d\n  level: HIGH\n  keywords: [k]\n  regex: k1\n  examples: { match: [k1] }\n";
	const ids = (dir: string) => loadSecretRules(dir).map((one) => `${one.id} ${one.source}`);

	it("are what the files say, and count only while the files are the same", () => {
		const dir = fileWith(good);
		compileSecretRules(dir);
		expect(ids(dir)).toEqual(["a k1"]);
		writeFileSync(join(dir, "bad.yml"), good.replace("regex: k1", "regex: k2"));
		expect(ids(dir)).toEqual(["a k2"]);
	});

	it("match what the files' own rules match", () => {
		const text = good.replace("regex: k1", "regex: '%{start}k(?<secret>[0-9])'");
		const dir = fileWith(text);
		const [read] = loadSecretRules(dir);
		compileSecretRules(dir);
		const [compiled] = loadSecretRules(dir);
		expect(compiled?.source).toBe(read?.source);
		expect(compiled?.startsToken).toBe(true);
		expect(compiled?.matcher.find("a k7", 0)).toEqual({ start: 2, end: 4, secretStart: 3, secretEnd: 4 });
	});

	it("are ignored when they are damaged", () => {
		const dir = fileWith(good);
		writeFileSync(join(dir, "compiled.json"), "{");
		expect(ids(dir)).toEqual(["a k1"]);
	});
});

describe("a pattern file that is wrong", () => {
	it("stops the load, naming file, line and reason", () => {
		const broken = failure(rule("regex: 'k('").replace("keywords: [k]", "keywords: [k]\n  regex: k"));
		expect(broken.code).toBe("patterns");
		expect(broken.message).toMatch(/^bad\.yml:7: b: Invalid regular expression/);
	});

	it("is refused for unknown fields, levels and macros, for a missing regex and for a second rule of the same name", () => {
		expect(failure(rule("")).message).toMatch(/bad\.yml:1: regex/);
		const whole = rule("regex: k").replace("keywords: [k]", "keywords: [k]\n  regex: k");
		expect(failure(whole.replace("HIGH", "SOME")).message).toContain("level");
		expect(failure(whole.replace("regex: k", "regex: k\n  colour: red")).message).toMatch(/colour/i);
		expect(failure(whole.replace("regex: k", "regex: '%{what}'")).message).toContain("unknown macro %{what}");
		expect(failure(whole.replace("id: b", "id: a")).message).toContain("a is defined twice");
		expect(failure("- [").message).toMatch(/bad\.yml:1/);
		expect(failure("").message).toContain("a pattern file is a list of rules");
	});

	it("is refused when the directory is missing", () => {
		expect(() => loadSecretRules("/nowhere/at/all")).toThrow(/cannot read the secret patterns/);
	});
});
