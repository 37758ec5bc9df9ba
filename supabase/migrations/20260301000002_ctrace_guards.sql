-- ctrace: what makes every message harmless when it comes twice, late or after a deletion.

-- Two sessions of one number never wait for each other; a deletion waits for an insertion of the same session.
create function ctrace_private.session_lock(session uuid) returns bigint
	language sql immutable set search_path = '' as
$$ select hashtextextended(session::text, 0) $$;

create function ctrace_private.is_deleted(owner uuid, session uuid) returns boolean
	language sql stable security definer set search_path = '' as
$$ select exists (select from public.deletions d where d.user_id = owner and d.session_id = session) $$;

create function ctrace_private.guard_session() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	if tg_op = 'INSERT' then
		perform pg_advisory_xact_lock_shared(ctrace_private.session_lock(new.id));
		if ctrace_private.is_deleted(new.user_id, new.id) then return null; end if;
	elsif new.version < old.version
		or (new.version = old.version and new.team_id is not distinct from old.team_id) then
		return null;
	end if;
	new.synced_at := clock_timestamp();
	return new;
end $$;
create trigger guard before insert or update on public.sessions
	for each row execute function ctrace_private.guard_session();

create function ctrace_private.guard_turn() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	if tg_op = 'INSERT' then
		if ctrace_private.is_deleted(new.user_id, new.session_id) then return null; end if;
	elsif new.version <= old.version then
		return null;
	end if;
	new.synced_at := clock_timestamp();
	return new;
end $$;
create trigger guard before insert or update on public.turns
	for each row execute function ctrace_private.guard_turn();

-- Items come before their turn: the turn's arrival says that all of it is there. What it no longer has goes with it.
create function ctrace_private.trim_items() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	delete from public.items i
	where i.session_id = new.session_id and i.turn_seq = new.seq and i.position > new.item_count;
	return null;
end $$;
create trigger trim after insert or update on public.turns
	for each row execute function ctrace_private.trim_items();

create function ctrace_private.guard_item() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	if tg_op = 'UPDATE' then
		if new.version <= old.version then return null; end if;
	elsif ctrace_private.is_deleted(new.user_id, new.session_id) or exists (
		select from public.turns t
		where t.session_id = new.session_id and t.seq = new.turn_seq and t.version > new.version
	) then
		return null;
	end if;
	return new;
end $$;
create trigger guard before insert or update on public.items
	for each row execute function ctrace_private.guard_item();

create function ctrace_private.guard_other() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	if tg_op = 'UPDATE' and new.version <= old.version then return null; end if;
	if new.session_id is not null and ctrace_private.is_deleted(new.user_id, new.session_id) then return null; end if;
	new.synced_at := clock_timestamp();
	return new;
end $$;
create trigger guard before insert or update on public.recordings
	for each row execute function ctrace_private.guard_other();
create trigger guard before insert or update on public.insights
	for each row execute function ctrace_private.guard_other();

create function ctrace_private.note_deletion() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	perform pg_advisory_xact_lock(ctrace_private.session_lock(new.session_id));
	new.synced_at := clock_timestamp();
	return new;
end $$;
create trigger note before insert on public.deletions
	for each row execute function ctrace_private.note_deletion();

create function ctrace_private.carry_out_deletion() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	delete from public.sessions s where s.id = new.session_id and s.user_id = new.user_id;
	return null;
end $$;
create trigger carry_out after insert on public.deletions
	for each row execute function ctrace_private.carry_out_deletion();

-- Who leaves a team takes the own sessions along.
create function ctrace_private.take_sessions_back() returns trigger
	language plpgsql security definer set search_path = '' as
$$
begin
	update public.sessions s set team_id = null where s.team_id = old.team_id and s.user_id = old.user_id;
	return null;
end $$;
create trigger take_back after delete on public.members
	for each row execute function ctrace_private.take_sessions_back();
