-- Limits by amount, delegation, leaving, second factors. Frozen once released.

ALTER TABLE person ADD COLUMN home_office BIGINT NOT NULL DEFAULT 0;      -- 0: of this office; else where the person is employed
ALTER TABLE post ADD COLUMN amount_max BIGINT NOT NULL DEFAULT 0;         -- fen in one operation; 0: no limit
ALTER TABLE post ADD COLUMN factors TEXT NOT NULL DEFAULT '';             -- second factors of which one is asked, by commas; '': none
ALTER TABLE post ADD COLUMN mac TEXT NOT NULL DEFAULT '';                 -- over limit and factors; '' as long as neither was set
ALTER TABLE post_holder ADD COLUMN amount_max BIGINT NOT NULL DEFAULT 0;  -- of this holder
ALTER TABLE right_grant ADD COLUMN amount_max BIGINT NOT NULL DEFAULT 0;

-- One person stands in for another in a post for some days.
CREATE TABLE delegation (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        principal BIGINT NOT NULL,
        delegate BIGINT NOT NULL,
        post BIGINT NOT NULL,
        function TEXT NOT NULL,                 -- pattern within the post's functions; '': all of them
        amount_max BIGINT NOT NULL,             -- 0: as the principal
        valid_from BIGINT NOT NULL,
        valid_to BIGINT NOT NULL,               -- last day, always given
        reason TEXT NOT NULL,
        requested_by BIGINT NOT NULL,
        decided_by BIGINT NOT NULL,             -- security administrator
        note TEXT NOT NULL,                     -- why refused, withdrawn or ended
        state BIGINT NOT NULL,                  -- 0 requested, 1 approved, 2 refused, 3 withdrawn, 4 ended
        mac TEXT NOT NULL                       -- from the approval on
);
CREATE INDEX delegation_delegate ON delegation (delegate);
CREATE INDEX delegation_principal ON delegation (principal);
--truth: delegation id

-- Somebody leaves: what waits for him, who takes it over, who watches; then everything ends at once.
CREATE TABLE departure (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        person BIGINT NOT NULL,
        kind TEXT NOT NULL,                     -- code departure_kind
        last_day BIGINT NOT NULL,
        receiver BIGINT NOT NULL,               -- takes the work over
        witness BIGINT NOT NULL,                -- watches the hand-over
        reason TEXT NOT NULL,
        items TEXT NOT NULL,                    -- open work on the day of the sheet: label TAB count TAB first ones, a line each
        prepared_on BIGINT NOT NULL,            -- business day
        prepared_by BIGINT NOT NULL,
        handed_on BIGINT NOT NULL,              -- ms; 0: not yet confirmed
        received_on BIGINT NOT NULL,
        witnessed_on BIGINT NOT NULL,
        left_on BIGINT NOT NULL,                -- ms; when everything ended
        note TEXT NOT NULL,                     -- why urgent or cancelled
        state BIGINT NOT NULL                   -- 0 prepared, 1 confirmed by all three, 2 left, 3 cancelled
);
CREATE INDEX departure_person ON departure (person);
--truth: departure id

-- A second thing to come in with, bound to one log-in.
CREATE TABLE factor (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        login BIGINT NOT NULL,
        person BIGINT NOT NULL,
        kind TEXT NOT NULL,                     -- code factor_kind
        label TEXT NOT NULL,                    -- which device, for people
        material TEXT NOT NULL,                 -- fingerprint or public key, hexadecimal; '' for a one-time code
        bound_on BIGINT NOT NULL,               -- ms
        revoked BIGINT NOT NULL,                -- 1: counts no more
        mac TEXT NOT NULL                       -- over log-in, kind, material and revoked
);
CREATE INDEX factor_login ON factor (login);
--truth: factor id

-- Technical, like credentials: never in the chain.
CREATE TABLE factor_secret (
        factor BIGINT NOT NULL PRIMARY KEY,
        sealed BYTEA NOT NULL,                  -- by the keys process, bound to the log-in
        last_step BIGINT NOT NULL               -- of the last code used: no code counts twice
);
CREATE TABLE factor_pending (
        login BIGINT NOT NULL PRIMARY KEY,
        sealed BYTEA NOT NULL,
        expires BIGINT NOT NULL                 -- ms
);
CREATE TABLE challenge_used (
        challenge BYTEA NOT NULL PRIMARY KEY,   -- digest
        expires BIGINT NOT NULL                 -- ms; then the challenge itself is too old
);

ALTER TABLE session ADD COLUMN agent TEXT NOT NULL DEFAULT '';     -- what the browser calls itself, shortened
ALTER TABLE session ADD COLUMN factor TEXT NOT NULL DEFAULT '';    -- second factor it began with; '': password alone
ALTER TABLE session ADD COLUMN enrol BIGINT NOT NULL DEFAULT 0;    -- 1: may only bind the second factor its posts ask for
