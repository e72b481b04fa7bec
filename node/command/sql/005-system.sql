-- Changes of settings that make a rule weaker wait for another person. Frozen once released.
CREATE TABLE setting_request_system (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        name TEXT NOT NULL,                     -- as declared by a module
        value TEXT NOT NULL,                    -- asked for; empty: the declared standard again
        before_value TEXT NOT NULL,             -- what held for that day when it was asked
        valid_from INTEGER NOT NULL,            -- yyyymmdd, first day; the day of approval where that is later
        reason TEXT NOT NULL,
        requested_by BIGINT NOT NULL,
        requested_at BIGINT NOT NULL,           -- ms
        decided_by BIGINT NOT NULL,             -- another person; 0: it waits
        decided_at BIGINT NOT NULL,             -- ms
        note TEXT NOT NULL,                     -- of who decided
        state BIGINT NOT NULL                   -- 0 waits, 1 in effect, 2 refused
);
CREATE INDEX setting_request_system_name ON setting_request_system (office, name, state);
--truth: setting_request_system id
