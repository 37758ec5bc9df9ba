/** What the first README promised, by its spelling of then. */
import { execFileSync, spawnSync } from "node:child_process";
import {
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cleanEnvironment, temporaryHome } from "../support/outside.ts";

const ROOT = resolve(".");
const DIST = resolve(".cache", `first-promises-${process.pid}`);
beforeAll(() => void execFileSync(process.execPath, ["scripts/build.mjs", DIST]), 120_000);
afterAll(() => rmSync(DIST, { recursive: true, force: true }));
let home: { readonly path: string; remove(): void };
beforeEach(() => {
	home = temporaryHome();
});
afterEach(() => home.remove());

/** A clone with its programs, as `claude-tracer` on the PATH starts it. */
function clone(): string {
	const folder = join(home.path, "clone");
	cpSync("bin", join(folder, "bin"), { recursive: true });
	cpSync(DIST, join(folder, "dist"), { recursive: true });
	for (const name of ["package.json", ".env.example"]) copyFileSync(name, join(folder, name));
	for (const name of ["patterns", "node_modules", "build"]) symlinkSync(join(ROOT, name), join(folder, name));
	symlinkSync(join(folder, "bin/ctrace.js"), join(home.path, "claude-tracer"));
	return folder;
}

/** Nothing says where ctrace's things are: the platform's usual places, in this home. */
function tracer(...words: string[]) {
	const env = {
		...cleanEnvironment(),
		HOME: home.path,
		XDG_CONFIG_HOME: "",
		XDG_DATA_HOME: "",
		XDG_STATE_HOME: "",
	};
	const { status, stdout, stderr } = spawnSync(join(home.path, "claude-tracer"), words, {
		env,
		cwd: home.path,
		encoding: "utf8",
	});
	return { code: status, out: stdout, err: stderr };
}

function setting(name: string): { value?: string; origin: string } {
	return JSON.parse(tracer("config", "get", name, "--json").out);
}

describe("claude-tracer", () => {
	test("lists and shows sessions, and starts and stops the daemon", () => {
		clone();
		const cast = join(home.path, "a.cast");
		writeFileSync(cast, '{"version":2,"width":80,"height":24}\n[0.1,"o","hello from then"]\n');
		expect(tracer("import", cast)).toMatchObject({ code: 0 });
		const { out } = tracer("sessions", "list");
		const id = /^(\S{13}) /m.exec(out.split("\n")[1] ?? "")?.[1] ?? "none";
		expect(tracer("sessions", "show", id).out).toContain("hello from then");
		expect(tracer("web", "--help").out).toContain("ctrace web");
		try {
			expect(tracer("start", "--daemon")).toMatchObject({
				code: 0,
				out: expect.stringContaining("The daemon runs"),
			});
		} finally {
			expect(tracer("stop").code).toBe(0);
		}
	}, 60_000);

	test("reads a clone's own .env, copied from .env.example", () => {
		const folder = clone();
		copyFileSync(join(folder, ".env.example"), join(folder, ".env"));
		expect(setting("LOG_LEVEL")).toMatchObject({ value: "info", origin: "default" });
		const said = "PRIVACY_MODE=moderate\nAUTO_SYNC_INTERVAL=60\nLOG_LEVEL=debug\n";
		writeFileSync(join(folder, ".env"), readFileSync(join(folder, ".env"), "utf8") + said);
		expect(setting("PRIVACY_MODE")).toMatchObject({ value: "moderate", origin: "file" });
		expect(setting("AUTO_SYNC_INTERVAL")).toMatchObject({ value: "60", origin: "file" });
		expect(setting("LOG_LEVEL")).toMatchObject({ value: "debug", origin: "file" });
		expect(tracer("config", "set", "LOG_LEVEL", "warn")).toMatchObject({ code: 0 });
		expect(readFileSync(join(folder, ".env"), "utf8")).toContain("LOG_LEVEL=warn");
		const own = join(home.path, ".config", "ctrace");
		mkdirSync(own, { recursive: true });
		writeFileSync(join(own, ".env"), "LOG_LEVEL=error\n");
		expect(setting("LOG_LEVEL")).toMatchObject({ value: "error", origin: "file" });
		expect(setting("PRIVACY_MODE")).toMatchObject({ origin: "default" });
	}, 60_000);

	test.each(["strict", "moderate", "minimal"])("PRIVACY_MODE=%s masks accordingly", (mode) => {
		const folder = clone();
		writeFileSync(join(folder, ".env"), `PRIVACY_MODE=${mode}\n`);
		const token = ["ghp", "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"].join("_");
		writeFileSync(join(home.path, "a.txt"), `${token} ada.lovelace@corp-quokka.com\n`);
		const { out } = tracer("mask", join(home.path, "a.txt"));
		expect(out).not.toContain(token);
		expect(out.includes("ada.lovelace@corp-quokka.com")).toBe(mode === "minimal");
	});

	test("reads config/privacy.yml with custom_patterns", () => {
		const folder = clone();
		mkdirSync(join(folder, "config"));
		const file = `custom_patterns:
  - pattern: 'PROJ-[0-9]{4}'
    replacement: '[PROJECT]'
    level: HIGH
`;
		writeFileSync(join(folder, "config", "privacy.yml"), file);
		writeFileSync(join(home.path, "a.txt"), "see PROJ-1234\n");
		expect(tracer("mask", join(home.path, "a.txt")).out).toBe("see [PROJECT]\n");
	});
});

test.each([
	["dev-setup", "npm ci"],
	["dev-run", "./bin/ctrace.js claude"],
	["test", "npm test"],
	["test-integration", "npm run test:integration"],
	["coverage", "npm run coverage"],
])("make %s runs %s", (target, command) => {
	const plan = execFileSync("make", ["-n", target], { cwd: ROOT, encoding: "utf8" });
	expect(plan).toContain(command);
	const script = /npm run (\S+)/.exec(plan)?.[1];
	const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
	if (script !== undefined) expect(Object.keys(scripts)).toContain(script);
	expect(existsSync("node_modules/@vitest/coverage-v8/package.json")).toBe(true);
});
