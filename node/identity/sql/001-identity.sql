-- Persons, log-ins, posts and rights. Frozen once released. Registers are changed by commands only; credential, session
-- and step_up are technical: they leave no chain entry and never leave the node.

-- A person: the same one under every log-in (I9 compares persons).
CREATE TABLE person (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        name TEXT NOT NULL,
        staff_number TEXT NOT NULL              -- the office's own, may be empty
);
--truth: person id

CREATE TABLE login (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        person BIGINT NOT NULL,
        name TEXT NOT NULL UNIQUE,              -- what is typed; lower case
        locked BIGINT NOT NULL                  -- 1: by the security administrator, until unlocked
);
CREATE INDEX login_person ON login (person);
--truth: login id

CREATE TABLE post (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        kind TEXT NOT NULL,                     -- code post_kind; the kind's functions stand in post-kind-codes.c
        UNIQUE (office, kind)
);
--truth: post id

CREATE TABLE post_holder (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        person BIGINT NOT NULL,
        post BIGINT NOT NULL,
        valid_from BIGINT NOT NULL,             -- business day, yyyymmdd
        valid_to BIGINT NOT NULL,               -- last day; 0: no end
        mac TEXT NOT NULL                       -- over the fields, by the rights key
);
CREATE INDEX post_holder_person ON post_holder (person);
--truth: post_holder id

CREATE TABLE right_grant (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        person BIGINT NOT NULL,                 -- to a person, or
        post BIGINT NOT NULL,                   -- to whoever holds the post
        function TEXT NOT NULL,                 -- command:NAME, view:NAME, other:NAME; one * allowed
        at_office BIGINT NOT NULL,              -- where it may be used
        book BIGINT NOT NULL,                   -- 0: every book
        valid_from BIGINT NOT NULL,
        valid_to BIGINT NOT NULL,
        mac TEXT NOT NULL
);
CREATE INDEX right_grant_person ON right_grant (person);
CREATE INDEX right_grant_post ON right_grant (post);
--truth: right_grant id

-- What an auditor asks for: log-ins, failures, lockouts, refusals of rights.
CREATE TABLE security_event (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        instant BIGINT NOT NULL,                -- ms since 1970 UTC
        kind TEXT NOT NULL,                     -- code security_event
        person BIGINT NOT NULL,                 -- 0: unknown
        login TEXT NOT NULL,                    -- as typed, shortened
        address TEXT NOT NULL,                  -- of the client
        detail TEXT NOT NULL                    -- command or view concerned
);
CREATE INDEX security_event_instant ON security_event (instant);
--ledger: security_event
--truth: security_event id

-- The password of a log-in, and how often it was missed.
CREATE TABLE credential (
        login BIGINT NOT NULL PRIMARY KEY,
        hash TEXT NOT NULL,                     -- names its method; once$… for one-time passwords
        must_change BIGINT NOT NULL,
        changed BIGINT NOT NULL,                -- ms since 1970 UTC
        failed BIGINT NOT NULL,                 -- attempts begun since the last good one
        locked_until BIGINT NOT NULL            -- ms; 0: not locked
);
CREATE TABLE credential_history (
        login BIGINT NOT NULL,
        number BIGINT NOT NULL,                 -- rising
        hash TEXT NOT NULL,
        PRIMARY KEY (login, number)
);

CREATE TABLE session (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        token BYTEA NOT NULL UNIQUE,            -- digest of what the browser holds
        login BIGINT NOT NULL,
        person BIGINT NOT NULL,
        address TEXT NOT NULL,
        started BIGINT NOT NULL,                -- ms
        seen BIGINT NOT NULL                    -- ms, to the minute
);
CREATE INDEX session_person ON session (person);

CREATE TABLE step_up (
        proof BYTEA NOT NULL PRIMARY KEY,       -- digest of what the browser holds
        person BIGINT NOT NULL,
        office BIGINT NOT NULL,
        command TEXT NOT NULL,
        input BYTEA NOT NULL,                   -- digest of the very input
        expires BIGINT NOT NULL,                -- ms
        used_key TEXT NOT NULL                  -- idempotency key of its one use; '': not yet used
);
