import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLinearMatcher } from "../../src/masking/linear-matcher.ts";
import { createMasker } from "../../src/masking/masker.ts";
import { loadPrivacyRules, stampPrivacyFiles } from "../../src/patterns/load-privacy.ts";
import { createWatchedMasker } from "../../src/recorder/watched-masker.ts";

let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "ctrace-watched-"));
	mkdirSync(join(folder, "project", ".git"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function watched() {
	const places = { ownFile: join(folder, "privacy.yml"), projectDir: join(folder, "project") };
	return createWatchedMasker({
		stamp: () => stampPrivacyFiles(places),
		load: () => {
			const { rules, allow } = loadPrivacyRules({ ...places, compile: createLinearMatcher });
			return createMasker({ rules, allow, mode: "strict", tag: () => "aaaaaaaa" });
		},
	});
}

const write = (text: string, file = "privacy.yml") => writeFileSync(join(folder, file), text);
const pattern = (animal: string) =>
	`custom_patterns: [{ pattern: '${animal}-[0-9]', replacement: '<${animal.toLowerCase()}>' }]\n`;

test("a changed file comes into force, and so does a new one of the project's", () => {
	write(pattern("EMU"));
	const { masker, check } = watched();
	expect(masker.maskText("EMU-1 YAK-2").text).toBe("<emu> YAK-2");
	expect(check()).toBeUndefined();
	write(`${pattern("YAK")}# longer\n`);
	expect(check()).toBeUndefined();
	expect(masker.maskText("EMU-1 YAK-2").text).toBe("EMU-1 <yak>");
	write(pattern("EMU"), "project/.ctrace.yml");
	expect(check()).toBeUndefined();
	expect(masker.maskText("EMU-1 YAK-2").text).toBe("<emu> <yak>");
});

test("a file that does not load leaves the old set in force, whole, and is told once with file, line and reason", () => {
	write(pattern("EMU"));
	const { masker, check } = watched();
	write("custom_patterns:\n  - { pattern: 'YAK-[0-9]' }\n  - { pattern: '(?=a)b' }\n");
	expect(check()).toMatch(/^patterns not changed: .*privacy\.yml:3: look-around/);
	expect(check()).toBeUndefined();
	expect(masker.maskText("EMU-1 YAK-2").text).toBe("<emu> YAK-2");
	write(`${pattern("YAK")}# mended\n`);
	expect(check()).toBeUndefined();
	expect(masker.maskText("EMU-1 YAK-2").text).toBe("EMU-1 <yak>");
});

test("a project's file that would allow something changes nothing", () => {
	const { check } = watched();
	write("allow: [EMU-1]\n", "project/.ctrace.yml");
	expect(check()).toMatch(/\.ctrace\.yml:1: allow: a project may add patterns, never take away/);
});

test("a first set that does not load is an error: there is nothing to fall back on", () => {
	write("custom_patterns: [{ pattern: '(' }]\n");
	expect(watched).toThrow(expect.objectContaining({ code: "patterns" }));
});
