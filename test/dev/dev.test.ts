// `ctrace dev` as it is shipped: a bundle beside the patterns, on a real pseudo-terminal.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCast } from "../../src/dev/cast.ts";
import { afterKey } from "../../src/dev/step-through.ts";
import { ROOT } from "../hygiene/repository.ts";
import { Outside, temporaryHome } from "../support/outside.ts";

/** Its patterns are one folder up, as in a checkout and in the package. */
const bundle = join(ROOT, "dist", `.dev-${process.pid}.mjs`);
const home = temporaryHome();

beforeAll(() => {
	buildSync({
		entryPoints: [join(ROOT, "src/dev/main.ts")],
		outfile: bundle,
		bundle: true,
		platform: "node",
		target: "node20.19",
		format: "esm",
		external: ["node-pty"],
		banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
	});
});
afterAll(() => {
	rmSync(bundle, { force: true });
	home.remove();
});

function dev(...words: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, "dev", ...words], {
		encoding: "utf8",
	});
	return { status, stdout, stderr };
}

describe("ctrace dev record", () => {
	it("mirrors the command, and writes what was shown, masked", async () => {
		const folder = join(home.path, "case");
		const secret = ["ghp_", "Zq8vB2nM4kL7xW1cR9tY3uP5sD6fG0hJ8aXe"].join("");
		const script = "stty size; read line; echo got it; exit 3";
		const at = new Outside([process.execPath, bundle, "dev", "record", folder, "--", "sh", "-c", script], {
			cols: 70,
			rows: 20,
		});
		await at.untilText("20 70");
		at.type(`${secret}\r`);
		await at.untilText("blanked");
		await at.exited;
		const cast = readFileSync(join(folder, "session.cast"), "utf8");
		expect(cast).not.toContain(secret.slice(4));
		const { size, events } = readCast(cast);
		expect(size).toEqual({ cols: 70, rows: 20 });
		expect(events.at(-1)).toMatchObject({ kind: "exit", code: 3 });
		expect(events.some((event) => event.kind === "input")).toBe(false);
		expect(at.text).toContain("got it");
	});

	it("keeps the keys when asked to", async () => {
		const folder = join(home.path, "keys");
		const words = [
			process.execPath,
			bundle,
			"dev",
			"record",
			folder,
			"--keep-input",
			"--",
			"sh",
			"-c",
			"echo ready; read line",
		];
		const at = new Outside(words);
		await at.untilText("ready");
		at.type("hello\r");
		await at.exited;
		const { events } = readCast(readFileSync(join(folder, "session.cast"), "utf8"));
		const typed = events.flatMap((event) =>
			event.kind === "input" ? [new TextDecoder().decode(event.data)] : [],
		);
		expect(typed.join("")).toBe("hello\r");
	});

	it("writes nothing where there is no terminal", () => {
		const folder = join(home.path, "none");
		expect(dev("record", folder, "--", "true")).toMatchObject({ status: 2 });
		expect(existsSync(folder)).toBe(false);
	});
});

describe("ctrace dev replay and explain", () => {
	it("draw the screen in a box beside what claimed each row, and the turns below", () => {
		const { stdout, status } = dev("replay", "2.1.197/continued", "--frame", "20");
		expect(status).toBe(0);
		expect(stdout).toMatch(/^frame 20 of \d+ at /);
		expect(stdout).toMatch(/│❯ Which colour .*│ conversation prompt-filled/);
		expect(stdout).toContain("turn 1, ");
	});

	it("print every frame with --all", () => {
		const { stdout } = dev("replay", "2.1.197/continued", "--all");
		const [, count] = /^frame 1 of (\d+)/.exec(stdout) ?? [];
		expect(stdout.match(/^frame \d+ of/gm)).toHaveLength(Number(count));
	});

	it("name the pattern of each row, or a dot, and the share of the conversation that none claimed", () => {
		const { stdout } = dev("explain", "2.1.330/permissions", "--frame", "82");
		expect(stdout).toMatch(/^conversation bullet +│● I run it\.$/m);
		expect(stdout).toMatch(/^dialog +option +│ ❯ 1\. Yes$/m);
		expect(stdout).toMatch(/^dialog +· +│ This command requires approval$/m);
		expect(stdout).toContain("0 of 13 lines of the conversation unclaimed (0 %); at the bottom: dialog");
	});

	it.each([
		[["explain", "no/such"], 1, /no case "no\/such"/],
		[["explain", "2.1.197/continued", "--frame", "9999"], 1, /no frame 9999/],
		[["explain"], 2, /takes one case/],
		[["record", "x"], 2, /after --, a command/],
		[["dance"], 2, /no `ctrace dev dance`/],
	])("say what is wrong with %j", (words, status, reason) => {
		const run = dev(...words);
		expect(run.status).toBe(status);
		expect(run.stderr).toMatch(reason);
	});

	it("are left and moved through by single keys", () => {
		expect(["n", "p", "G", "g", "x"].map((key) => afterKey(key, 2, 9))).toEqual([3, 1, 9, 1, 2]);
		expect([afterKey("n", 9, 9), afterKey("p", 1, 9), afterKey("q", 5, 9)]).toEqual([9, 1, undefined]);
	});
});
