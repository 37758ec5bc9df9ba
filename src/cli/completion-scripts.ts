/** What each shell needs to ask ctrace for completions. Behind a wrapped command's name the shell's own files are offered. */

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const BASH = `# ctrace completion for bash
_ctrace_complete() {
	local IFS=$'\\n' offers
	offers=$("\${COMP_WORDS[0]}" completion --complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
	COMPREPLY=($(compgen -W "$offers" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _ctrace_complete ctrace claude-tracer
`;

const ZSH = `#compdef ctrace claude-tracer
# ctrace completion for zsh
_ctrace() {
	local -a offers
	offers=("\${(@f)$("\${words[1]}" completion --complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ -z "\${offers[1]}" ]]; then
		_files
		return
	fi
	offers=("\${(@)offers//:/\\\\:}")
	offers=("\${(@)offers/$'\\t'/:}")
	_describe ctrace offers
}
if [[ "\${funcstack[1]}" == _ctrace ]]; then
	_ctrace "$@"
else
	compdef _ctrace ctrace claude-tracer
fi
`;

const FISH = `# ctrace completion for fish
function __ctrace_complete
	set -l tokens (commandline -opc)
	set -l program $tokens[1]
	set -e tokens[1]
	command $program completion --complete -- $tokens (commandline -ct) 2>/dev/null
end
for program in ctrace claude-tracer
	complete -c $program -a '(__ctrace_complete)'
end
`;

export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
