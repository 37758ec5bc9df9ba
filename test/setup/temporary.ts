/** What the tests of a file leave in the folder for temporary files goes with their end, whoever made it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const before = process.env.TMPDIR;
const folder = mkdtempSync(join(tmpdir(), "ctrace-tests-"));
process.env.TMPDIR = folder;

afterAll(() => {
	if (before === undefined) delete process.env.TMPDIR;
	else process.env.TMPDIR = before;
	// A recorder may still be writing its last word.
	rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});
