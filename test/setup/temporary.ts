/** What the tests of a file leave in the folder for temporary files goes with their end, whoever made it. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { removeFolder } from "../support/remove-folder.ts";

const before = process.env.TMPDIR;
const folder = mkdtempSync(join(tmpdir(), "ctrace-tests-"));
process.env.TMPDIR = folder;

afterAll(() => {
	if (before === undefined) delete process.env.TMPDIR;
	else process.env.TMPDIR = before;
	// A recorder may still be writing its last word.
	removeFolder(folder);
});
