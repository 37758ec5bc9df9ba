/**
 * What makes plain `claude` run traced: a function, so that scripts and `command claude` run it as it is. Where ctrace
 * is gone or cannot run, `claude` is `claude`. Pure.
 */
import { COMPLETION_SCRIPTS, type Shell } from "../completion-scripts.ts";

export interface Launch {
	/** Path of Node.js, and of `bin/ctrace.js`: both as they are now, whatever `PATH` says later. */
	readonly node: string;
	readonly launcher: string;
}

export function renderInitScript(shell: Shell, launch: Launch): string {
	return RENDERERS[shell](launch);
}

const RENDERERS: Readonly<Record<Shell, (launch: Launch) => string>> = { bash, zsh, fish };

function bash(launch: Launch): string {
	return posixLike({
		shell: "bash",
		isInteractive: "$- == *i*",
		aliasText: `\${BASH_ALIASES[claude]-}`,
		launch,
		completion: COMPLETION_SCRIPTS.bash,
	});
}

function zsh(launch: Launch): string {
	return posixLike({
		shell: "zsh",
		isInteractive: "-o interactive",
		aliasText: `\${aliases[claude]-}`,
		launch,
		// Before `compinit` there is nothing to tell completions to.
		completion: `if (( \${+functions[compdef]} )); then\n${COMPLETION_SCRIPTS.zsh.replace(/^#compdef.*\n/, "")}fi\n`,
	});
}

interface PosixLike {
	readonly shell: Shell;
	/** A condition for `[[ … ]]`. */
	readonly isInteractive: string;
	/** What an alias of the name stands for. */
	readonly aliasText: string;
	readonly launch: Launch;
	readonly completion: string;
}

function posixLike({ shell, isInteractive, aliasText, launch, completion }: PosixLike): string {
	const node = quoteForSh(launch.node);
	const launcher = quoteForSh(launch.launcher);
	return `# ctrace for ${shell}: plain \`claude\` runs traced here. \`command claude\` and scripts run it as it is.
if [[ ${isInteractive} ]]; then
__ctrace_claude=claude
# An alias comes before a function. One that only says where the program lies goes into the function.
__ctrace_alias="${aliasText}"
if [[ "$__ctrace_alias" == */claude && "$__ctrace_alias" != *[[:space:]]* ]]; then
	__ctrace_claude="\${__ctrace_alias/#\\~/$HOME}"
	unalias claude
fi
unset __ctrace_alias
function claude {
	if [[ -x ${node} && -r ${launcher} ]]; then
		${node} ${launcher} "$__ctrace_claude" "$@"
	else
		command "$__ctrace_claude" "$@"
	fi
}
${completion}fi
`;
}

function fish(launch: Launch): string {
	const node = quoteForFish(launch.node);
	const launcher = quoteForFish(launch.launcher);
	return `# ctrace for fish: plain \`claude\` runs traced here. \`command claude\` and scripts run it as it is.
if status is-interactive
	function claude --description 'Claude Code, traced by ctrace'
		if test -x ${node}; and test -r ${launcher}
			${node} ${launcher} claude $argv
		else
			command claude $argv
		end
	end
${COMPLETION_SCRIPTS.fish}end
`;
}

export function quoteForSh(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

function quoteForFish(text: string): string {
	return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
