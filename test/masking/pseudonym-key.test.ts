import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTag, deriveExportKey, openPseudonymKey } from "../../src/config/pseudonym-key.ts";

const freshDir = () => join(mkdtempSync(join(tmpdir(), "ctrace-key-")), "state");

describe("the pseudonym key", () => {
	it("is made once, for its owner alone, and read afterwards", () => {
		const dir = freshDir();
		const key = openPseudonymKey(dir, randomBytes);
		expect(key).toHaveLength(32);
		expect(openPseudonymKey(dir, randomBytes)).toEqual(key);
		expect(readdirSync(dir)).toEqual(["pseudonym.key"]);
		expect(statSync(join(dir, "pseudonym.key")).mode & 0o777).toBe(0o600);
		expect(statSync(dir).mode & 0o777).toBe(0o700);
	});

	it("is refused when it is damaged, rather than weakened", () => {
		const dir = freshDir();
		openPseudonymKey(dir, randomBytes);
		writeFileSync(join(dir, "pseudonym.key"), "short");
		expect(() => openPseudonymKey(dir, randomBytes)).toThrow(/damaged/);
	});

	it("gives the same secret the same tag, another key another, and each export its own", () => {
		const [one, two] = [openPseudonymKey(freshDir(), randomBytes), openPseudonymKey(freshDir(), randomBytes)];
		expect(createTag(one)("a", "secret")).toBe(createTag(one)("a", "secret"));
		expect(createTag(one)("a", "secret")).toMatch(/^[a-z2-7]{8}$/);
		const tags = [
			createTag(one),
			createTag(two),
			createTag(deriveExportKey(one, "e1")),
			createTag(deriveExportKey(one, "e2")),
		];
		expect(new Set(tags.map((tag) => tag("a", "secret"))).size).toBe(4);
	});
});
