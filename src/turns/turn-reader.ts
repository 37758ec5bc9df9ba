/**
 * Frames → turns. Reads top to bottom as the data goes:
 *
 *   frame ─► regions ─► entries ─► conversation ─► turns
 *                └► draft, dialog, keys (who did what)
 */
import type { TurnChange } from "../core/change.ts";
import type { Frame } from "../core/frame.ts";
import { type Bygone, letGo } from "./bygone.ts";
import { glimpseDialog, slashTurn, updateConversation } from "./conversation.ts";
import { type Dialog, isPermission } from "./dialog.ts";
import type { Entry } from "./entry.ts";
import { HalfPicture } from "./half-picture.ts";
import { News } from "./news.ts";
import { changed, type OpenTurn } from "./open-turn.ts";
import {
	isSameDialog,
	type OpenDialog,
	openDialog,
	pressKey,
	redraw,
	reopened,
	toPermission,
} from "./permissions.ts";
import {
	activityOf,
	backInBox,
	entriesOf,
	GROWS_EVERY_MS,
	hasGrown,
	isTakenBack,
	leavingCommand,
	plainPrompt,
	settle,
	shownAs,
} from "./progress.ts";
import { readEntries } from "./read-entries.ts";
import { type Regions, splitRegions } from "./regions.ts";
import { Reports } from "./reports.ts";
import { ScreenFacts } from "./screen-facts.ts";
import { ScrolledDraft } from "./scrolled-draft.ts";
import { Submissions, sentDraft } from "./submissions.ts";
import type { Activity } from "./timing.ts";
import type { TurnReaderOptions } from "./to-turn.ts";
import { Typing } from "./typing.ts";
import { Watch } from "./watch.ts";

export class TurnReader {
	readonly #options: TurnReaderOptions;
	readonly #typing = new Typing();
	readonly #submissions = new Submissions();
	readonly #watch = new Watch();
	readonly #box = new ScrolledDraft();
	readonly #half = new HalfPicture();
	readonly #news = new News();
	/** In no other hands. */
	#turns: OpenTurn[] = [];
	#bygone: readonly Bygone[] = [];
	#dialog: OpenDialog | undefined;
	#lastDialog: OpenDialog | undefined;
	#draft: string | undefined;
	#pending: string | undefined;
	#leaving: string | undefined;
	#grownAt = Number.NEGATIVE_INFINITY;
	#last: { at: number; activity: Activity } | undefined;
	readonly #reports: Reports;
	readonly #facts: ScreenFacts;
	#isSeen = false;

	constructor(options: TurnReaderOptions) {
		this.#options = options;
		this.#facts = new ScreenFacts(options.look);
		this.#reports = new Reports(options);
		for (const prompt of options.givenPrompts) this.#submissions.noteDraft(prompt);
	}

	/** Claude Code's screen was recognised. */
	get isSeen(): boolean {
		return this.#isSeen;
	}

	/** Earlier turns are reported no more. */
	get firstSeq(): number {
		return this.#turns.find(({ seq }) => seq !== undefined)?.seq ?? 0;
	}

