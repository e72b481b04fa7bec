-- What people did about security events. Frozen once released.

CREATE INDEX security_event_kind ON security_event (kind, id);

-- An event is looked into once; the note says what was found.
CREATE TABLE event_handling (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        event BIGINT NOT NULL REFERENCES security_event (id),
        person BIGINT NOT NULL,                 -- who looked
        instant BIGINT NOT NULL,                -- ms since 1970 UTC
        note TEXT NOT NULL
);
CREATE UNIQUE INDEX event_handling_event ON event_handling (event);
--ledger: event_handling
--truth: event_handling id

-- What leaves for a collector outside, in the order of the chain.
CREATE INDEX security_event_seq ON security_event (chain_seq);
CREATE VIEW v_security_event AS
        SELECT id, office, chain_seq, instant, kind, person, login, address, detail FROM security_event;
