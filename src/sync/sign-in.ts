/** Signing in to the project and out again. What is kept lies in ctrace's state directory, for its owner alone. */
import type { Session } from "@supabase/supabase-js";
import type { Clock } from "../core/clock.ts";
import { CtraceError } from "../core/errors.ts";
import type { Keychain } from "./keychain.ts";
import type { Fetch, ProjectAddress } from "./project.ts";
import { createProjectClient } from "./supabase-client.ts";
import { forgetSignedIn, keepSignedIn, readSignedIn, type SignedIn } from "./tokens.ts";

export interface SignInParts {
	readonly project: ProjectAddress;
	readonly stateDir: string;
	readonly keychain?: Keychain | undefined;
	readonly clock: Clock;
	readonly fetch: Fetch;
}

export interface SignIn {
	/** Undefined = nobody. */
	who(): SignedIn | undefined;
	withPassword(email: string, password: string): Promise<SignedIn>;
	/** Makes the account first. */
	asNewUser(email: string, password: string): Promise<SignedIn>;
	/** Has the project send a code by mail. */
	sendCode(email: string): Promise<void>;
	withCode(email: string, code: string): Promise<SignedIn>;
	/** Forgets it here, and at the project when that can be reached. */
	out(): Promise<void>;
}

export function createSignIn(parts: SignInParts): SignIn {
	const client = () => createProjectClient(parts.project, undefined, parts.fetch);
	const keep = ({ data, error }: Answer): Promise<SignedIn> => {
		if (error !== null) throw explain(error);
		if (data.session === null)
			throw new CtraceError("signed-out", "the account is not confirmed yet", {
				hint: "Follow the link in the mail that was sent, then: ctrace login",
			});
		return keepSession(parts, data.session);
	};
	return {
		who: () => readSignedIn(parts.stateDir, parts.project.url),
		withPassword: async (email, password) =>
			keep(await client().auth.signInWithPassword({ email, password })),
		asNewUser: async (email, password) => keep(await client().auth.signUp({ email, password })),
		sendCode: async (email) => {
			const { error } = await client().auth.signInWithOtp({ email });
			if (error !== null) throw explain(error);
		},
		withCode: async (email, token) => {
			const answer = await client().auth.verifyOtp({ email, token, type: "email" });
			// Servers of before 2023 know the same code under another name.
			const isOldName = answer.error?.code === "validation_failed";
			return keep(isOldName ? await client().auth.verifyOtp({ email, token, type: "magiclink" }) : answer);
		},
		out: async () => {
			const session = readSignedIn(parts.stateDir, parts.project.url);
			await forgetSignedIn(parts, session);
			if (session !== undefined) await revoke(parts, session);
		},
	};
}

interface Answer {
	readonly data: { readonly session: Session | null };
	readonly error: AuthFailure | null;
}

interface AuthFailure {
	readonly message: string;
	readonly status?: number | undefined;
}

async function keepSession(parts: SignInParts, session: Session): Promise<SignedIn> {
	const { project, clock } = parts;
	const kept = {
		url: project.url,
		userId: session.user.id,
		email: session.user.email ?? "",
		accessToken: session.access_token,
		refreshToken: session.refresh_token,
		expiresAt: clock.now() + session.expires_in * 1000,
	};
	await keepSignedIn(parts, kept);
	return kept;
}

function explain(error: AuthFailure): CtraceError {
	if (error.status === undefined || error.status === 0)
		return new CtraceError("offline", "the project cannot be reached", { retryable: true, cause: error });
	return new CtraceError("signed-out", `the project did not let you in: ${error.message}`, { cause: error });
}

const REVOKE_LIMIT_MS = 5_000;

async function revoke({ project, fetch: fetchIt }: SignInParts, session: SignedIn): Promise<void> {
	try {
		await fetchIt(`${project.url}/auth/v1/logout?scope=local`, {
			method: "POST",
			headers: { apikey: project.key, authorization: `Bearer ${session.accessToken}` },
			signal: AbortSignal.timeout(REVOKE_LIMIT_MS),
		});
	} catch {
		// Offline: the token is forgotten here and runs out there by itself.
	}
}
