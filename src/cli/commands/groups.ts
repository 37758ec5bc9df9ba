/** Commands of one kind share a row of the main help, so that it fits one screen. */
import type { Command } from "../command.ts";

type Group = NonNullable<Command["group"]>;

export const SESSIONS_GROUP: Group = {
	label: "sessions list|show|delete",
	summary: "List, read and delete what was recorded",
};
export const PRIVACY_GROUP: Group = {
	label: "mask, privacy test|audit|…",
	summary: "Mask any text; see what would be masked",
};
export const ACCOUNT_GROUP: Group = {
	label: "login, logout, whoami",
	summary: "Sign in to your Supabase project",
};
export const SYNC_GROUP: Group = {
	label: "sync, sync status",
	summary: "Send sessions to that project",
};
export const TEAM_GROUP: Group = {
	label: "team create|invite|join|…",
	summary: "Share sessions with others",
};
export const SUPABASE_GROUP: Group = {
	label: "supabase schema|check",
	summary: "What the project needs to have",
};
