import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleScript } from "../support/bundle-script.ts";
import { temporaryStore } from "../support/stored-session.ts";

const run = promisify(execFile);
/** A file system of one megabyte needs a mount namespace, which not every machine grants. */
const canMount = spawnSync("unshare", ["-m", "true"]).status === 0;
let writer: string;

beforeAll(() => {
	writer = bundleScript("test/scripts/write-sessions.ts");
});

afterAll(() => rmSync(writer, { force: true }));

describe("many processes", () => {
	test("write at once, from the creation of the file on, and every turn of each is there", async () => {
		const directory = mkdtempSync(join(tmpdir(), "ctrace-writers-"));
		const path = join(directory, "deep", "ctrace.db");
		const writers = [1, 2, 3, 4, 5, 6].map(() => run("node", [writer, path, "3", "8"]));
		const ids = (await Promise.all(writers)).flatMap(({ stdout }) => stdout.trim().split("\n"));
		using scene = temporaryStore(path);
		expect(scene.store.listSessions().map(({ session }) => session.id)).toEqual(expect.arrayContaining(ids));
		for (const { session, turnCount } of scene.store.listSessions())
			expect([session.status, turnCount]).toEqual(["complete", 8]);
		expect(scene.store.search(["done"], { limit: 1000 })).toHaveLength(6 * 3 * 8);
		rmSync(directory, { recursive: true });
	});

	test.skipIf(!canMount)("on a full disk the writer is told so, and what was saved before is whole", () => {
		const mounted = mkdtempSync(join(tmpdir(), "ctrace-full-"));
		const script =
			'mount -t tmpfs -o size=1m none "$1" && node "$2" "$1/c.db" 1000 5 20000 && cp "$1"/c.db* "$3"';
		const saved = mkdtempSync(join(tmpdir(), "ctrace-saved-"));
		const shell = ["-m", "sh", "-c", script, "sh", mounted, writer, saved];
		const { stdout } = spawnSync("unshare", shell, { encoding: "utf8" });
		const lines = stdout.trim().split("\n");
		expect(lines.pop()).toBe("stopped: disk-full retryable=true");
		using scene = temporaryStore(join(saved, "c.db"));
		const complete = scene.store.listSessions({ status: "complete" });
		expect(complete.map(({ session }) => session.id).reverse()).toEqual(lines);
		for (const { session } of complete)
			expect(scene.store.readSession(session.id).turns.map((turn) => turn.items.length)).toEqual([
				2, 2, 2, 2, 2,
			]);
		for (const directory of [mounted, saved]) rmSync(directory, { recursive: true });
	});
});