	/** Keys and pastes: read in memory, never part of any output but as a prompt's text or a dialog's answer. */
	input(data: Uint8Array, at: number): void {
		const keys = this.#typing.feed(data);
		this.#watch.noteInput(at, keys);
		for (const key of keys) {
			if (this.#dialog !== undefined) this.#dialog = pressKey(this.#dialog, key, at);
			else if (key.kind === "enter") {
				const { typed } = this.#typing;
				const draft = sentDraft(this.#draft, typed);
				this.#leaving = leavingCommand(draft);
				this.#pending = this.#isWorking() ? undefined : plainPrompt(draft);
				this.#submissions.noteEnter(typed, draft);
				this.#typing.forgetLine();
			}
		}
	}

	feed(painted: Frame): readonly TurnChange[] {
		const { look } = this.#options;
		const changes = this.#facts.note(painted);
		if (this.#half.isReflowAlone(painted)) return changes;
		const first = splitRegions(look, painted);
		if (!this.#isSeen) this.#reports.recognition.noteUnread(painted.rows);
		if (first.bottom.kind === "none") {
			this.#half.hold(painted);
			return [...changes, ...this.#lastWords(painted, first)];
		}
		for (const earlier of this.#half.takeEarlier(painted)) this.#read(earlier, splitRegions(look, earlier));
		const frame = this.#half.complete(painted);
		const regions = frame === painted ? first : splitRegions(look, frame);
		if (regions.bottom.kind === "overlay" && !this.#isSeen) return changes;
		if (!this.#isSeen && regions.bottom.kind === "box")
			changes.push({ kind: "session", agent: look.id, renderer: frame.renderer });
		this.#isSeen ||= regions.bottom.kind === "box";
		this.#noteDraft(regions, frame.at);
		const hasTurns = this.#turns.some((turn) => turn.echo !== "");
		this.#watch.notePicture(frame.at, this.#draft, hasTurns);
		if (this.#news.take(regions, this.#pending)) this.#read(frame, regions);
		this.#noteDialog(frame, regions);
		this.#noteProgress(frame, regions);
		const withdrawn = this.#withdraw(regions);
		const reported = this.#report(frame.at);
		if (changes.length === 0 && withdrawn.length === 0) return reported;
		return [...changes, ...withdrawn, ...reported];
	}

	/** The session ended: `isLost` when nobody saw how. */
	end(at: number, isLost: boolean): readonly TurnChange[] {
		this.#closeDialog(at);
		this.#noteLeaving(at);
		const last = this.#turns.at(-1);
		if (last !== undefined && last.status === "running") {
			const status = isLost ? "lost" : this.#isWorking() ? "interrupted" : "complete";
			this.#replaceLast(changed(last, { status, endedAt: at }));
		}
		if (!this.#isSeen && this.#facts.isTold) return this.#reports.recognition.allUnclaimed();
		return this.#report(Number.POSITIVE_INFINITY);
	}

	/** `/exit` takes the screen down before some versions have echoed it. */
	#noteLeaving(at: number): void {
		const text = this.#typing.isUsed ? this.#leaving : leavingCommand(this.#draft);
		if (text === undefined || this.#submissions.find(text) === undefined) return;
		this.#turns = [...this.#turns, slashTurn(text, this.#nextSeq(), at)];
		this.#reports.mark(this.#turns.length - 1);
	}

	#isWorking(): boolean {
		return this.#last !== undefined && this.#last.activity !== "waitingForUserMs";
	}

	/** Claude Code takes its box away when it leaves: of what it shows then, only a prompt that was sent is news. */
	#lastWords(frame: Frame, regions: Regions): readonly TurnChange[] {
		if (!this.#isSeen || frame.renderer !== "classic") return [];
		const entries = readEntries(this.#options.look, regions.conversation, shownAs(frame));
		const at = entries.findLastIndex((entry) => entry.kind === "prompt");
		const prompt = at < 0 ? undefined : entries[at];
		if (prompt === undefined || !this.#submissions.isSent(prompt.text, this.#typing.isUsed)) return [];
		this.#updateTurns(frame, regions, entries.slice(0, at + 1));
		return this.#report(frame.at);
	}

	#read(frame: Frame, regions: Regions): void {
		const known = { turns: this.#turns, pending: this.#pending };
		this.#updateTurns(frame, regions, entriesOf(this.#options.look, frame, regions, known));
	}

	#updateTurns(frame: Frame, regions: Regions, entries: readonly Entry[]): void {
		// What waits is not worked on, whatever the screen said while it was typed.
		if (regions.queued.length > 0) this.#pending = undefined;
		const known = { turns: this.#turns, bygone: this.#bygone };
		const update = updateConversation(this.#options.look, known, {
			at: frame.at,
			entries,
			isBusy: regions.isBusy,
			isEndShown: frame.renderer === "classic" && frame.rows.length > 0,
			isScrolledAway: regions.isScrolledAway,
			pinned: regions.pinned,
			submissions: this.#submissions,
			nextSeq: this.#nextSeq(),
			isUnwatched: this.#watch.isBroken && !regions.isScrolledAway,
			pending: this.#pending,
		});
		if (hasGrown(this.#turns.at(-1), update.turns.at(-1))) this.#grownAt = frame.at;
		if (update.sent.length > 0) this.#pending = undefined;
		for (const echo of update.sent) this.#submissions.consume(echo);
		if (update.sent.length > 0) this.#finishAllButLast(update.turns, frame.at);
		else this.#turns = update.turns;
		for (const index of update.touched) this.#reports.mark(index);
	}

	/** A new prompt ends the turn before it. */
	#finishAllButLast(turns: OpenTurn[], at: number): void {
		this.#turns = turns.map((turn, index) => {
			if (index === turns.length - 1 || turn.endedAt !== undefined || turn.seq === undefined) return turn;
			this.#reports.mark(index);
			const status = turn.status === "running" ? "complete" : turn.status;
			return changed(turn, { status, endedAt: at });
		});
	}

	#nextSeq(): number {
		const last = this.#turns.findLast((turn) => turn.seq !== undefined)?.seq;
		return last === undefined ? this.#options.firstSeq() : last + 1;
	}

	#noteDraft(regions: Regions, at: number): void {
		const before = this.#draft;
		const { typed } = this.#typing;
		if (regions.bottom.kind === "box") this.#draft = this.#box.whole(regions.bottom.draft, typed);
		// Without keys (a recording of output alone) a draft that is gone when work begins was sent.
		const isGone = !this.#typing.isUsed && this.#draft === undefined && regions.isBusy;
		if (isGone && !this.#isWorking() && at - this.#grownAt > GROWS_EVERY_MS)
			this.#pending = plainPrompt(before) ?? this.#pending;
		if (regions.bottom.kind === "box" && this.#draft !== undefined) this.#submissions.noteDraft(this.#draft);
		for (const text of regions.queued) this.#submissions.noteDraft(text);
	}

	#noteDialog(frame: Frame, regions: Regions): void {
		const shown = regions.bottom.kind === "dialog" ? regions.bottom.dialog : undefined;
		if (this.#dialog !== undefined && (shown === undefined || !isSameDialog(this.#dialog, shown))) {
			this.#closeDialog(frame.at);
		}
		const turn = this.#turns.at(-1);
		if (shown === undefined || turn?.seq === undefined) return;
		if (turn.prompt.kind === "slash" || !isPermission(this.#options.look, shown)) return;
		// Some versions draw the dialog a frame before the echo of the prompt that it belongs to.
		if (this.#dialog === undefined && this.#pending !== undefined) return;
		if (this.#dialog === undefined) this.#openDialog(shown, frame.at, turn);
		else this.#dialog = redraw(this.#dialog, shown, frame.at);
		this.#showPermission(undefined);
	}

	#openDialog(shown: Dialog, at: number, turn: OpenTurn): void {
		const again = reopened(this.#lastDialog, shown, turn, this.#half.isAfterResize(at));
		this.#dialog = again ?? openDialog(shown, at, turn.entries.length);
		if (again === undefined) this.#replaceLast(glimpseDialog(this.#options.look, turn, shown));
		else this.#replaceLast(changed(turn, { permissions: turn.permissions.slice(0, -1) }));
	}

	#closeDialog(at: number): void {
		if (this.#dialog === undefined) return;
		this.#showPermission(at);
		this.#lastDialog = this.#dialog;
		this.#dialog = undefined;
	}

	#showPermission(closedAt: number | undefined): void {
		const turn = this.#turns.at(-1);
		if (this.#dialog === undefined || turn?.seq === undefined) return;
		const settled = turn.permissions.filter((permission) => !permission.isOpen);
		const permissions = [...settled, toPermission(this.#dialog, closedAt)];
		this.#replaceLast(changed(turn, { permissions, hasWorked: true }));
	}

	#noteProgress(frame: Frame, regions: Regions): void {
		const activity = activityOf(regions, this.#turns.at(-1));
		const turn = this.#turns.at(-1);
		if (turn?.seq !== undefined) {
			const spent = this.#last === undefined ? 0 : frame.at - Math.max(this.#last.at, turn.startedAt);
			turn.timing.add(this.#last?.activity ?? activity, spent);
			const isStopped = this.#last?.activity === "toolMs" && this.#watch.isStopped(frame.at);
			this.#replaceLast(settle(turn, frame.at, activity, isStopped));
		}
		this.#last = { at: frame.at, activity };
	}

	#replaceLast(turn: OpenTurn): void {
		const index = this.#turns.length - 1;
		if (turn.status !== this.#turns[index]?.status) this.#reports.hurry();
		this.#turns[index] = turn;
		this.#reports.mark(index);
	}

	/** Esc before any answer puts the prompt back into the box and leaves no trace of it above. */
	#withdraw(regions: Regions): readonly TurnChange[] {
		const turn = this.#turns.at(-1);
		const draft = regions.isBusy ? undefined : backInBox(regions);
		if (turn?.seq === undefined || draft === undefined || !isTakenBack(turn, draft)) return [];
		this.#turns = this.#turns.slice(0, -1);
		this.#reports.forget(this.#turns.length, turn.seq);
		return [{ kind: "withdrawn", seq: turn.seq }];
	}

	#report(at: number): readonly TurnChange[] {
		const changes = this.#reports.due(at, this.#turns);
		if (changes === undefined) return [];
		const { turns, bygone } = letGo({ turns: this.#turns, bygone: this.#bygone });
		if (turns !== this.#turns) this.#turns = [...turns];
		this.#bygone = bygone;
		this.#reports.recognition.settle(this.firstSeq);
		return changes;
	}
}
