/** How the daemon does, from itself if it answers, else from what it left behind. */
import { CtraceError } from "../../core/errors.ts";
import type { DaemonProblem, DaemonStatus } from "../../daemon/protocol.ts";
import type { SavedDaemon } from "../../daemon/saved-state.ts";
import { problemOf } from "../../daemon/status.ts";
import type { BackupGrowth } from "../backup/examine-backup.ts";
import type { DaemonRemote } from "./remote.ts";

export interface DaemonReport {
	readonly running: boolean;
	/** From the daemon itself. */
	readonly daemon?: DaemonStatus;
	/** Where none answers: what the last one left behind. */
	readonly last?: SavedDaemon;
	/** Where a backup is set: how its repository has grown, once there is one. */
	readonly backup?: BackupGrowth;
	readonly problems: readonly DaemonProblem[];
}

export async function examineDaemon(
	remote: DaemonRemote,
	ours: { readonly version: string },
): Promise<DaemonReport> {
	try {
		const reply = (await remote.ask({ ask: "status" }))?.reply;
		if (reply?.kind === "status") return ofRunning(reply.status, ours.version);
	} catch (error) {
		if (!(error instanceof CtraceError) || error.code !== "daemon") throw error;
		return { ...ofLast(remote), problems: [{ what: error.message, hint: error.hint ?? "See: ctrace logs" }] };
	}
	if (!remote.isLocked()) return { ...ofLast(remote), problems: deathOf(remote) };
	const silent = {
		what: "a daemon runs and cannot be spoken to: its socket is gone",
		hint: "It puts it back within half a minute. If it does not: ctrace restart",
	};
	return { ...ofLast(remote), problems: [silent] };
}

function ofRunning(daemon: DaemonStatus, version: string): DaemonReport {
	const components = daemon.components.flatMap(({ name, problem }) =>
		problem === undefined ? [] : [{ ...problem, what: `${name}: ${problem.what}` }],
	);
	const another =
		daemon.version === version
			? []
			: [{ what: `the daemon is of version ${daemon.version}, this is ${version}`, hint: "ctrace restart" }];
	return { running: true, daemon, problems: [...another, ...daemon.problems, ...components] };
}

function ofLast(remote: DaemonRemote): Omit<DaemonReport, "problems"> {
	const last = remote.savedState();
	return { running: false, ...(typeof last === "string" ? {} : { last }) };
}

/** One that was stopped is no problem; one that died is, and so is what failed before it ended. */
function deathOf(remote: DaemonRemote): DaemonProblem[] {
	const last = remote.savedState();
	if (last === "absent") return [];
	if (last === "damaged")
		return [
			{
				what: "what the last daemon left behind cannot be read",
				hint: "ctrace start --daemon writes it anew.",
			},
		];
	const failures = Object.entries(last.components).flatMap(([name, state]) => {
		const { failures, lastFailure } = state;
		const problem = problemOf({ failures, ...(lastFailure === undefined ? {} : { lastFailure }) });
		return problem === undefined ? [] : [{ ...problem, what: `${name}: ${problem.what}` }];
	});
	if (last.stoppedAt !== undefined) return failures;
	return [
		{
			what: "the daemon died without a word: it was killed, or the machine went down",
			hint: "ctrace start --daemon. At every login, and again when it dies: ctrace service install",
		},
		...failures,
	];
}
