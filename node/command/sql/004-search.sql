-- The search of the chain, the same in every store. Derived: a restart fills what is missing. Frozen once released.

CREATE INDEX chain_person_seq ON chain (person, seq);
CREATE INDEX chain_command_seq ON chain (command, seq);

-- Which entries changed rows of a kind; registers, documents and ledgers alike.
CREATE TABLE chain_kind (
        record BIGINT NOT NULL,                 -- record number
        seq BIGINT NOT NULL,
        PRIMARY KEY (record, seq)
);
