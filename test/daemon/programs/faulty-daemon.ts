/** The daemon as shipped, with components that fail in every way there is. */
import { appendFileSync, existsSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Component, Work } from "../../../src/daemon/component.ts";
import { type Role, runComponentProcess, runDaemonProcess } from "../../../src/daemon/run-daemon.ts";

const home = process.env.HOME ?? "";
const inHome = (name: string) => join(home, name);
/** Made up at run time: what an error may quote and nobody may tell on. */
const SECRET = ["my", "pass", "phrase"].join("-");

function component(name: string, work: Work, changes: Partial<Component> = {}): Component {
	return {
		name,
		summary: `is ${name}`,
		intervalMs: 60_000,
		limitMs: 60_000,
		lingerMs: 60_000,
		loadWork: async () => work,
		...changes,
	};
}

/** Each line is one whole run. */
const note = (name: string) => appendFileSync(inHome(name), "x\n");

const ALL: readonly Component[] = [
	component(
		"steady",
		() => {
			note("steady");
			return { counts: { done: 1 }, queue: 7 };
		},
		{ intervalMs: 100 },
	),
	component("thrower", () => {
		throw new Error(`cannot read ${SECRET}`);
	}),
	component("crasher", () => process.kill(process.pid, "SIGKILL") && { counts: {} }),
	component(
		"hanger",
		() => {
			note("hanging");
			for (;;);
		},
		{ limitMs: 300 },
	),
	component("slow", async ({ signal }) => {
		note("slow-began");
		await new Promise((resolve) => signal.addEventListener("abort", resolve));
		writeFileSync(inHome("slow-finished"), "");
		return { counts: {} };
	}),
	component(
		"watched",
		() => {
			note("watched");
			return { counts: { done: 1 } };
		},
		{
			watch: (wake) => {
				const watcher = watch(inHome("watch-me"), wake);
				return { isOpen: true, [Symbol.dispose]: () => watcher.close() };
			},
		},
	),
	component("uncaught", async () => {
		setTimeout(() => {
			throw new Error(SECRET);
		}, 1);
		await new Promise(() => {});
		return { counts: {} };
	}),
];

const [role = "", name = ""] = process.argv.slice(2);
const wanted = (process.env.CTRACE_TEST_COMPONENTS ?? "").split(",");
const components = ALL.filter((one) => wanted.includes(one.name));
if (existsSync(inHome("break-daemon")))
	setTimeout(() => {
		throw new Error(SECRET);
	}, 300);

if (role === "component") await runComponentProcess(components, name);
else
	await runDaemonProcess({
		role: role as Role,
		version: "9.8.7",
		script: fileURLToPath(import.meta.url),
		components,
	});
