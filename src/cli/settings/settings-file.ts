/** ctrace's own `.env` on the disk: for its person alone, and whole or not at all. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CtraceError } from "../../core/errors.ts";

/** Empty where there is none yet. Throws `permission`. */
export function readSettingsFile(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "";
		throw new CtraceError("permission", `${path} cannot be read`, { cause, hint: `ls -l ${path}` });
	}
}

/** 0600, for there may be keys in it. Throws `permission`. */
export function writeSettingsFile(path: string, text: string): void {
	const draft = `${path}.draft`;
	try {
		mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
		rmSync(draft, { force: true });
		writeFileSync(draft, text, { mode: 0o600, flag: "wx" });
		renameSync(draft, path);
	} catch (cause) {
		throw new CtraceError("permission", `${path} cannot be written`, {
			cause,
			hint: `See who owns it: ls -ld ${dirname(path)}`,
		});
	}
}
