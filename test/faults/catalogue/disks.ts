/** Disks that are full, slow, failing or read-only. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import type { Fault } from "../fault.ts";
import type { Stage } from "../stage.ts";
import { type Trouble, trouble } from "../trouble.ts";

const GROUP = "disk";
/** Enough for a session, and soon filled. */
const SMALL_DISK = "8m";
const PAGE = Buffer.alloc(4096);

function mountSmallDisk({ place, undo }: Stage): void {
	execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SMALL_DISK},mode=700`, "tmpfs", place.ctraceHome]);
	undo.push(() => void execFileSync("umount", ["--lazy", place.ctraceHome]));
}

function fillDisk({ place, afterwards }: Stage): void {
	const path = join(place.ctraceHome, "filling");
	const file = openSync(path, "w");
	try {
		for (;;) writeSync(file, PAGE);
	} catch {
		closeSync(file); // full
	}
	afterwards.push(() => rmSync(path));
}

/** Over when the command has ended. */
function troubleMeanwhile(what: (stage: Stage) => Trouble): (stage: Stage) => void {
	return (stage) => {
		trouble(stage, what(stage));
		stage.afterwards.push(() => trouble(stage, {}));
	};
}

const ERRORS = [constants.errno.EROFS, constants.errno.EIO, constants.errno.ENOSPC, constants.errno.EDQUOT];

export const DISKS: readonly Fault[] = [
	{
		name: "disk-full",
		isWhenRecorded: true,
		group: GROUP,
		what: "the disk becomes full (a small one is mounted and filled)",
		runs: { brief: 4, full: 20 },
		needs: "root",
		record: "until-the-fault",
		isRecordedAgain: true,
		arrange: mountSmallDisk,
		strike: fillDisk,
	},
	{
		name: "disk-read-only",
		group: GROUP,
		what: "the disk can be read only, from the start",
		runs: { brief: 2, full: 8 },
		needs: "root",
		record: "until-the-fault",
		arrange: (stage) => {
			mountSmallDisk(stage);
			mkdirSync(join(stage.place.ctraceHome, "data"));
			execFileSync("mount", ["-o", "remount,ro", stage.place.ctraceHome]);
		},
	},
	{
		name: "disk-fails",
		isWhenRecorded: true,
		group: GROUP,
		what: "every write fails: read-only, an error of the device, no space, no quota",
		runs: { brief: 5, full: 25 },
		record: "until-the-fault",
		isRecordedAgain: true,
		preloads: true,
		strike: troubleMeanwhile(({ random }) => ({ error: random.pick(ERRORS) })),
	},
	{
		name: "disk-slow",
		group: GROUP,
		what: "every write and every sync takes 20 to 400 ms",
		runs: { brief: 4, full: 20 },
		preloads: true,
		strike: troubleMeanwhile(({ random }) => ({ delayUs: random.between(20, 400) * 1000 })),
	},
];
