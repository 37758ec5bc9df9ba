/** Every live scenario, in the order of the table. */
import type { Scenario } from "../scenario.ts";
import { clear, compact, slashCommands } from "./commands.ts";
import {
	allowedForGood,
	busyQueue,
	detailedView,
	editedPrompt,
	memory,
	refusedWithWords,
} from "./dialogs.ts";
import { firstSession } from "./first-session.ts";
import { interrupts, pastes, queuedPrompts, shellCommands, takenBack } from "./input.ts";
import { apiErrors, continued, resumed } from "./lifecycle.ts";
import { manyPastes, oddPrompts, queueEdited, secondThoughts, typingWhileStreaming } from "./odd-prompts.ts";
import { filesWritten, leftByCommand, menus, mixedReply, promptAsArgument } from "./overlays.ts";
import { richAnswer, smallWindow } from "./rich-text.ts";
import {
	clearedAndResumed,
	imitatingOutput,
	planMode,
	resizeOverTools,
	subagentsAtOnce,
} from "./rough-times.ts";
import { huge, tiny } from "./sizes.ts";
import { storms } from "./storms.ts";
import { fastStream, resizeWhileIdle, resizeWhileStreaming, scrollBack } from "./streaming.ts";
import { imitation, markdown, narrowScripts, promptShapes } from "./text.ts";
import { failingTools, parallelTools, permissions, subagent, thinkingFirst, todos } from "./tools.ts";
import {
	filesAndRefusals,
	longCode,
	manyAtOnce,
	markedWords,
	narrowPrompts,
	queueOfThree,
	sameAgain,
	stoppedAndCleared,
} from "./workshop.ts";

export const SCENARIOS: readonly Scenario[] = [
	firstSession,
	resizeWhileStreaming,
	resizeWhileIdle,
	fastStream,
	scrollBack,
	narrowScripts,
	markdown,
	imitation,
	promptShapes,
	pastes,
	queuedPrompts,
	takenBack,
	shellCommands,
	interrupts,
	permissions,
	parallelTools,
	failingTools,
	thinkingFirst,
	subagent,
	todos,
	slashCommands,
	clear,
	compact,
	continued,
	resumed,
	apiErrors,
	refusedWithWords,
	memory,
	detailedView,
	editedPrompt,
	busyQueue,
	allowedForGood,
	menus,
	promptAsArgument,
	mixedReply,
	filesWritten,
	leftByCommand,
	tiny,
	huge,
	richAnswer,
	smallWindow,
	oddPrompts,
	manyPastes,
	typingWhileStreaming,
	queueEdited,
	secondThoughts,
	resizeOverTools,
	imitatingOutput,
	subagentsAtOnce,
	planMode,
	clearedAndResumed,
	...storms,
	longCode,
	manyAtOnce,
	filesAndRefusals,
	queueOfThree,
	sameAgain,
	stoppedAndCleared,
	narrowPrompts,
	markedWords,
];
