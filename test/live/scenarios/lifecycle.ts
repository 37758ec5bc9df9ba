/** Sessions that go on from earlier ones, and an API that has bad days. */
import { answered, ask, fail, ready, type Scenario, say } from "../scenario.ts";
import { longAnswer } from "./words.ts";

const EARLIER = [
	...ready(),
	...ask("Remember the blue watering can"),
	answered(),
	...ask("Describe the tool rack"),
	answered(),
];

export const continued: Scenario = {
	name: "continued",
	args: ["--continue"],
	replies: [
		say("The blue watering can is remembered."),
		say(longAnswer("rack", 10)),
		say("It is blue."),
		say("You are welcome."),
	],
	before: { steps: EARLIER },
	steps: [
		...ready(),
		...ask("Which colour has the watering can?"),
		answered(),
		...ask("Thank you"),
		answered(),
	],
};

export const resumed: Scenario = {
	name: "resumed",
	args: ["--resume"],
	replies: [
		say("The blue watering can is remembered."),
		say(longAnswer("rack", 10)),
		say("It is still blue."),
	],
	before: { steps: EARLIER },
	steps: [
		{ do: "wait", pattern: /Resume session|Modified|watering can|tool rack|quiet garden/i },
		{ do: "settle", quietMs: 900 },
		{ do: "press", key: "enter" },
		{ do: "wait", pattern: /rack note 10\b/ },
		{ do: "settle", quietMs: 900 },
		...ask("Which colour was it?"),
		answered(),
	],
};

export const apiErrors: Scenario = {
	name: "api-errors",
	replies: [
		fail(529, "overloaded_error", "Overloaded"),
		fail(500, "api_error", "Internal server error"),
		say("It worked at the third attempt."),
		// Some versions try a refused request once more in another form.
		{
			...fail(400, "invalid_request_error", "the invented request was refused"),
			when: "This one will fail",
			unless: "And now?",
			repeat: true,
		},
		say("And this one worked at once."),
	],
	steps: [
		...ready(),
		...ask("Try until it works"),
		{ do: "wait", pattern: /third attempt/, timeoutMs: 60_000 },
		answered(60_000),
		...ask("This one will fail"),
		{ do: "settle", quietMs: 2500 },
		...ask("And now?"),
		answered(60_000),
	],
};
