-- The image makes these roles without a password; the services beside it sign in with the database's.
\set password `echo "$POSTGRES_PASSWORD"`

ALTER USER authenticator WITH PASSWORD :'password';
ALTER USER supabase_auth_admin WITH PASSWORD :'password';
