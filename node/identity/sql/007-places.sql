-- identity: where a log-in has come in from, each with a count of failures of its own. Frozen once released.
CREATE TABLE login_place (
        login BIGINT NOT NULL,
        address TEXT NOT NULL,
        good BIGINT NOT NULL,                   -- ms of the last good log-in from there
        failed BIGINT NOT NULL,                 -- attempts begun there since the last good one
        locked_until BIGINT NOT NULL,           -- ms; 0: not locked
        PRIMARY KEY (login, address)
);
