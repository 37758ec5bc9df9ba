/** All that the project offers, set up once: what composition hands over, and what the commands and processes use. */
import type { Clock } from "../core/clock.ts";
import { CtraceError } from "../core/errors.ts";
import type { Masked } from "../core/masked.ts";
import type { PulledSession, SyncStore } from "../store/sync-store.ts";
import { explained } from "./explained.ts";
import { createKeychain, type Keychain } from "./keychain.ts";
import type { Fetch, ProjectAddress } from "./project.ts";
import { type PullOptions, type PullTally, pullAll } from "./pull.ts";
import { RemoteFailure } from "./remote.ts";
import { findSchemaFaults, parseSchemaFacts } from "./schema-check.ts";
import { createSignIn, type SignIn } from "./sign-in.ts";
import { createProjectClient } from "./supabase-client.ts";
import { createSupabaseRemote, failureOf, notePauses } from "./supabase-remote.ts";
import { type PushOptions, type PushOutcome, pushAll, type SyncProcess } from "./sync-engine.ts";
import { createTeamQueries, type TeamQueries } from "./team-queries.ts";
import { createTeams, type Teams } from "./teams.ts";
import { createTokens, readSignedIn, type SignedIn } from "./tokens.ts";
import { type WatchedTurn, watchTurns } from "./watch.ts";

export interface SyncKitParts {
	readonly project: ProjectAddress;
	readonly stateDir: string;
	/** Keep the refresh token in the system's keychain where there is one. */
	readonly isKeychainUsed: boolean;
	readonly clock: Clock;
	readonly fetch: Fetch;
	readonly chance: () => number;
	readonly process: SyncProcess;
	readonly shareWith: string | undefined;
}

export interface SyncKit {
	readonly url: string;
	readonly signIn: SignIn;
	push(store: SyncStore, options?: PushOptions): Promise<PushOutcome>;
	pull(
		store: SyncStore,
		mask: (session: PulledSession) => Masked<PulledSession>,
		options?: PullOptions,
	): Promise<PullTally>;
	teams(): Teams;
	/** All sessions that whoever is signed in may see. Throws `signed-out`. */
	team(): TeamQueries;
	watch(options: {
		readonly isTeam: boolean;
		readonly signal: AbortSignal;
		readonly onConnection: (isThere: boolean) => void;
	}): AsyncIterable<WatchedTurn>;
	/** What the project lacks, in words; empty: nothing. `key`: the service-role key, where nobody has signed in. */
	findFaults(key?: string): Promise<readonly string[]>;
}

export function createSyncKit(parts: SyncKitParts): SyncKit {
	const { project, stateDir, clock } = parts;
	const keychain = parts.isKeychainUsed ? createKeychain() : undefined;
	const pauses = notePauses(parts.fetch, clock);
	const client = () =>
		createProjectClient(
			project,
			createTokens({ project, stateDir, keychain, clock, fetch: parts.fetch }),
			pauses.fetch,
		);
	const require = () => requireSignedIn(stateDir, project);
	const remoteOf = () => createSupabaseRemote(client(), pauses);
	let remote: ReturnType<typeof remoteOf> | undefined;
	const openRemote = () => {
		remote ??= remoteOf();
		return remote;
	};
	return {
		url: project.url,
		signIn: createSignIn({ ...parts, keychain }),
		push: (store, options) =>
			pushAll({ ...parts, store, remote: openRemote(), userId: require().userId }, options),
		pull: (store, mask, options) =>
			explained(() =>
				pullAll({ store, mask, remote: openRemote(), userId: require().userId, url: project.url }, options),
			),
		teams: () => {
			require();
			return createTeams(client());
		},
		team: () => {
			require();
			return createTeamQueries(client(), openRemote());
		},
		watch: ({ isTeam, ...options }) => {
			const { userId } = require();
			return watchTurns(client(), {
				...options,
				now: () => clock.now(),
				userId: isTeam ? undefined : userId,
			});
		},
		findFaults: (key) => explained(() => askForFaults({ ...parts, keychain }, key)),
	};
}

function requireSignedIn(stateDir: string, project: ProjectAddress): SignedIn {
	const session = readSignedIn(stateDir, project.url);
	if (session !== undefined) return session;
	throw new CtraceError("signed-out", `nobody is signed in to ${project.url}`, {
		hint: "Sign in: ctrace login EMAIL",
	});
}

async function askForFaults(
	parts: SyncKitParts & { readonly keychain: Keychain | undefined },
	key: string | undefined,
): Promise<readonly string[]> {
	const { project, stateDir } = parts;
	const isSignedIn = readSignedIn(stateDir, project.url) !== undefined;
	if (!isSignedIn && key === undefined) requireSignedIn(stateDir, project);
	const tokens = isSignedIn ? createTokens(parts) : undefined;
	const address = isSignedIn || key === undefined ? project : { ...project, key };
	const answer = await createProjectClient(address, tokens, parts.fetch).rpc("ctrace_schema");
	if (answer.error !== null) {
		const failure = new RemoteFailure(failureOf(answer.error, answer.status));
		if (failure.verdict === "schema") return ["ctrace's tables are not there, or are of another making"];
		throw failure;
	}
	return findSchemaFaults(parseSchemaFacts(answer.data));
}
