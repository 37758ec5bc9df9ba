/** The entry of `dist/daemon.js`: the daemon, or the process of one of its components. */
import { fileURLToPath } from "node:url";
import { COMPONENTS } from "./components/index.ts";
import { runComponentProcess, runDaemonProcess } from "./run-daemon.ts";

/** Put in by the build. */
declare const CTRACE_VERSION: string;

const [role, name] = process.argv.slice(2);

if (role === "component") await runComponentProcess(COMPONENTS, name ?? "");
else
	await runDaemonProcess({
		role: role === "background" || role === "service" ? role : "foreground",
		version: CTRACE_VERSION,
		script: fileURLToPath(import.meta.url),
		components: COMPONENTS,
	});
