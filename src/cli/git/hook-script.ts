/** Our lines in a repository's `prepare-commit-msg` hook: put in behind its first line, taken out without a trace. Pure. */
import { removeBlock } from "../shell/rc-block.ts";

export const HOOK_NAME = "prepare-commit-msg";

const SHEBANG = "#!/bin/sh\n";
/** Shells in whose language our lines mean the same. */
const IS_SHELL = /^#![ \t]*(?:\S*\/)?(?:env[ \t]+)?(?:\S*\/)?(?:sh|bash|dash|ash|ksh|zsh)\b[^\n]*\n/u;

/**
 * Only what the shell has built in, and one `git` at the end: it has 20 ms. Whatever goes wrong, the commit goes on.
 *
 * A message that is still to be written gets nothing: with a line in it, git would no longer see that it was left empty. Nor does
 * what a rebase makes again: it was made elsewhere. The variable may outlive its session (in a tmux server, say), so the
 * session's own process has to be above this one; where that cannot be seen, alive.
 */
const BLOCK = `# >>> ctrace >>>
# Names the session in which a commit is made. To take these lines out: ctrace git uninstall
[ -z "\${CTRACE_SESSION-}" ] || (
	id=\${CTRACE_SESSION##*:} wrapper=\${CTRACE_SESSION%%:*} at=$PPID
	case $id in ????????-????-????-????-????????????) ;; *) exit ;; esac
	case \${2-} in message | merge | squash | commit) ;; *) exit ;; esac
	[ ! -d "\${1%/*}/rebase-merge" ] && [ ! -d "\${1%/*}/rebase-apply" ] || exit
	IFS= read -r first <"$1" || :
	[ -n "$first" ] || exit
	while [ "$at" != "$wrapper" ]; do
		[ "$at" -gt 1 ] || exit
		if IFS= read -r stat <"/proc/$at/stat"; then
			stat=\${stat##*) ? }
			at=\${stat%% *}
		else
			kill -0 "$wrapper" && break
			exit
		fi
	done
	exec git interpret-trailers --in-place --no-divider --if-exists addIfDifferent \\
		--trailer "Ctrace-Session: $id" "$1"
) >/dev/null 2>&1 || :
# <<< ctrace <<<
`;

/** With exactly one block of ours; undefined where the hook is written in a language that our lines are not. */
export function addHook(text: string | undefined): string | undefined {
	const rest = removeBlock(text ?? SHEBANG);
	const [first] = IS_SHELL.exec(rest) ?? [];
	return first === undefined ? undefined : `${first}${BLOCK}${rest.slice(first.length)}`;
}

/** As it would be without us; undefined where nothing would be left of it. */
export function removeHook(text: string): string | undefined {
	const rest = removeBlock(text);
	return rest === SHEBANG ? undefined : rest;
}
