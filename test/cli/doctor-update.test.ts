/** A newer version: told only where a setting lets npm be asked. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { comfort, examine } from "./doctor-scene.ts";
import { buildCli, type CliScene, cliScene, TEST_VERSION } from "./run-built-cli.ts";

let cli: string;
let place: CliScene;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));
beforeEach(() => {
	place = cliScene(cli);
	comfort(place);
	return () => place[Symbol.dispose]();
});

/** An npm that says this, and notes what it was asked. */
function npmSays(text: string): void {
	const bin = join(place.home, "bin");
	mkdirSync(bin, { recursive: true });
	const script = `#!/bin/sh\necho "$PWD $*" >>"${join(place.home, "asked")}"\nprintf '%s\\n' '${text}'\n`;
	writeFileSync(join(bin, "npm"), script, { mode: 0o755 });
}

function asked(): string {
	try {
		return readFileSync(join(place.home, "asked"), "utf8");
	} catch {
		return "";
	}
}

function update() {
	const { report } = examine(place);
	return report.checks.find(({ area }) => area === "update");
}

test("nobody is asked unless a setting says so", () => {
	npmSays("999.0.0");
	expect(update()).toMatchObject({ level: "ok", what: expect.stringContaining("UPDATE_NOTICE on") });
	expect(asked()).toBe("");
});

test("a newer version is told with the line that installs it", () => {
	place.env.CTRACE_UPDATE_NOTICE = "on";
	npmSays("999.10.2");
	expect(update()).toEqual({
		area: "update",
		level: "warning",
		what: `999.10.2 is there, this is ${TEST_VERSION}`,
		fix: "npm install -g claude-code-tracer@999.10.2",
	});
	expect(asked()).toBe(
		`${place.home} view claude-code-tracer version --no-update-notifier --fetch-retries=0\n`,
	);
});

test.each([
	["0.0.1", `${TEST_VERSION} is the newest`],
	["", "npm does not say which version is the newest"],
	["1.0.0; rm -rf /", "npm does not say which version is the newest"],
])("nothing is told where npm says %j", (said, what) => {
	place.env.CTRACE_UPDATE_NOTICE = "on";
	npmSays(said);
	expect(update()).toEqual({ area: "update", level: "ok", what });
});
