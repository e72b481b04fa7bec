-- Settings of the regulatory store: parameters with their first day. Frozen once released.
CREATE TABLE setting_value_regulatory (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        name TEXT NOT NULL,                     -- as declared by a module
        value TEXT NOT NULL,                    -- as text; empty: the declared standard again
        valid_from INTEGER NOT NULL,            -- yyyymmdd, first day
        mac TEXT NOT NULL,                      -- over office, name, value and day, by the rights key
        UNIQUE (office, name, valid_from)
);
--truth: setting_value_regulatory id
