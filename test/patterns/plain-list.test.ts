import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readPlainLists } from "../../src/patterns/plain-list.ts";

/** What YAML says; undefined for what it refuses. */
function whole(text: string): unknown {
	try {
		return parse(text);
	} catch {
		return undefined;
	}
}

describe("the plainest of YAML", () => {
	it("is read", () => {
		const text =
			"custom_patterns:\n  - pattern: 'it''s [0-9]{4}: #1'\n    level: HIGH\nallow:\n  - literal: 'a b'\n";
		expect(readPlainLists(text)).toEqual(whole(text));
		expect(readPlainLists(text)).toBeDefined();
	});

	it("is read as YAML reads it, or left to it", () => {
		const line = fc.constantFrom(
			"custom_patterns:",
			"allow:",
			"  - pattern: 'a''b'",
			"  - pattern: a b",
			"    level: HIGH",
			"    level: 'x: y # z'",
			"   level: HIGH",
			"     level: HIGH",
			"    level: no",
			"    name: 12",
			"    name: a12",
			"    name: ''",
			"    name: 'a",
			"  -   name: wide",
			"      name: deep",
			" - name: narrow",
			"# note",
			"    flags: i # note",
			"  - plain",
			"\t- name: tab",
			"",
			"---",
			"    __proto__: x",
		);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 7 }), (lines) => {
				const text = lines.join("\n");
				const read = readPlainLists(text);
				if (read !== undefined) expect(JSON.stringify(read)).toBe(JSON.stringify(whole(text)));
			}),
			{ numRuns: 2000 },
		);
	});
});
