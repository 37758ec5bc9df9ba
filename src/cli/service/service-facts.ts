/** What a service file is made from. */
import { CtraceError } from "../../core/errors.ts";

export interface ServiceFacts {
	/** As `process.platform` says. */
	readonly platform: string;
	readonly home: string;
	readonly uid: number;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The Node.js that runs now. */
	readonly node: string;
	/** `dist/daemon.js`. */
	readonly script: string;
}

/** A file and how the system is told of it. */
export interface ServicePlan {
	readonly system: "systemd" | "launchd";
	readonly path: string;
	readonly content: string;
	/** A link that makes it start at login: where it lies and what it says. */
	readonly link?: { readonly path: string; readonly target: string };
	/** Run after the file is written; one that `mayFail` fails where the system does not run or knows nothing of it. */
	readonly onInstall: readonly SystemCommand[];
	/** Run before the file is removed, and after. */
	readonly beforeRemoval: readonly SystemCommand[];
	readonly afterRemoval: readonly SystemCommand[];
	/** Exits with 0 while the service runs. */
	readonly isActive: SystemCommand;
	readonly restart: SystemCommand;
}

export interface SystemCommand {
	readonly words: readonly string[];
	readonly mayFail?: true;
}

/** A service has no shell that sets them: where ctrace keeps its things has to be the same as here. */
const PLACE_VARIABLES = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"];

/** Where Claude Code keeps its things: the daemon reads its transcripts there. */
const CLAUDE_VARIABLE = "CLAUDE_CONFIG_DIR";

export function serviceEnvironment(
	env: ServiceFacts["env"],
): readonly (readonly [name: string, value: string])[] {
	const own = env.CTRACE_HOME;
	const names = [...(own !== undefined && own !== "" ? ["CTRACE_HOME"] : PLACE_VARIABLES), CLAUDE_VARIABLE];
	return names.flatMap((name) => {
		const value = env[name];
		return value === undefined || value === "" ? [] : [[name, value] as const];
	});
}

/** Service files have lines: what holds a line break or a control character cannot be written into one. */
export function refuseControls(texts: readonly string[]): void {
	const odd = texts.find((text) => /[\x00-\x1f\x7f]/.test(text));
	if (odd === undefined) return;
	throw new CtraceError(
		"config",
		`a path with control characters cannot be put into a service: ${JSON.stringify(odd)}`,
		{
			hint: "Install ctrace, and keep its things, in folders with ordinary names.",
		},
	);
}
