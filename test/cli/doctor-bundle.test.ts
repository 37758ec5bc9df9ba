import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addSession, makeTurn } from "../support/stored-session.ts";
import { addCounted, usedPlace } from "./doctor-scene.ts";
import { buildCli, TEST_VERSION } from "./run-built-cli.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

test("a support bundle holds no content, no name and no secret", () => {
	using place = usedPlace(cli);
	const word = () => `zz${Math.random().toString(36).slice(2, 12)}`;
	const planted = Array.from({ length: 12 }, word);
	const [prompt, project, host, user, title, tag, note, url, token, level, claude, version] = planted as [
		string,
		string,
		string,
		string,
		string,
		string,
		string,
		string,
		string,
		string,
		string,
		string,
	];
	const bin = join(place.home, claude);
	mkdirSync(bin);
	writeFileSync(join(bin, "claude"), `#!/bin/sh\necho "2.1.9-${version}"\n`, { mode: 0o755 });
	Object.assign(place.env, {
		PATH: bin + delimiter + place.env.PATH,
		USER: user,
		// A first word of many letters is more than Node.js itself bears.
		LANG: `xx_${word()}`,
		CTRACE_SUPABASE_URL: `https://${url}.example.org`,
		CTRACE_SUPABASE_KEY: token,
		CTRACE_GITHUB_TOKEN: token,
		CTRACE_BACKUP_REMOTE: `git@${url}.example.org:x.git`,
		CTRACE_LOG_LEVEL: level,
		CTRACE_PAGER: word(),
	});
	addCounted(place, `2.1.9-${version}`, 50, {
		cwd: `/srv/${project}`,
		host,
		user,
		title,
		tags: [tag],
		note,
		git: { remote: url, branch: project },
		command: ["claude", prompt],
	});
	addSession(place.scene, { status: "complete", agent: "claude-code" }, [
		makeTurn(1, { prompt: { text: prompt, kind: "prompt" } }),
	]);
	const file = join(place.home, "bundle.json");
	expect(place.run("doctor", "--bundle", file)).toMatchObject({ code: 1, out: "" });
	const bytes = readFileSync(file, "utf8");
	expect(statSync(file).mode & 0o777).toBe(0o600);
	const { LANG = "", CTRACE_PAGER = "" } = place.env;
	for (const secret of [...planted, LANG, CTRACE_PAGER, place.home, "example.org", "ada"])
		expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
	const bundle = JSON.parse(bytes);
	expect(bundle).toMatchObject({
		ctraceBundle: 1,
		versions: { ctrace: TEST_VERSION },
		sessions: { total: 3 },
	});
	expect(bundle.checks.length).toBeGreaterThan(12);
	expect(bundle.settings.find(({ name }: { name: string }) => name === "LOG_LEVEL")).toEqual({
		name: "LOG_LEVEL",
		origin: "environment",
		isUsual: false,
		isWrong: true,
	});
	expect(bundle.settings.find(({ name }: { name: string }) => name === "KEEP_RECORDINGS").value).toBe("90");
});
