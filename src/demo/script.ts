/** What the scripted agent does, as data. An invented conversation. */

export type DemoStep =
	| { readonly kind: "prompt"; readonly text: string }
	| { readonly kind: "think"; readonly verb: string; readonly ms: number }
	| { readonly kind: "say"; readonly text: string }
	| {
			readonly kind: "tool";
			readonly name: string;
			readonly input: string;
			readonly output: readonly string[];
			/** The permission dialog it shows first, and answers with Yes. */
			readonly asks?: { readonly title: string; readonly body: string; readonly question: string };
	  }
	| { readonly kind: "done"; readonly seconds: number };

export const DEMO_SCRIPT: readonly DemoStep[] = [
	{ kind: "prompt", text: "Which files are here, and what is the greeting?" },
	{ kind: "think", verb: "Looking", ms: 900 },
	{ kind: "tool", name: "Bash", input: "ls", output: ["greeting.txt", "notes.md"] },
	{ kind: "tool", name: "Read", input: "greeting.txt", output: ["Read 1 line"] },
	{ kind: "say", text: "There are two files, greeting.txt and notes.md.\n\nThe greeting is: Hello, world" },
	{ kind: "done", seconds: 2 },
	{ kind: "prompt", text: "Make it friendlier" },
	{ kind: "think", verb: "Polishing", ms: 700 },
	{
		kind: "tool",
		name: "Write",
		input: "greeting.txt",
		output: ["Wrote 1 lines to greeting.txt", "  1 Hello, dear world!"],
		asks: {
			title: "Overwrite file greeting.txt",
			body: " 1 Hello, dear world!",
			question: "Do you want to overwrite greeting.txt?",
		},
	},
	{ kind: "say", text: "Done. The greeting now reads: Hello, dear world!" },
	{ kind: "done", seconds: 3 },
];
