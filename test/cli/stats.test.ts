import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { buildCli, cliScene } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

const SINCE = ["--since", "2026-01-01", "--until", "2026-01-07"] as const;

test("stats tells what was done, and in JSON the same numbers", () => {
	using place = cliScene(cli);
	addSession(place.scene, { status: "complete" }, [
		makeTurn(1, {
			items: [
				{ kind: "tool", name: "Bash", input: { command: "ls" }, status: "error", source: "both" },
				{ kind: "tool", name: "Bash", input: { command: "ls" }, status: "ok", source: "both" },
			],
		}),
	]);
	const { out, code, err } = place.run("stats", ...SINCE);
	expect({ code, err }).toEqual({ code: 0, err: "" });
	expect(out).toMatch(/^2026-01-01 – 2026-01-07 {2}\(compared with 2025-12-25 – 2025-12-31\)\n/u);
	expect(out).toMatch(/sessions +1 +new\n/u);
	expect(out).toMatch(/Bash +2 +1 \(50 %\)\n/u);
	expect(JSON.parse(place.run("stats", ...SINCE, "--json").out)).toMatchObject({
		totals: { sessions: 1, turns: 1, toolCalls: 2, toolFailures: 1 },
		tools: [{ name: "Bash", calls: 2, failures: 1 }],
	});
});

test("stats of days or of a directory without a session say so", () => {
	using place = cliScene(cli);
	addSession(place.scene, { status: "complete" }, [makeTurn(1)]);
	expect(place.run("stats", "--until", "2020-01-01", "--since", "2019-12-01").out).toMatch(
		/No session was recorded/u,
	);
	expect(place.run("stats", ...SINCE, "--project", "/nowhere").out).toMatch(/No session was recorded/u);
	expect(place.run("stats", ...SINCE, "--project", "/home/ada").out).toMatch(/sessions +1/u);
});

test("a day that is none is refused with what can be given", () => {
	using place = cliScene(cli);
	const { code, err } = place.run("stats", "--since", "yesteryear");
	expect(code).toBe(2);
	expect(err).toContain("--since does not understand");
});

test("what a session contains steers no terminal", () => {
	using place = cliScene(cli);
	const hostile = "\u001b]0;pwned\u0007 rename the \u001b[31m garden beds today";
	for (const _ of [1, 2])
		addSession(place.scene, { status: "complete" }, [
			makeTurn(1, {
				prompt: { text: hostile, kind: "prompt" },
				items: [{ kind: "tool", name: "x\u001b[2J", status: "ok", source: "both" }],
			}),
		]);
	const { out } = place.run("stats", ...SINCE);
	expect(out).toContain("garden beds");
	expect(out).not.toContain("\u001b");
	expect(out).not.toContain("\u0007");
});
