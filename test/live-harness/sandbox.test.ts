import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSandbox } from "../live/sandbox.ts";

let root: string;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), "ctrace-sandbox-test-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("the home of a live run", () => {
	it("holds the scenario's files and a configuration of its own, and goes away", () => {
		const sandbox = createSandbox({ "notes/frost.md": "late\n" }, join(root, "home"));
		expect(readFileSync(join(sandbox.cwd, "notes/frost.md"), "utf8")).toBe("late\n");
		const configuration: unknown = JSON.parse(readFileSync(join(sandbox.home, ".claude.json"), "utf8"));
		expect(configuration).toMatchObject({ projects: { [sandbox.cwd]: { hasTrustDialogAccepted: true } } });
		sandbox.remove();
		expect(existsSync(sandbox.home)).toBe(false);
	});

	it("is emptied when it was made here before", () => {
		const first = createSandbox({ "old.txt": "old" }, join(root, "home"));
		const second = createSandbox({}, join(root, "home"));
		expect(existsSync(join(second.cwd, "old.txt"))).toBe(false);
		expect(second.home).toBe(first.home);
	});

	it("is never somebody's folder, nor that of another run that goes on", () => {
		writeFileSync(join(root, "letter.txt"), "dear");
		expect(() => createSandbox({}, root)).toThrow(/not made by the live test/);
		expect(readFileSync(join(root, "letter.txt"), "utf8")).toBe("dear");
		const home = join(root, "home");
		createSandbox({}, home);
		writeFileSync(join(home, ".ctrace-live-sandbox"), String(process.ppid));
		expect(() => createSandbox({}, home)).toThrow(/in use/);
	});
});
