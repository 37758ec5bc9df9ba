-- ctrace: how teams come about and change. Nobody writes these tables by hand; these functions are the only way.

create function ctrace_private.require_user() returns uuid
	language plpgsql stable security definer set search_path = '' as
$$
begin
	if auth.uid() is null then raise sqlstate 'PT401' using message = 'not signed in'; end if;
	return auth.uid();
end $$;

create function ctrace_private.require_role(team uuid, variadic allowed text[]) returns text
	language plpgsql stable security definer set search_path = '' as
$$
declare
	mine text := ctrace_private.my_role(team);
begin
	-- The same words for a team that there is not: whether it exists is not told.
	if mine is null then raise sqlstate 'PT404' using message = 'you are in no such team'; end if;
	if not mine = any (allowed) then
		raise sqlstate 'PT403' using message = format('your role in this team is %s', mine),
			hint = format('It takes: %s', array_to_string(allowed, ' or '));
	end if;
	return mine;
end $$;

create function public.create_team(team_name text) returns uuid
	language plpgsql security definer set search_path = '' as
$$
declare
	me uuid := ctrace_private.require_user();
	made uuid;
begin
	insert into public.teams (name, created_by) values (btrim(team_name), me) returning id into made;
	insert into public.members (team_id, user_id, role, email) values (made, me, 'owner', auth.email());
	return made;
end $$;

-- Gives the code that the invited person joins with; only its digest is kept.
create function public.invite_to_team(team uuid, invited_email text, invited_role text) returns text
	language plpgsql security definer set search_path = '' as
$$
declare
	me uuid := ctrace_private.require_user();
	mine text := ctrace_private.require_role(team, 'owner', 'admin');
	code text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
begin
	if invited_role = 'admin' and mine <> 'owner' then
		raise sqlstate 'PT403' using message = 'only an owner makes admins';
	end if;
	insert into public.invitations (team_id, email, role, code_hash, created_by)
	values (team, lower(btrim(invited_email)), invited_role, encode(sha256(convert_to(code, 'UTF8')), 'hex'), me);
	return code;
end $$;

create function public.join_team(code text) returns jsonb
	language plpgsql security definer set search_path = '' as
$$
declare
	me uuid := ctrace_private.require_user();
	found public.invitations;
begin
	update public.invitations i set accepted_at = now()
	where i.code_hash = encode(sha256(convert_to(btrim(code), 'UTF8')), 'hex')
		and i.accepted_at is null and i.expires_at > now() and i.email = lower(auth.email())
	returning i.* into found;
	if found.id is null then
		raise sqlstate 'PT404' using message = 'this invitation is not valid',
			hint = 'It may be used up or expired, or meant for another e-mail address: ask for a new one.';
	end if;
	insert into public.members (team_id, user_id, role, email)
	values (found.team_id, me, found.role, auth.email())
	on conflict (team_id, user_id) do nothing;
	return (select jsonb_build_object('team_id', t.id, 'name', t.name, 'role', m.role)
		from public.teams t join public.members m on m.team_id = t.id and m.user_id = me where t.id = found.team_id);
end $$;

-- Owners may not leave the others without one; with its last member the team goes.
create function public.leave_team(team uuid) returns void
	language plpgsql security definer set search_path = '' as
$$
declare
	me uuid := ctrace_private.require_user();
	mine text := ctrace_private.require_role(team, 'owner', 'admin', 'member', 'viewer');
begin
	perform from public.teams t where t.id = team for update;
	if not exists (select from public.members m where m.team_id = team and m.user_id <> me) then
		delete from public.teams t where t.id = team;
		return;
	end if;
	if mine = 'owner' and not exists (
		select from public.members m where m.team_id = team and m.user_id <> me and m.role = 'owner'
	) then
		raise sqlstate 'PT409' using message = 'you are the only owner of this team',
			hint = 'Make somebody else an owner first.';
	end if;
	delete from public.members m where m.team_id = team and m.user_id = me;
end $$;

-- An owner may do all; an admin takes care of members and viewers.
create function ctrace_private.require_rank_over(team uuid, other uuid, new_role text) returns void
	language plpgsql stable security definer set search_path = '' as
$$
declare
	mine text := ctrace_private.require_role(team, 'owner', 'admin');
	theirs text := (select m.role from public.members m where m.team_id = team and m.user_id = other);
begin
	if theirs is null then raise sqlstate 'PT404' using message = 'nobody of that name is in this team'; end if;
	if mine = 'admin' and (theirs in ('owner', 'admin') or new_role in ('owner', 'admin')) then
		raise sqlstate 'PT403' using message = 'only an owner changes who is owner or admin';
	end if;
end $$;

create function public.set_member_role(team uuid, member uuid, new_role text) returns void
	language plpgsql security definer set search_path = '' as
$$
begin
	perform ctrace_private.require_user();
	perform from public.teams t where t.id = team for update;
	perform ctrace_private.require_rank_over(team, member, new_role);
	update public.members m set role = new_role where m.team_id = team and m.user_id = member;
	if not exists (select from public.members m where m.team_id = team and m.role = 'owner') then
		raise sqlstate 'PT409' using message = 'a team needs an owner';
	end if;
	if new_role = 'viewer' then
		-- A viewer contributes nothing: what was shared becomes private again.
		update public.sessions s set team_id = null where s.team_id = team and s.user_id = member;
	end if;
end $$;

create function public.remove_member(team uuid, member uuid) returns void
	language plpgsql security definer set search_path = '' as
$$
begin
	perform ctrace_private.require_user();
	perform from public.teams t where t.id = team for update;
	perform ctrace_private.require_rank_over(team, member, 'viewer');
	delete from public.members m where m.team_id = team and m.user_id = member;
	if not exists (select from public.members m where m.team_id = team and m.role = 'owner') then
		raise sqlstate 'PT409' using message = 'a team needs an owner';
	end if;
end $$;

create function public.revoke_invitation(invitation uuid) returns void
	language plpgsql security definer set search_path = '' as
$$
declare
	team uuid := (select i.team_id from public.invitations i where i.id = invitation);
begin
	perform ctrace_private.require_user();
	perform ctrace_private.require_role(team, 'owner', 'admin');
	delete from public.invitations i where i.id = invitation;
end $$;

revoke all on function public.create_team(text), public.invite_to_team(uuid, text, text), public.join_team(text),
	public.leave_team(uuid), public.set_member_role(uuid, uuid, text), public.remove_member(uuid, uuid),
	public.revoke_invitation(uuid) from public, anon;
grant execute on function public.create_team(text), public.invite_to_team(uuid, text, text), public.join_team(text),
	public.leave_team(uuid), public.set_member_role(uuid, uuid, text), public.remove_member(uuid, uuid),
	public.revoke_invitation(uuid) to authenticated;
revoke all on all functions in schema ctrace_private from public, anon;
revoke all on function ctrace_private.require_user(), ctrace_private.require_role(uuid, text[]),
	ctrace_private.require_rank_over(uuid, uuid, text) from authenticated;
