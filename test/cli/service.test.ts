/** The service files, looked at by the systems' own checkers, and the commands that bring them to the system. */
import { spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	symlinkSync,
	unlinkSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { planAutostart } from "../../src/cli/service/autostart.ts";
import { planLaunchd, renderAgent } from "../../src/cli/service/launchd-agent.ts";
import type { ServiceFacts } from "../../src/cli/service/service-facts.ts";
import { planSystemd, renderUnit } from "../../src/cli/service/systemd-unit.ts";
import { temporaryHome } from "../support/outside.ts";
import { buildCli, cliScene } from "./run-built-cli.ts";

vi.setConfig({ testTimeout: 60_000 });

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
const hasPlists = spawnSync("python3", ["-c", "import plistlib"]).status === 0;
if (!hasSystemd) console.warn("NOT RUN: systemd-analyze is not installed here; the unit was not verified");
if (!hasPlists) console.warn("NOT RUN: python3 is not installed here; the property list was not parsed");

const facts = (changes: Partial<ServiceFacts> = {}): ServiceFacts => ({
	platform: "linux",
	home: "/home/ada",
	uid: 1000,
	env: {},
	node: process.execPath,
	script: "/opt/ctrace/dist/daemon.js",
	...changes,
});
/** Everything that means something to systemd, a shell, XML or a property list. */
const ODD = `/tmp/it's 100% "odd" \\ $HOME & <b> %h ü`;

describe("the systemd unit", () => {
	test.runIf(hasSystemd)("is right in systemd's own eyes, whatever the paths are called", () => {
		const home = temporaryHome();
		const folder = join(home.path, `100% "odd" $HOME`);
		mkdirSync(folder);
		const node = join(folder, "node");
		symlinkSync(process.execPath, node);
		for (const unit of [
			renderUnit(facts()),
			renderUnit(facts({ node, script: ODD, env: { CTRACE_HOME: ODD } })),
		]) {
			const path = join(home.path, "ctrace.service");
			writeFileSync(path, unit);
			const checked = spawnSync("systemd-analyze", ["--user", "verify", path], {
				encoding: "utf8",
				env: { ...process.env, XDG_RUNTIME_DIR: home.path, HOME: home.path },
			});
			const about = (checked.stdout + checked.stderr).split("\n").filter((line) => line.includes("ctrace"));
			expect({ status: checked.status, about }).toEqual({ status: 0, about: [] });
		}
		home.remove();
	});

	test("quotes what systemd would take for its own, and says where things are kept", () => {
		const unit = renderUnit(facts({ script: ODD, env: { CTRACE_HOME: ODD, XDG_DATA_HOME: "/not/said" } }));
		expect(unit).toContain(`"/tmp/it's 100%% \\"odd\\" \\\\ $$HOME & <b> %%h ü" service\n`);
		expect(unit).toContain(`Environment="CTRACE_HOME=/tmp/it's 100%% \\"odd\\" \\\\ $HOME & <b> %%h ü"\n`);
		expect(unit).not.toContain("XDG_DATA_HOME");
		expect(renderUnit(facts({ env: { XDG_DATA_HOME: "/d", PATH: "/bin" } }))).toContain(
			'\nEnvironment="XDG_DATA_HOME=/d"\nRestart=',
		);
	});

	test("a path that would break out of its line is refused", () => {
		for (const render of [renderUnit, renderAgent])
			expect(() => render(facts({ env: { CTRACE_HOME: "/a\nExecStart=/bin/evil" } }))).toThrow(
				"control characters",
			);
	});

	test("lies where systemd looks for a user's own", () => {
		expect(planSystemd(facts()).path).toBe("/home/ada/.config/systemd/user/ctrace.service");
		expect(planSystemd(facts({ env: { XDG_CONFIG_HOME: "/cfg" } })).path).toBe(
			"/cfg/systemd/user/ctrace.service",
		);
		expect(() => planAutostart(facts({ platform: "win32" }))).toThrow("no service for win32");
	});
});

describe("the launchd agent", () => {
	test.runIf(hasPlists)("is a property list that says what is meant, whatever the paths are called", () => {
		const read = "import json,plistlib,sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))";
		const input = renderAgent(facts({ platform: "darwin", script: ODD, env: { CTRACE_HOME: ODD } }));
		const parsed = spawnSync("python3", ["-c", read], { input, encoding: "utf8" });
		expect(parsed.stderr).toBe("");
		expect(JSON.parse(parsed.stdout)).toEqual({
			Label: "ctrace.daemon",
			ProgramArguments: [process.execPath, ODD, "service"],
			EnvironmentVariables: { CTRACE_HOME: ODD },
			RunAtLoad: true,
			KeepAlive: { SuccessfulExit: false },
			ThrottleInterval: 10,
			ProcessType: "Background",
			Umask: 0o077,
		});
	});

	test("belongs to the person's own domain", () => {
		const plan = planLaunchd(facts({ platform: "darwin", home: "/Users/ada", uid: 501 }));
		expect(plan.path).toBe("/Users/ada/Library/LaunchAgents/ctrace.daemon.plist");
		expect(plan.onInstall.map(({ words }) => words.join(" "))).toEqual([
			"launchctl bootout gui/501/ctrace.daemon",
			`launchctl bootstrap gui/501 ${plan.path}`,
		]);
	});
});

describe.runIf(process.platform === "linux")("ctrace service", () => {
	let cli: string;
	beforeAll(() => {
		cli = buildCli();
	});
	afterAll(() => rmSync(cli, { force: true }));

	/** A `systemctl` that writes down what it is told, and answers as it is told to. */
	function systemScene() {
		const place = cliScene(cli);
		const bin = join(place.home, "bin");
		const calls = join(place.home, "calls");
		mkdirSync(bin);
		writeFileSync(
			join(bin, "systemctl"),
			`#!/bin/sh\necho "$*" >>'${calls}'\n[ -e '${place.home}/up' ] || { echo "Failed to connect to bus" >&2; exit 1; }\n`,
			{ mode: 0o755 },
		);
		const env = { ...place.env, PATH: `${bin}:${place.env.PATH}` };
		return {
			...place,
			unit: join(place.home, ".config/systemd/user/ctrace.service"),
			link: join(place.home, ".config/systemd/user/default.target.wants/ctrace.service"),
			up: () => writeFileSync(join(place.home, "up"), ""),
			calls: () => (existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : []),
			run: (...words: string[]) => {
				const result = spawnSync(process.execPath, [cli, ...words], { env, encoding: "utf8" });
				return { code: result.status, out: result.stdout, err: result.stderr };
			},
			[Symbol.dispose]: () => place[Symbol.dispose](),
		};
	}

	test("install, status and uninstall do what they say", () => {
		using place = systemScene();
		place.up();
		expect(place.run("service")).toMatchObject({
			code: 3,
			out: expect.stringContaining("No service is installed"),
		});
		expect(place.run("service", "install")).toMatchObject({ code: 0, err: "" });
		expect(readFileSync(place.unit, "utf8")).toContain(`CTRACE_HOME=${place.env.CTRACE_HOME}`);
		expect(readlinkSync(place.link)).toBe("../ctrace.service");
		expect(place.calls()).toEqual(["--user daemon-reload", "--user restart ctrace.service"]);
		expect(place.run("service", "status")).toMatchObject({
			code: 0,
			out: expect.stringContaining("starts at login and runs"),
		});
		expect(place.run("restart")).toMatchObject({ code: 0, out: "The service was restarted.\n" });
		expect(place.run("service", "install").code).toBe(0);
		expect(place.run("service", "uninstall").code).toBe(0);
		expect([existsSync(place.unit), existsSync(place.link)]).toEqual([false, false]);
		expect(place.run("service", "uninstall").out).toBe("No service is installed.\n");
	});

	test("one that was made for another ctrace, or starts no more, is told apart", () => {
		using place = systemScene();
		place.run("service", "install");
		unlinkSync(place.link);
		expect(place.run("service", "status")).toMatchObject({
			code: 1,
			out: expect.stringContaining("does not start"),
		});
		place.run("service", "install");
		writeFileSync(place.unit, readFileSync(place.unit, "utf8").replace("daemon.js", "old.js"));
		expect(place.run("service", "status")).toMatchObject({
			code: 1,
			out: expect.stringContaining("another ctrace"),
		});
	});

	test("where systemd does not run it is installed for the next login, and says so", () => {
		using place = systemScene();
		const { code, err } = place.run("service", "install");
		expect(code).toBe(0);
		expect(err).toContain("Failed to connect to bus");
		expect(err).toContain("with your next login");
		expect(existsSync(place.link)).toBe(true);
	});

	test("--dry-run shows file and commands, and touches nothing", () => {
		using place = systemScene();
		const { code, out } = place.run("service", "install", "--dry-run");
		expect(code).toBe(0);
		expect(out).toContain(`# ${place.unit}\n`);
		expect(out).toContain("ExecStart=");
		expect(out).toContain("# systemctl --user restart ctrace.service\n");
		expect(place.run("service", "uninstall", "--dry-run").out).toContain(`rm ${place.unit}\n`);
		expect(existsSync(join(place.home, ".config"))).toBe(false);
		expect(place.calls()).toEqual([]);
	});

	test("ctrace uninstall takes it away, too", () => {
		using place = systemScene();
		place.run("service", "install");
		expect(place.run("uninstall", "--yes")).toMatchObject({
			code: 0,
			out: expect.stringContaining(place.unit),
		});
		expect([existsSync(place.unit), existsSync(place.link)]).toEqual([false, false]);
	});
});
