/** Looks at the folders and at what is stored, and says what is to be brought in. Writes nothing. */
import { randomBytes } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { basename } from "node:path";
import { isRecordedProcessAlive } from "../../config/boot.ts";
import type { Config } from "../../config/config.ts";
import { createDigest, openPseudonymKey } from "../../config/pseudonym-key.ts";
import { isUnrecorded, readUnrecorded } from "../../config/unrecorded-mark.ts";
import { fingerprint } from "../../import/transcripts/import-group.ts";
import type { SessionSummary } from "../../store/store.ts";
import { type ClaudeEnvironment, projectFolderName } from "../../transcripts/files/claude-paths.ts";
import { type Peek, peek } from "../../transcripts/files/peek.ts";
import { MACHINE } from "../machine.ts";
import { openDaemonStore } from "../open-daemon-store.ts";
import { collectedDirectories } from "./directories.ts";
import { type CollectionPlan, type Followed, planCollection, withoutDeleted } from "./plan-collection.ts";
import { listProjects, type SeenFile } from "./project-files.ts";

/** File systems keep coarser times than clocks. */
const SLACK_MS = 2_000;

export interface Looked extends ClaudeEnvironment {
	/** This process has read it, as it is now. */
	readonly isRead: (file: SeenFile) => boolean;
}

export function planNow(config: Config, { isRead, ...claude }: Looked): CollectionPlan {
	const projects = collectedDirectories(config, claude).flatMap(listProjects);
	const { paths } = config;
	const isPrivate = privacyOf(paths.state);
	if (!existsSync(paths.database))
		return planCollection(projects, { isKnown: (file) => isRead(file) || isPrivate(file), followed: [] });
	const digest = createDigest(openPseudonymKey(paths.state, (count) => randomBytes(count)));
	using store = openDaemonStore(config);
	const isKnown = (file: SeenFile) => {
		if (isRead(file)) return true;
		const stored = store.transcripts.find(fingerprint({ digest }, file));
		if (stored !== undefined) return stored.bytes === file.bytes && stored.modifiedAt === file.modifiedAt;
		return isPrivate(file);
	};
	const isDeleted = (file: SeenFile) =>
		store.transcripts.isDeleted({
			fingerprint: fingerprint({ digest }, file),
			agentSessionId: basename(file.path, ".jsonl"),
		});
	const running = store.listSessions({ status: "running" });
	const kept = projects.map((project) => withoutDeleted(project, isDeleted));
	return planCollection(kept, {
		isKnown,
		followed: running.flatMap((session) => followedBy(session, claude.home)),
	});
}

/** Conversations that began in a run of which the person wanted no record. */
function privacyOf(stateDir: string): (file: SeenFile) => boolean {
	const isAlive = (pid: number) => isRecordedProcessAlive({ pid, bootId: undefined }, MACHINE);
	const runs = readUnrecorded(stateDir, Date.now(), isAlive);
	return ({ path }) => {
		const { cwd, firstAt } = runs.length === 0 ? {} : glance(path);
		return cwd !== undefined && firstAt !== undefined && isUnrecorded(runs, { cwd, startedAt: firstAt });
	};
}

function glance(path: string): Partial<Peek> {
	try {
		return peek(path) ?? {};
	} catch {
		return {}; // the import says why it cannot be read
	}
}

/** A recorder that lives writes down itself what its session's transcript says; afterwards it is looked at again. */
function followedBy({ session, recorder }: SessionSummary, home: string): Followed[] {
	if (!isRecordedProcessAlive({ pid: recorder.pid, bootId: recorder.bootId }, MACHINE)) return [];
	const cwd = session.cwd.replace(/^~(?=\/|$)/, realDirectory(home));
	const { name, isCut } = projectFolderName(cwd);
	return [{ folder: name, isCut, since: session.startedAt - SLACK_MS }];
}

/** What a program says of its directory is the real one. */
export function realDirectory(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path; // gone, or not ours to look at
	}
}
