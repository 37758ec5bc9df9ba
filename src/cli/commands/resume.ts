import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CtraceError } from "../../core/errors.ts";
import type { StoredSession } from "../../store/store.ts";
import { claudeConfigDir, projectsDir } from "../../transcripts/files/claude-paths.ts";
import type { Command } from "../command.ts";
import type { CliContext } from "../context.ts";
import { renderMarkdown } from "../render/markdown-export.ts";
import { shortId } from "../render/view.ts";

export const resumeCommand: Command = {
	path: ["resume"],
	operands: "[ID|last]",
	summary: "Take a session of Claude Code up again, recorded",
	examples: [
		["ctrace resume", "the newest one"],
		["ctrace resume 0190c3f2-7a", "any unique beginning of an id will do"],
		["ctrace resume last --context notes.md", "when Claude Code has lost it: the session as a file"],
	],
	options: [{ name: "context", value: "FILE", summary: "Write the session to FILE, for a new one to read" }],
	completes: "session",
	run: async (context, args) => {
		const [reference = "last"] = args.atMost(1);
		const stored = readClaudeSession(context, reference);
		const file = args.text("context");
		if (file !== undefined) return writeContext(context, stored, resolve(context.cwd, file));
		const agentSessionId = stored.session.agentSessionIds.at(-1);
		if (agentSessionId === undefined || !hasTranscript(context, agentSessionId))
			return await offerContext(context, stored);
		return await context.runWrapped(["claude", "--resume", agentSessionId], directoryOf(context, stored));
	},
};

function readClaudeSession(context: CliContext, reference: string): StoredSession {
	using store = context.openStore();
	const [newest] = reference === "last" ? store.listSessions({ agent: "claude-code", limit: 1 }) : [];
	const stored = store.readSession(newest?.session.id ?? store.findSession(reference));
	if (stored.session.agent === "claude-code") return stored;
	throw new CtraceError("usage", `${shortId(stored.session.id)} is no session of Claude Code`, {
		hint: "See which are: ctrace sessions list --agent claude-code",
	});
}

function hasTranscript(context: CliContext, agentSessionId: string): boolean {
	const projects = projectsDir(claudeConfigDir(context));
	if (!existsSync(projects)) return false;
	return readdirSync(projects).some((project) =>
		existsSync(join(projects, project, `${agentSessionId}.jsonl`)),
	);
}

function directoryOf({ home }: CliContext, { session }: StoredSession): string {
	const path = session.cwd.replace(/^~(?=\/|$)/u, home);
	if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return path;
	throw new CtraceError("not-found", `the session's directory is gone: ${session.cwd}`, {
		hint: `As a file for a new session: ctrace resume ${shortId(session.id)} --context FILE`,
	});
}

/** Claude Code deletes its sessions after a while; what was said is still here. */
async function offerContext(context: CliContext, stored: StoredSession): Promise<number> {
	const id = shortId(stored.session.id);
	const file = join(context.cwd, `session-${id}.md`);
	const lost = `Claude Code no longer has session ${id}.`;
	const isWanted = await context.confirm?.(`${lost} Write it to ${file}, for a new session to read?`);
	if (isWanted === true) return writeContext(context, stored, file);
	throw new CtraceError("not-found", lost, {
		hint: `ctrace still has it. As a file for a new session: ctrace resume ${id} --context FILE`,
	});
}

function writeContext(context: CliContext, { session, turns }: StoredSession, file: string): number {
	try {
		writeFileSync(file, renderMarkdown(session, turns, context), { flag: "wx", mode: 0o600 });
	} catch (cause) {
		const isThere = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
		throw new CtraceError("usage", isThere ? `${file} is there already` : `cannot write ${file}`, { cause });
	}
	context.stdout.write(`${file}\nBegin with it: claude "Read ${file} and go on from there."\n`);
	return 0;
}
