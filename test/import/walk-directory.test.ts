import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import type { Failure } from "../../src/import/failure.ts";
import { walkDirectory } from "../../src/import/walk-directory.ts";

it("links that lead in a circle or nowhere end no walk, and are no files", () => {
	const directory = mkdtempSync(join(tmpdir(), "ctrace-walk-"));
	symlinkSync(join(directory, "b.jsonl"), join(directory, "a.jsonl"));
	symlinkSync(join(directory, "a.jsonl"), join(directory, "b.jsonl"));
	symlinkSync(join(directory, "gone"), join(directory, "c.jsonl"));
	symlinkSync(directory, join(directory, "d"));
	writeFileSync(join(directory, "e.jsonl"), "");
	const failures: Failure[] = [];
	expect([...walkDirectory(directory, failures)].map((path) => basename(path))).toEqual(["e.jsonl"]);
	expect(failures).toEqual([]);
});
