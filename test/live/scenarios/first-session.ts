import { answered, ask, askLines, bash, decide, ready, type Scenario, say, tool } from "../scenario.ts";
import { longAnswer } from "./words.ts";

/** The conversation that every release must get right: all the ordinary things, once each. */
export const firstSession: Scenario = {
	name: "first-session",
	files: { "beds.txt": "tomatoes\nbeans\nsquash\n" },
	replies: [
		say("A garden rests in winter, so **spring** is the time to plan. Start with the soil, then the seeds."),
		say("I will look at the beds first.", bash("chmod 600 beds.txt && sort beds.txt", "Sort the beds")),
		say("There are three beds: beans, squash and tomatoes."),
		say("The old list can go.", bash("rm -f beds.txt", "Remove the old list")),
		say(
			"Now I write the plan down.",
			tool("Write", {
				file_path: "{{cwd}}/plan.md",
				content: "# Plan\n\n- sow beans in May\n- water squash daily\n",
			}),
		),
		say("The plan is written: beans come in May and the squash gets water every day."),
		{ ...say(longAnswer("harvest", 60)) },
		say("Three lines received, and the middle one asked about compost."),
		{ ...say(longAnswer("weather", 80)), delayMs: 40 },
		say("Good night; the garden will still be there tomorrow."),
	],
	steps: [
		...ready(),
		...ask("When should I begin to plan a vegetable garden?"),
		answered(),
		...ask("Please look at beds.txt and tell me what grows there"),
		decide("Bash", "yes"),
		answered(),
		...ask("Delete the old list of beds"),
		decide("Bash", "no"),
		{ do: "settle", quietMs: 900 },
		...ask("Then write the plan to plan.md instead"),
		decide("Write", "yes"),
		answered(),
		...ask("Tell me everything about the harvest, as long as you like"),
		answered(90_000),
		...askLines(["First line about seeds", "second line: what about compost?", "third line, thank you"]),
		answered(),
		...ask("And the weather of the whole year, please"),
		{ do: "streamed", characters: 600 },
		{ do: "interrupt" },
		...ask("Never mind, good night"),
		answered(),
	],
};
