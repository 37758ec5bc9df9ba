/** Opens an address in the person's browser, where there is one. */
import { spawn } from "node:child_process";

export interface BrowserMachine {
	/** As `process.platform` says. */
	readonly platform: string;
	readonly env: Readonly<Record<string, string | undefined>>;
}

/** Does not wait for it, and does not end with us. False: there is no screen to show it on. */
export function openBrowser(address: string, machine: BrowserMachine): boolean {
	const opener = openerOf(machine);
	if (opener === undefined) return false;
	const child = spawn(opener, [address], { stdio: "ignore", detached: true });
	// No such program: the address was printed as well.
	child.on("error", () => {});
	child.unref();
	return true;
}

function openerOf({ platform, env }: BrowserMachine): string | undefined {
	const given = env.BROWSER;
	if (given !== undefined && given !== "" && !/[\s%]/.test(given)) return given;
	if (platform === "darwin") return "open";
	const hasScreen = [env.DISPLAY, env.WAYLAND_DISPLAY].some((name) => name !== undefined && name !== "");
	return hasScreen ? "xdg-open" : undefined;
}
