/** Codes of failures as sentences: what is wrong, and what to do about it. Pure, and free of content by its making. */

export interface Advice {
	readonly what: string;
	readonly hint: string;
}

const BY_ITSELF = "It goes on by itself once that is mended.";
const SEE_LOG = "See when and where: ctrace logs --level warn";

const ADVICE: Readonly<Record<string, Advice>> = {
	"disk-full": { what: "the disk is full", hint: `Free some space. ${BY_ITSELF}` },
	permission: {
		what: "a file or directory may not be read or written",
		hint: `See which: ctrace doctor. ${BY_ITSELF}`,
	},
	"not-found": { what: "something it needs is not there", hint: `See what: ctrace doctor. ${BY_ITSELF}` },
	config: { what: "a setting is wrong", hint: "See which: ctrace doctor. Then: ctrace daemon reload" },
	"store-busy": { what: "the database was locked for too long", hint: "It tries again by itself." },
	"store-damaged": { what: "the database is damaged", hint: "See: ctrace doctor" },
	"store-foreign": { what: "the database is another program's file", hint: "See: ctrace doctor" },
	"store-encrypted": {
		what: "the database is encrypted, and its key is not to be had",
		hint: "Unlock the keychain, or start the daemon with CTRACE_PASSPHRASE set: ctrace restart",
	},
	"store-newer": {
		what: "the database was written by a newer ctrace",
		hint: "Update ctrace, then: ctrace restart",
	},
	patterns: { what: "ctrace's own patterns cannot be read", hint: "Install ctrace again." },
	offline: {
		what: "the Supabase project cannot be reached, or asks for a pause",
		hint: "Nothing is lost. It tries again by itself; at once: ctrace sync",
	},
	"signed-out": { what: "nobody is signed in to the Supabase project", hint: "Sign in: ctrace login EMAIL" },
	remote: {
		what: "the Supabase project does not take what is sent",
		hint: "See what it lacks: ctrace supabase check. What was set aside: ctrace sync status",
	},
	backup: { what: "the backup did not reach its repository", hint: "See why: ctrace backup" },
	masking: { what: "something could not be masked, and was left out", hint: SEE_LOG },
	timeout: { what: "it took too long and was ended", hint: `It tries again by itself. ${SEE_LOG}` },
	crashed: { what: "its process ended before its work did", hint: `It tries again by itself. ${SEE_LOG}` },
	"not-started": {
		what: "its process could not be started",
		hint: "The machine may be out of memory or processes. It tries again by itself.",
	},
};

const SYSTEM_CODES: Readonly<Record<string, string>> = {
	ENOSPC: "disk-full",
	EDQUOT: "disk-full",
	SQLITE_FULL: "disk-full",
	EACCES: "permission",
	EPERM: "permission",
	EROFS: "permission",
	EISDIR: "permission",
	ENOTDIR: "not-found",
	ENOENT: "not-found",
	EAGAIN: "not-started",
	ENOMEM: "not-started",
};

export function adviseOn(code: string): Advice {
	return ADVICE[SYSTEM_CODES[code] ?? code] ?? { what: `it failed (${code})`, hint: SEE_LOG };
}
