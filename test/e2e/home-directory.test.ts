import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanEnvironment, temporaryHome } from "../support/outside.ts";

const PLACE = resolve(".cache", `home-directory-${process.pid}`);

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	cpSync("patterns", join(PLACE, "patterns"), { recursive: true });
});
afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

test("a session below the home directory is found by its directory, and the home's own name is nowhere on the disk", () => {
	const place = temporaryHome();
	const name = `person${process.pid}x`;
	const home = join(realpathSync(place.path), "home", name);
	const project = join(home, "code", "app");
	mkdirSync(project, { recursive: true });
	const records = join(realpathSync(place.path), "records");
	const env = { ...cleanEnvironment(), HOME: home, CTRACE_HOME: records };
	const run = (bundle: string, ...args: string[]) =>
		spawnSync(process.execPath, [join(PLACE, "dist", bundle), ...args], {
			env,
			cwd: project,
			encoding: "utf8",
		});
	expect(run("wrap.cjs", "echo", "hello").stdout).toBe("hello\n");
	const listed = JSON.parse(run("cli.cjs", "sessions", "list", "--cwd", ".", "--json").stdout);
	expect(listed).toMatchObject([{ cwd: "~/code/app", status: expect.any(String) }]);
	run("cli.cjs", "sessions", "show", "last");
	for (const file of readdirSync(join(records, "data"))) {
		expect(readFileSync(join(records, "data", file), "latin1"), file).not.toContain(name);
	}
	place.remove();
});
