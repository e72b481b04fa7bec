-- What a person keeps at the desk. Technical: no chain entry, never leaves the node, holds no private value.
CREATE TABLE desk_item (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        person BIGINT NOT NULL,                 -- who keeps it
        kind TEXT NOT NULL,                     -- filter, columns, draft
        subject TEXT NOT NULL,                  -- the view, or the command
        name TEXT NOT NULL,                     -- told apart by this: a filter's name, a draft's row
        post TEXT NOT NULL,                     -- code post_kind whose holders see it too; '': nobody else
        body TEXT NOT NULL,                     -- JSON, checked against the view or the command
        changed BIGINT NOT NULL,                -- ms since 1970 UTC
        expires BIGINT NOT NULL,                -- ms; 0: never
        UNIQUE (office, person, kind, subject, name)
);
CREATE INDEX desk_item_post ON desk_item (office, post, kind, subject);
