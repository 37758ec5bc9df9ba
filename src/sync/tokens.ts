/** Who is signed in, on disk; and an access token that is good at the moment of asking. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as z from "zod";
import type { Clock } from "../core/clock.ts";
import type { Keychain } from "./keychain.ts";
import type { Fetch, ProjectAddress } from "./project.ts";
import { signedInFile } from "./signed-in-file.ts";

/** A token with less left than this would run out on the way. */
const MARGIN_MS = 60_000;
const LIMIT_MS = 20_000;

const sessionSchema = z.object({
	/** Of the project it was made for: never shown to another. */
	url: z.string(),
	userId: z.string(),
	email: z.string(),
	accessToken: z.string(),
	/** Absent: it lies in the system's keychain. */
	refreshToken: z.string().optional(),
	/** Milliseconds since the Unix epoch. */
	expiresAt: z.number(),
});

export type SignedIn = z.infer<typeof sessionSchema>;

/** Undefined = nobody is signed in to this project. */
export function readSignedIn(stateDir: string, url: string): SignedIn | undefined {
	let text: string;
	try {
		text = readFileSync(signedInFile(stateDir), "utf8");
	} catch {
		return undefined; // nobody has signed in, or the file is not ours to read
	}
	const parsed = sessionSchema.safeParse(parseJson(text));
	return parsed.success && parsed.data.url === url ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined; // half a file: as if nobody had signed in
	}
}

/** Readable by its owner alone; whole or not at all, whatever happens in between. */
export function writeSignedIn(stateDir: string, session: SignedIn): void {
	mkdirSync(stateDir, { recursive: true, mode: 0o700 });
	const draft = `${signedInFile(stateDir)}.${session.expiresAt}.new`;
	writeFileSync(draft, `${JSON.stringify(session)}\n`, { mode: 0o600 });
	chmodSync(draft, 0o600);
	renameSync(draft, signedInFile(stateDir));
}

/** The refresh token goes into the keychain where there is one, and into the file where not. */
export async function keepSignedIn(
	{ stateDir, keychain }: Pick<TokenParts, "stateDir" | "keychain">,
	{ refreshToken, ...session }: SignedIn & { readonly refreshToken: string },
): Promise<void> {
	const isKept = (await keychain?.store(accountOf(session, stateDir), refreshToken)) === true;
	writeSignedIn(stateDir, isKept ? session : { ...session, refreshToken });
}

export async function forgetSignedIn(
	{ stateDir, keychain }: Pick<TokenParts, "stateDir" | "keychain">,
	session: SignedIn | undefined,
): Promise<void> {
	rmSync(signedInFile(stateDir), { force: true });
	if (session !== undefined && session.refreshToken === undefined)
		await keychain?.clear(accountOf(session, stateDir));
}

/** Of this person, at this project, for what is stored here. */
function accountOf({ userId, url }: Pick<SignedIn, "userId" | "url">, stateDir: string): string {
	return `${userId} ${url} ${stateDir}`;
}

export interface Tokens {
	/** A token with some time left; null when nobody is signed in any more. */
	current(): Promise<string | null>;
	/** Another token than the one that was refused; undefined when there is none to be had. */
	renew(refused: string): Promise<string | undefined>;
}

export interface TokenParts {
	readonly stateDir: string;
	/** Absent: the file alone. */
	readonly keychain?: Keychain | undefined;
	readonly project: ProjectAddress;
	readonly clock: Clock;
	readonly fetch: Fetch;
}

/** Several processes share the file: whoever finds a newer token in it uses that one. */
export function createTokens(parts: TokenParts): Tokens {
	let renewing: Promise<string | undefined> | undefined;
	const read = () => readSignedIn(parts.stateDir, parts.project.url);
	const renewOnce = (refused: string) => {
		renewing ??= renewToken(parts, refused).finally(() => {
			renewing = undefined;
		});
		return renewing;
	};
	return {
		current: async () => {
			const session = read();
			if (session === undefined) return null;
			if (session.expiresAt - parts.clock.now() > MARGIN_MS) return session.accessToken;
			// Without a network the old one is as good as none, and the request itself will tell.
			return (await renewOnce(session.accessToken)) ?? session.accessToken;
		},
		renew: renewOnce,
	};
}

const answerSchema = z.object({
	access_token: z.string(),
	refresh_token: z.string(),
	expires_in: z.number(),
});

async function renewToken(parts: TokenParts, refused: string): Promise<string | undefined> {
	const session = readSignedIn(parts.stateDir, parts.project.url);
	if (session === undefined) return undefined;
	if (session.accessToken !== refused) return session.accessToken;
	const known = session.refreshToken ?? (await parts.keychain?.lookup(accountOf(session, parts.stateDir)));
	const answer = known === undefined ? undefined : await askForToken(parts, known);
	if (answer === undefined) {
		// Refused because another process has used it a moment ago? Then the file has its successor.
		const later = readSignedIn(parts.stateDir, parts.project.url);
		return later?.accessToken === refused ? undefined : later?.accessToken;
	}
	const { access_token, refresh_token, expires_in } = answer;
	const expiresAt = parts.clock.now() + expires_in * 1000;
	const renewed = { ...session, accessToken: access_token, refreshToken: refresh_token, expiresAt };
	await keepSignedIn(parts, renewed);
	return access_token;
}

async function askForToken(parts: TokenParts, refreshToken: string) {
	const { url, key } = parts.project;
	try {
		const answer = await parts.fetch(`${url}/auth/v1/token?grant_type=refresh_token`, {
			method: "POST",
			headers: { apikey: key, "content-type": "application/json" },
			body: JSON.stringify({ refresh_token: refreshToken }),
			signal: AbortSignal.timeout(LIMIT_MS),
		});
		return answer.ok ? answerSchema.parse(await answer.json()) : undefined;
	} catch {
		return undefined; // no network: the request that needs the token says so
	}
}
