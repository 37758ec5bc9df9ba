import { CtraceError } from "../../core/errors.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type CliContext, printJson } from "../context.ts";
import { oneLine } from "../text/fit.ts";

export const loginCommand: Command = {
	path: ["login"],
	operands: "EMAIL",
	section: "Sync",
	summary: "Sign in to your Supabase project",
	examples: [
		["ctrace login ada@example.com", "asks for the password"],
		["ctrace login ada@example.com --code", "sends a code by mail, and asks for it"],
		["ctrace login ada@example.com --new", "makes the account first"],
	],
	options: [
		{ name: "code", summary: "With a code that comes by mail, instead of a password" },
		{ name: "new", summary: "Make an account with this password first" },
	],
	run: async (context, args) => {
		const [email] = args.atMost(1);
		if (email === undefined || !email.includes("@"))
			throw new CtraceError("usage", "sign in as whom? No e-mail address was given", {
				hint: "For example: ctrace login ada@example.com",
			});
		const { signIn, url } = await context.loadSync();
		const session = await enter(context, args, { email, signIn });
		context.stdout.write(`Signed in to ${url} as ${oneLine(session.email)}\n`);
		return 0;
	},
};

type SignIn = Awaited<ReturnType<CliContext["loadSync"]>>["signIn"];

async function enter(
	context: CliContext,
	args: CommandArguments,
	{ email, signIn }: { readonly email: string; readonly signIn: SignIn },
) {
	if (args.has("code")) {
		await signIn.sendCode(email);
		context.stderr.write(`A code is on its way to ${oneLine(email)}.\n`);
		return signIn.withCode(email, await context.ask("Code: ", { isSecret: false }));
	}
	const password = await context.ask("Password: ", { isSecret: true });
	return args.has("new") ? signIn.asNewUser(email, password) : signIn.withPassword(email, password);
}

export const logoutCommand: Command = {
	path: ["logout"],
	operands: "",
	section: "Sync",
	summary: "Sign out; what is stored here stays",
	examples: [["ctrace logout", "nothing is synced until the next login"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const { signIn } = await context.loadSync();
		const who = signIn.who();
		await signIn.out();
		context.stdout.write(
			who === undefined ? "Nobody was signed in.\n" : `Signed out ${oneLine(who.email)}.\n`,
		);
		return 0;
	},
};

export const whoamiCommand: Command = {
	path: ["whoami"],
	operands: "",
	section: "Sync",
	summary: "Who is signed in, and where",
	examples: [["ctrace whoami", "exit code 1 when nobody is"]],
	options: [{ name: "json", summary: "Print JSON" }],
	run: async (context, args) => {
		args.atMost(0);
		const { signIn, url } = await context.loadSync();
		const who = signIn.who();
		if (args.has("json"))
			printJson(context, who === undefined ? { url } : { url, email: who.email, userId: who.userId });
		else
			context.stdout.write(
				who === undefined ? `Nobody is signed in to ${url}\n` : `${oneLine(who.email)} at ${url}\n`,
			);
		return who === undefined ? 1 : 0;
	},
};
