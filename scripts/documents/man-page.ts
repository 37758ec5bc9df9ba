/** The manual page: the commands' own data as roff, so that it and `--help` cannot differ. Pure. */
import type { Command, OptionSpec } from "../../src/cli/command.ts";

const OPENING = `.TH CTRACE 1 "" "ctrace" "User Commands"
.SH NAME
ctrace \\- the flight recorder for Claude Code
.SH SYNOPSIS
.B ctrace
.RI [ \\-\\-no\\-transcript ]
.I COMMAND
.RI [ ARGS .\\|.\\|.]
.br
.B ctrace
.I SUBCOMMAND
.RI [ OPTIONS ]
.SH DESCRIPTION
Runs COMMAND in a pseudo\\-terminal, passes every byte through unchanged, and keeps what was on the screen as readable,
masked, searchable turns in a database of yours. All ARGS are the command's own, and so is the exit code.
.PP
A COMMAND that is called like one of the subcommands below is run with
.BR "ctrace \\-\\- COMMAND" .
.SH SUBCOMMANDS
`;

const CLOSING = `.SH ENVIRONMENT
.TP
.B CTRACE_HOME
One folder for everything that ctrace stores. An absolute path.
.TP
.B CTRACE_OFF
Anything but 0: run the command and record nothing.
.PP
The other settings stand in docs/configuration.md; \\fBctrace config list\\fR shows those in force.
.SH EXIT STATUS
That of the wrapped command. Of ctrace's own subcommands: 0 when all is well, 1 when it is not, 2 for a wrong command line.
.SH SEE ALSO
.BR script (1),
.BR asciinema (1)
`;

export function manPage(commands: readonly Command[]): string {
	return OPENING + commands.map(commandSection).join("") + CLOSING;
}

function commandSection(command: Command): string {
	const options = command.options.filter(({ isHidden }) => isHidden !== true);
	const examples = command.examples.map(
		([line, meaning]) => `${roff(line)}\n.br\n${roff(`    ${meaning}`)}\n`,
	);
	return [
		`.SS ctrace ${roff([...command.path, command.operands].join(" ").trimEnd())}\n`,
		`${roff(command.summary)}.\n`,
		...options.map(optionEntry),
		...(examples.length === 0 ? [] : [".PP\nExamples:\n.PP\n.nf\n", ...examples, ".fi\n"]),
	].join("");
}

function optionEntry({ name, letter, value, summary }: OptionSpec): string {
	const words = [...(letter === undefined ? [] : [`\\-${letter}`]), `\\-\\-${roff(name)}`].join(", ");
	return `.TP\n\\fB${words}\\fR${value === undefined ? "" : ` \\fI${roff(value)}\\fR`}\n${roff(summary)}\n`;
}

/** Text that roff prints as it stands: no line is taken for a request, no character for an escape. */
function roff(text: string): string {
	return text
		.replaceAll("\\", "\\e")
		.replaceAll("-", "\\-")
		.replaceAll(/^([.'])/gm, "\\&$1");
}
