// `ctrace mask` as a shell uses it: whatever comes through the pipe, and whoever stops reading.
import { spawnSync } from "node:child_process";
import { beforeAll, expect, test } from "vitest";
import { buildCli, cliScene } from "./run-built-cli.ts";

let cli = "";
beforeAll(() => {
	cli = buildCli();
});

const TOKEN = ["ghp", "_aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3bC5"].join("");

function piped(line: string, input: string | Buffer) {
	using scene = cliScene(cli);
	const env = { ...scene.env, NODE: process.execPath, CLI: cli };
	const run = spawnSync("bash", ["-o", "pipefail", "-c", line], {
		env,
		cwd: scene.home,
		input,
		maxBuffer: 2 ** 28,
	});
	return { code: run.status, out: run.stdout.toString("latin1"), err: run.stderr.toString("utf8") };
}

const MASK = '"$NODE" "$CLI" mask';

test("what holds no secret passes byte for byte, with and without a newline at its end, empty or long", () => {
	for (const text of [
		"",
		"\n",
		"no newline",
		"one\ntwo\n",
		"a\r\nb\r\n",
		"a line of ordinary text\n".repeat(100_000),
	])
		expect(piped(MASK, text)).toEqual({ code: 0, out: text, err: "" });
});

test("a secret is masked at the very end of the input, and in the middle of bytes that are no text", () => {
	expect(piped(MASK, `use ${TOKEN}`).out).toMatch(/^use \[\[github-pat:[a-z2-7]{8}\]\]$/);
	const noise = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 89) % 256));
	const { code, out } = piped(MASK, Buffer.concat([noise, Buffer.from(`\n${TOKEN}\n`), noise]));
	expect(code).toBe(0);
	for (let at = 4; at + 8 <= TOKEN.length; at += 1) expect(out).not.toContain(TOKEN.slice(at, at + 8));
});

test("whoever stops reading ends it without a complaint", () => {
	const { out, err } = piped(`yes 'a line' | ${MASK} | head -n 1`, "");
	expect({ out, err }).toEqual({ out: "a line\n", err: "" });
});

test("what cannot be read is said with the reason, and a mode that is none with those there are", () => {
	expect(piped(`${MASK} nowhere.txt`, "")).toMatchObject({
		code: 1,
		err: "ctrace: nowhere.txt: there is no such file\n",
	});
	expect(piped(`${MASK} .`, "")).toMatchObject({ code: 1, err: "ctrace: .: it is a directory\n" });
	expect(piped(`${MASK} --mode loud`, "")).toMatchObject({
		code: 2,
		err: expect.stringContaining("minimal, moderate, strict"),
	});
	expect(piped(`CTRACE_PRIVACY_MODE=loud ${MASK}`, "")).toMatchObject({
		code: 2,
		err: expect.stringContaining('no privacy mode "loud"'),
	});
});

test("a pattern file that does not load lets nothing through", () => {
	const { code, out, err } = piped(
		`mkdir -p "$CTRACE_HOME/config" && echo "custom_patterns: [{ pattern: '(' }]" > "$CTRACE_HOME/config/privacy.yml" && ${MASK}`,
		`use ${TOKEN}`,
	);
	expect({ code, out }).toEqual({ code: 1, out: "" });
	expect(err).toContain("privacy.yml:1: ");
});
