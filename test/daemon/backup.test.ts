/** The daemon's backup, at work on a real store and a real repository. */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { backup } from "../../src/daemon/components/backup.ts";
import { createSaving } from "../../src/daemon/components/save-backup.ts";
import { buildCli, type CliScene, cliScene } from "../cli/run-built-cli.ts";
import { addSession, makeTurn } from "../support/stored-session.ts";

let cli: string;
beforeAll(() => {
	cli = buildCli();
});
afterAll(() => rmSync(cli, { force: true }));

function run(place: CliScene) {
	const config = loadConfig({ env: place.env, platform: process.platform, home: place.home });
	const work = createSaving({ script: cli, env: place.env });
	return work({ config, signal: new AbortController().signal, log: () => {} });
}

test("saves what changed, and has nothing to do without a repository or with an interval of 0", async () => {
	using place = cliScene(cli);
	addSession(place.scene, { status: "complete", cwd: "~/app" }, [makeTurn(1)]);
	expect(await run(place)).toEqual({ counts: {} });
	const remote = join(place.home, "remote.git");
	execFileSync("git", ["init", "--quiet", "--bare", remote], { env: place.env });
	place.env.CTRACE_BACKUP_REMOTE = remote;
	expect(await run(place)).toEqual({ counts: { saved: 1, deleted: 0 }, queue: 0 });
	expect(await run(place)).toEqual({ counts: { saved: 0, deleted: 0 }, queue: 0 });
	addSession(place.scene, { status: "complete", cwd: "~/app" }, [makeTurn(1)]);
	place.env.CTRACE_BACKUP_INTERVAL = "0";
	expect(await run(place)).toEqual({ counts: {} });
});

test("a repository that cannot be reached is a failure, told by a code alone", async () => {
	using place = cliScene(cli);
	addSession(place.scene, { status: "complete", cwd: "~/app" }, [makeTurn(1)]);
	place.env.CTRACE_BACKUP_REMOTE = join(place.home, "nowhere.git");
	expect(await run(place)).toEqual({ counts: {}, failure: "backup" });
});

test("runs as often as the setting says, and seldom where there is nothing to do", () => {
	const every = (env: Record<string, string>) => {
		const config = loadConfig({ env, platform: "linux", home: "/home/ada" });
		return typeof backup.intervalMs === "number" ? backup.intervalMs : backup.intervalMs(config);
	};
	expect(every({ CTRACE_BACKUP_REMOTE: "/x.git" })).toBe(3_600_000);
	expect(every({ CTRACE_BACKUP_REMOTE: "/x.git", CTRACE_BACKUP_INTERVAL: "60" })).toBe(60_000);
	expect(every({})).toBe(86_400_000);
});
