// Keys act before the screen shows it: which option a dialog's Enter took while pictures come late.
import { describe, expect, it } from "vitest";
import type { Dialog } from "../../src/turns/dialog.ts";
import {
	isSameDialog,
	type OpenDialog,
	openDialog,
	pressKey,
	redraw,
	toPermission,
} from "../../src/turns/permissions.ts";

function shown(selected: number): Dialog {
	const options = ["Yes", "Yes, and always", "No"];
	return {
		title: "Bash command",
		question: "Do you want to proceed?",
		options,
		selected,
		subject: "ls",
		isModels: false,
	};
}

const press = (open: OpenDialog, kind: "up" | "down" | "enter", at: number) => pressKey(open, { kind }, at);
const choiceOf = (open: OpenDialog) => toPermission(open, 9000).choice;

describe("the choice in a dialog", () => {
	it("is where the keys moved the cursor, though a picture painted after them shows it where it was", () => {
		let open = press(openDialog(shown(0), 0, 0), "down", 1000);
		open = redraw(open, shown(1), 1020);
		open = press(open, "down", 1080);
		open = redraw(open, shown(1), 1120);
		expect(choiceOf(press(open, "enter", 1180))).toBe("No");
	});

	it("is that also when several keys wait to be painted", () => {
		let open = press(press(openDialog(shown(0), 0, 0), "down", 1000), "down", 1010);
		open = redraw(redraw(open, shown(0), 1030), shown(1), 1060);
		expect(choiceOf(press(open, "enter", 1070))).toBe("No");
	});

	it("is what the screen shows when a program did not take a key", () => {
		const open = redraw(press(openDialog(shown(2), 0, 0), "down", 1000), shown(2), 2000);
		expect(choiceOf(press(open, "enter", 2100))).toBe("No");
	});
});

describe("a dialog whose upper half is gone", () => {
	const { title: _, ...untitled } = shown(0);
	const lowerHalf = { ...untitled, title: undefined, subject: "" };

	it("is the one that was answered, as it is taken off", () => {
		expect(isSameDialog(press(openDialog(shown(0), 0, 0), "enter", 1000), lowerHalf)).toBe(true);
	});

	it("is another one than one that waits for its answer, or that asks something else", () => {
		expect(isSameDialog(openDialog(shown(0), 0, 0), lowerHalf)).toBe(false);
		const answered = press(openDialog(shown(0), 0, 0), "enter", 1000);
		expect(isSameDialog(answered, { ...lowerHalf, question: "Do you want to stop?" })).toBe(false);
	});
});
