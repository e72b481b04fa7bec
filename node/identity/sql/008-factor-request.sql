-- identity: a bound second factor goes, and a further one comes, by two administrators (14.4.2A). Frozen once released.
CREATE TABLE factor_request (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        change TEXT NOT NULL,                   -- code factor_change
        login BIGINT NOT NULL,
        person BIGINT NOT NULL,                 -- whose log-in it is
        factor BIGINT NOT NULL,                 -- factor.id that goes, or came with the approval; 0: not yet bound
        kind TEXT NOT NULL,                     -- code factor_kind
        label TEXT NOT NULL,                    -- which device, for people
        material TEXT NOT NULL,                 -- fingerprint or public key, hexadecimal; '' for a one-time code
        reason TEXT NOT NULL,
        requested_by BIGINT NOT NULL,
        requested_at BIGINT NOT NULL,           -- ms
        decided_by BIGINT NOT NULL,             -- 0: not yet
        decided_at BIGINT NOT NULL,             -- ms
        note TEXT NOT NULL,                     -- how it was made sure of, or why not
        state BIGINT NOT NULL,                  -- 0 waits, 1 approved, 2 refused
        mac TEXT NOT NULL                       -- over who asks and what for
);
CREATE INDEX factor_request_factor ON factor_request (factor, state);
CREATE INDEX factor_request_person ON factor_request (person);
--truth: factor_request id
