-- ctrace: the same guards at a fraction of the price. They run for every row of a backlog.
--
-- What a row's guard asks is written in it: a function of its own is read and planned anew with every call. A turn's items
-- are trimmed once for each statement, not for each turn.

create or replace function ctrace_private.guard_turn() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	if tg_op = 'UPDATE' then
		if new.version <= old.version then return null; end if;
	elsif exists (
		select from public.deletions d where d.user_id = new.user_id and d.session_id = new.session_id
	) then
		return null;
	end if;
	new.synced_at := clock_timestamp();
	return new;
end $$;

create or replace function ctrace_private.guard_item() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	if tg_op = 'UPDATE' then
		if new.version <= old.version then return null; end if;
	elsif exists (
		select from public.deletions d where d.user_id = new.user_id and d.session_id = new.session_id
	) or exists (
		select from public.turns t
		where t.session_id = new.session_id and t.seq = new.turn_seq and t.version > new.version
	) then
		return null;
	end if;
	return new;
end $$;

-- The plan is kept for as long as the connection lives. One that was made while the table was small must not read all of it
-- when it has grown: so always by the key, turn by turn.
create or replace function ctrace_private.trim_items() returns trigger
	language plpgsql security definer
	set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as
$$
begin
	delete from public.items i using arrived a
	where i.session_id = a.session_id and i.turn_seq = a.seq and i.position > a.item_count;
	return null;
end $$;
drop trigger trim on public.turns;
create trigger trim after insert on public.turns referencing new table as arrived
	for each statement execute function ctrace_private.trim_items();
create trigger trim_changed after update on public.turns referencing new table as arrived
	for each statement execute function ctrace_private.trim_items();

-- What a foreign key asks for is planned when it is first asked, and in a new project nothing is known yet of how many
-- sessions one person has. Of indexes that then look alike PostgreSQL takes the youngest: it was the one by person, and every
-- row looked through all of that person's sessions. So the key of the session itself becomes the youngest.
alter table public.turns drop constraint turns_session_id_user_id_fkey;
alter table public.items drop constraint items_session_id_user_id_fkey;
alter table public.recordings drop constraint recordings_session_id_user_id_fkey;
alter table public.insights drop constraint insights_session_id_user_id_fkey;
alter table public.sessions drop constraint sessions_id_user_id_key;
alter table public.sessions add constraint sessions_id_user_id_key unique (id, user_id);
-- The same for the other way round: what belongs to a session that is deleted.
alter table public.turns drop constraint turns_pkey;
alter table public.turns add primary key (session_id, seq);
alter table public.turns add foreign key (session_id, user_id)
	references public.sessions (id, user_id) on delete cascade;
alter table public.items add foreign key (session_id, user_id)
	references public.sessions (id, user_id) on delete cascade;
alter table public.recordings add foreign key (session_id, user_id)
	references public.sessions (id, user_id) on delete cascade;
alter table public.insights add foreign key (session_id, user_id)
	references public.sessions (id, user_id) on delete cascade;
