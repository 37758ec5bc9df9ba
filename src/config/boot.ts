/**
 * Which boot of which process namespace a pid belongs to: a pid alone would name somebody else after a restart, or
 * inside another container.
 */

/** Reads a small file or link, or gives undefined. */
export interface BootFiles {
	readonly readText: (path: string) => string | undefined;
	readonly readLink: (path: string) => string | undefined;
}

const BOOT_ID_FILE = "/proc/sys/kernel/random/boot_id";
const PID_NAMESPACE_LINK = "/proc/self/ns/pid";

/** `boot/namespace`, or undefined where the system does not tell (macOS). */
export function currentBootId(files: BootFiles): string | undefined {
	const boot = files.readText(BOOT_ID_FILE)?.trim();
	if (boot === undefined || boot === "") return undefined;
	return `${boot}/${files.readLink(PID_NAMESPACE_LINK) ?? ""}`;
}

/** What a recorded boot id says about a pid of it: surely dead, to be looked up here, or out of our sight. */
export function comparePidScope(
	recorded: string | undefined,
	current: string | undefined,
): "gone" | "here" | "elsewhere" {
	if (recorded === undefined || current === undefined || recorded === current) return "here";
	const bootOf = (id: string) => id.slice(0, id.indexOf("/"));
	return bootOf(recorded) === bootOf(current) ? "elsewhere" : "gone";
}

/** Whether a recorded process still runs, as far as that can be seen from here. `signal` is `process.kill`. */
export function isRecordedProcessAlive(
	recorded: { readonly pid: number; readonly bootId: string | undefined },
	machine: BootFiles & { readonly signal: (pid: number, signal: 0) => unknown },
): boolean {
	const scope = comparePidScope(recorded.bootId, currentBootId(machine));
	if (scope !== "here") return scope === "elsewhere";
	try {
		machine.signal(recorded.pid, 0);
		return !isZombie(machine.readText(`/proc/${recorded.pid}/stat`));
	} catch (error) {
		// EPERM: it is there, but another user's.
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}

/** It has ended, and nobody has asked for its exit code: in a container whose first process does not, it stays so for good. */
function isZombie(stat: string | undefined): boolean {
	// The name stands in parentheses and may hold any character; the state follows it.
	return stat !== undefined && /^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
}
