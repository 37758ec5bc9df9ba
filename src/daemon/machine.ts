/** What the system tells about processes, for those who have to know whether one lives. */
import { readFileSync, readlinkSync } from "node:fs";

export const MACHINE = {
	readText: (path: string) => orNothing(() => readFileSync(path, "utf8")),
	readLink: (path: string) => orNothing(() => readlinkSync(path)),
	signal: (pid: number) => process.kill(pid, 0),
};

function orNothing(read: () => string): string | undefined {
	try {
		return read();
	} catch {
		return undefined; // the system does not tell
	}
}
